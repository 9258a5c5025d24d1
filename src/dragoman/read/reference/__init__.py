"""Reference: who is mentioned, whom each word means, and for which party everybody acts.

:func:`refer` reads one article once; what it gives, a :class:`Reference`, is asked by every finder::

    >>> from dragoman.read.parse import parse_text
    >>> parsed = parse_text("Elbonia's president, Bo Ek, met Hamas. He left.") # doctest: +SKIP
    >>> reference = refer(parsed)                                              # doctest: +SKIP
"""

from __future__ import annotations

from dragoman.read.reference._reference import Reference, refer

__all__ = ["Reference", "refer"]
