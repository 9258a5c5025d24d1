"""BibTeX of the sources, one entry an article, for LaTeX and reference managers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.record.views import ArticleRow

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


def to_bibtex(articles: Sequence[ArticleRow]) -> bytes:
    """Articles as entries of type ``article``, named by their keys."""
    return "\n".join(_entry(row) for row in articles).encode()


def _entry(row: ArticleRow) -> str:
    told = {
        "title": f"{{{_plain(row.title)}}}" if row.title else None,
        "author": f"{{{_plain(row.byline)}}}" if row.byline else None,
        "journal": _plain(row.outlet) if row.outlet else None,
        "date": row.published,
        "year": row.published[:4] if row.published else None,
        "url": _address(row.url) if row.url else None,
        "note": _plain("; ".join(row.notes)) if row.notes else None,
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in told.items() if value)
    return f"@article{{{row.key},\n{fields}}}\n"


def _plain(text: str) -> str:
    """A text with nothing in it that BibTeX or TeX would act on."""
    return "".join(_SPECIAL.get(letter, letter) for letter in _CONTROL.sub(" ", text))


def _address(url: str) -> str:
    hidden = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(hidden.get(letter, letter) for letter in _CONTROL.sub("", url))
