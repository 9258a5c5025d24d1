"""The day on which an article says it was published: the date line of a page, the dateline of a wire story."""

from __future__ import annotations

import re
from datetime import date

from dragoman.read.dates import _words as w
from dragoman.read.dates._find import find_in_text
from dragoman.read.dates._values import precision_of

_HEAD = 1500
_STAMP = re.compile(
    r"(?im)^.{0,60}?\b(?:published|posted|updated|last updated|last modified|first "
    r"published|date)\b[^\n]{0,20}?[:\s](?P<rest>[^\n]{4,60})$"
)
_LINE = re.compile(r"[^\n]+")
_FULL_DATE_LINE = 60


def first_full_date(text: str) -> date | None:
    """The first day in ``text`` that is named with its year."""
    for finding in find_in_text(text):
        if finding.value and precision_of(finding.value) in {"day", "time"} and finding.start:
            return date.fromisoformat(finding.start)
    return None


def publication_date(text: str) -> date | None:
    """The day of publication as the head of an article states it, year and all; None where it does not.

    1. A stamp ("Published: 12 June 2018", "Updated 2017-09-15 21:45").
    2. A short line that is little more than a date.
    3. A wire dateline with its year ("SEOUL, June 12, 2018 (Reuters) -").
    """
    head = text[:_HEAD]
    for match in _STAMP.finditer(head):
        if found := first_full_date(match["rest"]):
            return found
    for match in _LINE.finditer(head):
        line = match.group().strip()
        if len(line) <= _FULL_DATE_LINE and _mostly_date(line) and (found := first_full_date(line)):
            return found
    dateline = _DATELINE.search(head)
    return first_full_date(dateline.group()) if dateline else None


_DATELINE = re.compile(
    rf"(?m)^\W*[A-Z][A-Z .'/-]{{2,40}}(?:, [A-Z][\w. ]{{1,30}})?,? \(?{w.MONTH} \d{{1,2}},? "
    rf"\d{{4}}\)?\s*(?:\([^)\n]{{2,40}}\)\s*)?(?:--|[-–—:_])"
)


def _mostly_date(line: str) -> bool:
    finding = next(iter(find_in_text(line)), None)
    if finding is None:
        return False
    rest = line[: finding.span[0]] + line[finding.span[1] :]
    return len(re.findall(r"[A-Za-z]{3,}", rest)) <= 4 and not rest.rstrip().endswith(".")
