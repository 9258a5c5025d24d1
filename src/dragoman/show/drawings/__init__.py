"""Drawings that no chart grammar has a form for: scales, state graphs, networks, maps.  Pure functions to SVG."""
