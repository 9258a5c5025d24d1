"""Faults on purpose: small in the ordinary run, long by ``make torture``."""
