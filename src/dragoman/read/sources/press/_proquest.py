"""ProQuest: the text export, articles between lines of underscores, each with labelled fields.

"Title:", "Author:", "Publication info:", "Full text:", "Publication title:", "Publication date:".  The day is that of
publication, never "Last updated:".  An article without "Full text:" is known by its abstract only.
"""

from __future__ import annotations

import re

from dragoman.read.sources._article import day_of
from dragoman.read.sources.press._export import Entry, Export, line_at

_RULE = re.compile(r"^_{30,}[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r"^(Title|Author|Publication info|ProQuest document link|Abstract|Links|Full text|Subject|Location|People|"
    r"Company / organization|Business indexing term|Classification|Publication title|Pages|First page|"
    r"Number of pages|Publication year|Publication date|Year|Section|Dateline|Publisher|Place of publication|"
    r"Country of publication|Publication subject|ISSN|e-ISSN|Source type|Language of publication|Document type|"
    r"ProQuest document ID|Document URL|Copyright|Last updated|Database|Column|Edition|Credit|Document feature|"
    r"Identifier / keyword|Volume|Issue|Highlights|Literary|Persistent link to this page):[ \t]*(.*)$"
)
_MARK = re.compile(r"^(?:ProQuest document (?:link|ID)|Full text|Publication info|Publication title):?", re.MULTILINE)
_COUNTER = re.compile(r"^[ \t]*Document (\d+) of (\d+)[ \t]*$", re.MULTILINE)
_OUTLET = re.compile(r"([^;\[]+)")


def export_of(text: str, place: str) -> Export | None:
    """The articles of a ProQuest export, or None where the text is none."""
    del place
    if not _RULE.search(text) or len(set(_MARK.findall(text))) < 2 or "ProQuest" not in text:
        return None
    entries = []
    start = 0
    for end in [*(match.start() for match in _RULE.finditer(text)), len(text)]:
        fields = _fields(text[start:end])
        if "Title" in fields and ("Full text" in fields or "Abstract" in fields or "Publication title" in fields):
            entries.append(_entry(fields, line_at(text, start)))
        start = text.find("\n", end) + 1 or len(text)
    counters = [int(match[2]) for match in _COUNTER.finditer(text)]
    links = len(re.findall(r"^ProQuest document ID:", text, re.MULTILINE))
    return Export(
        database="ProQuest", kind="proquest", entries=tuple(entries),
        announced=max(counters) if counters else links or None,
    )  # fmt: skip


def _fields(part: str) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    last = ""
    for row in part.split("\n"):
        match = _FIELD.match(row)
        if match and not (last == "Full text" and match[1] in fields):
            last = match[1]
            fields.setdefault(last, []).append(match[2])
        elif last:
            fields[last].append(row)
    return {name: "\n".join(rows).strip() for name, rows in fields.items()}


def _entry(fields: dict[str, str], line: int) -> Entry:
    title = fields.get("Publication title") or fields.get("Publication info", "")
    outlet = _OUTLET.match(title)
    day = fields.get("Publication date") or _info_day(fields.get("Publication info", ""))
    text = fields.get("Full text") or fields.get("Abstract", "")
    return Entry(
        line=line, text=re.sub(r"\n{3,}", "\n\n", text), title=" ".join(fields["Title"].split()) or None,
        outlet=outlet[1].split(",")[0].strip(" .") if outlet else None, published=day,
        byline=fields.get("Author") or None, section=fields.get("Section") or None,
        url=fields.get("Document URL") or None,
    )  # fmt: skip


def _info_day(words: str) -> str | None:
    match = re.search(r"(\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})", words)
    return match[1] if match and day_of(match[1]) else None
