"""Nexis: the old text export ("3 of 37 DOCUMENTS") and Nexis Uni / Nexis Advance ("End of Document").

Old: every article begins with "n of m DOCUMENTS" (in the language of the interface), then lines in the middle of the
page: outlet, day, edition; then the title, fields in capitals (BYLINE:, SECTION:, LENGTH:, DATELINE:, HEADLINE:), the
body, and fields again (LOAD-DATE:, LANGUAGE:, GRAPHIC:, URL:).

New: every article has its title, outlet, day and copyright on lines of their own, fields (Section:, Length:, Byline:,
Dateline:), the line "Body", the text, "Load-Date:" and "End of Document".  A cover states how many documents there are.

The day is that of publication: never the load date, never the day of a correction.
"""

from __future__ import annotations

import re

from dragoman.read.sources._article import day_of
from dragoman.read.sources.press._export import Entry, Export, line_at

_COUNTER = re.compile(
    r"^[ \t]*(?:Document |Dokument )?(\d{1,5}) (?:of|von|de|di|van|av) (\d{1,5}) "
    r"(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTI|DOCUMENTEN|DOKUMENT)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_END = re.compile(
    r"^[ \t]*(?:End of Document|Ende des Dokuments?|Fin du document|Fin del documento|Fine documento)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_BODY = re.compile(r"^[ \t]*(?:Body|Inhalt|Corps|Cuerpo|Text)[ \t]*$", re.MULTILINE)
_COVER = re.compile(r"^[ \t]*(?:Documents?|Dokumente?|Documentos)[ \t]*\((\d{1,5})\)[ \t]*$", re.MULTILINE)
_OLD_FIELD = re.compile(r"^[ \t]*([A-Z][A-Z \-]{2,24}):[ \t]*(.*)$")
_NEW_FIELD = re.compile(r"^[ \t]*(Section|Length|Byline|Dateline|Highlight|Series|Edition|Country|Author|Rubrik|Länge):"
                        r"[ \t]*(.*)$")  # fmt: skip
_AFTER = re.compile(r"^[ \t]*(?:Load-Date|LOAD-DATE|Graphic|GRAPHIC|Classification|Correction|Correction-Date|"
                    r"Correction Appended|Update|Notes|Erstellt am)[ \t]*(?::.*)?$")  # fmt: skip
_OLD_AFTER_NAMES = """
LOAD-DATE LANGUAGE GRAPHIC PUBLICATION-TYPE JOURNAL-CODE URL SUBJECT PERSON ORGANIZATION COMPANY TICKER INDUSTRY COUNTRY
CITY STATE GEOGRAPHIC CORRECTION-DATE CORRECTION NOTES UPDATE ACC-NO DOCUMENT-TYPE TYPE DISTRIBUTION ISSN PUB-TYPE
"""
_OLD_AFTER = frozenset(_OLD_AFTER_NAMES.split())
_COPYRIGHT = re.compile(r"^[ \t]*(?:Copyright|©|\(c\)) ?.*\d{4}", re.IGNORECASE)
_RIGHTS = re.compile(r"^[ \t]*All Rights Reserved", re.IGNORECASE)
_OLD_BEFORE = frozenset({"BYLINE", "SECTION", "LENGTH", "DATELINE", "HEADLINE", "SERIES", "HIGHLIGHT", "BODY"})
_PAGE = re.compile(r"^[ \t]*Page \d+ of \d+[ \t]*$|^[ \t]*Page \d+[ \t]*$")
_WORDS = re.compile(r"([\d,.]+) ?(?:words?|Wörter|mots|palabras)", re.IGNORECASE)
_MARKS = re.compile(r"^\s*(?:LENGTH|LOAD-DATE|LANGUAGE|BYLINE|SECTION):", re.MULTILINE)


def export_of(text: str, place: str) -> Export | None:
    """The articles of a Nexis export, or None where the text is none."""
    del place
    counters = list(_COUNTER.finditer(text))
    if counters and _MARKS.search(text):
        return _old(text, counters)
    ends = list(_END.finditer(text))
    if ends and (_BODY.search(text) or _COVER.search(text)):
        return _new(text, ends)
    return None


def page_export_of(page: str, place: str) -> Export | None:
    """The articles of a Nexis export that was saved as a page, or None where it is none."""
    from dragoman.read.sources._markup import text_of_html

    if not re.search(r"\d+ of \d+ DOCUMENTS|End of Document|<DOCNO>|LOAD-DATE", page):
        return None
    return export_of(text_of_html(page), place)


def _old(text: str, counters: list[re.Match[str]]) -> Export:
    ends = [*(match.start() for match in counters[1:]), len(text)]
    entries = tuple(
        _old_entry(text[match.end() : end], line_at(text, match.start()))
        for match, end in zip(counters, ends, strict=True)
    )
    announced = {int(match[2]) for match in counters}
    numbers = [int(match[1]) for match in counters]
    whole = len(announced) == 1 and numbers == list(range(1, len(numbers) + 1))
    return Export(
        database="Nexis", kind="nexis", entries=entries,
        announced=max(announced) if whole or len(announced) == 1 else len(entries) + 1,
    )  # fmt: skip


def _old_entry(part: str, line: int) -> Entry:
    """Blocks between empty lines: outlet, day, edition, title, fields, the body, fields again."""
    fields: dict[str, str] = {}
    outlet = day = title = None
    body: list[str] = []
    for rows in _blocks(part):
        name = _field_name(rows[0])
        words = " ".join(row.strip() for row in rows)
        if name is not None:
            fields.setdefault(name, words.partition(":")[2].strip())
            if name in _OLD_AFTER and body:
                break
        elif outlet is None:
            outlet = rows[0].strip()
            day = next((row.strip() for row in rows[1:] if _is_day(row.strip())), None)
        elif day is None and title is None and _is_day(rows[0].strip()):
            day = rows[0].strip()
        elif title is None and not body and "LENGTH" not in fields and "HEADLINE" not in fields:
            title = None if _is_edition(rows[0]) else words
        else:
            body.append(words)
    if fields.get("BODY"):
        body.insert(0, fields["BODY"])
    return Entry(
        line=line, text="\n\n".join(body), title=fields.get("HEADLINE") or title, outlet=outlet, published=day,
        byline=_byline(fields.get("BYLINE")), section=fields.get("SECTION"), url=fields.get("URL") or None,
        words=_number(fields.get("LENGTH")),
    )  # fmt: skip


def _blocks(part: str) -> list[list[str]]:
    """The runs of lines between empty lines, without page heads, copyright lines, and fields run together."""
    blocks: list[list[str]] = [[]]
    for row in part.split("\n"):
        if _PAGE.match(row):
            continue
        if not row.strip():
            blocks.append([])
        elif not (_COPYRIGHT.match(row) or _RIGHTS.match(row)):
            if blocks[-1] and _field_name(row) is not None:
                blocks.append([])
            blocks[-1].append(row)
    return [rows for rows in blocks if rows]


def _field_name(row: str) -> str | None:
    field = _OLD_FIELD.match(row)
    return field[1].strip() if field and field[1].strip() in _OLD_AFTER | _OLD_BEFORE else None


def _is_edition(row: str) -> bool:
    """Whether a line stands in the middle of the page, as the lines under an outlet do, or says that it is one."""
    return len(row) - len(row.lstrip()) >= 15 or re.search(r"\bEdition\b|\bAusgabe\b", row[:60]) is not None


def _new(text: str, ends: list[re.Match[str]]) -> Export:
    cover = _COVER.search(text, 0, ends[0].start())
    entries = []
    start = 0
    for end in ends:
        entry = _new_entry(text[start : end.start()], line_at(text, start), first=start == 0)
        entries.append(entry)
        start = end.end()
    announced = int(cover[1]) if cover else None
    if _BODY.search(text, start):
        announced = announced or len(entries) + 1
    return Export(database="Nexis Uni", kind="nexis", entries=tuple(entries), announced=announced)


def _new_entry(part: str, line: int, *, first: bool) -> Entry:
    body_at = _BODY.search(part)
    head = part[: body_at.start()] if body_at else ""
    rows = [row.strip() for row in head.split("\n") if row.strip() and not _PAGE.match(row)]
    fields: dict[str, str] = {}
    for row in rows:
        if field := _NEW_FIELD.match(row):
            fields.setdefault({"Rubrik": "Section", "Länge": "Length", "Author": "Byline"}.get(field[1], field[1]),
                              field[2].strip())  # fmt: skip
    plain = [row for row in rows if not _NEW_FIELD.match(row)]
    copyright_at = next(
        (place for place in range(len(plain) - 1, -1, -1) if _COPYRIGHT.match(plain[place])), len(plain)
    )
    days = [place for place in range(copyright_at) if _is_day(plain[place])]
    day_at = days[-1] if days else None
    outlet = plain[day_at - 1] if day_at is not None and day_at >= 1 else None
    title = None
    if day_at is not None and day_at >= 2:
        title = plain[day_at - 2] if first else plain[0] if day_at <= 4 else plain[day_at - 2]
    return Entry(
        line=line, text=_new_body(part[body_at.end() :] if body_at else ""), title=title, outlet=outlet,
        published=plain[day_at] if day_at is not None else None, byline=_byline(fields.get("Byline")),
        section=fields.get("Section"), words=_number(fields.get("Length")),
    )  # fmt: skip


def _is_day(row: str) -> bool:
    return len(row) <= 60 and day_of(row) is not None and re.match(r"Load-Date|Date and Time", row) is None


def _new_body(text: str) -> str:
    kept: list[str] = []
    for row in text.split("\n"):
        if _AFTER.match(row):
            break
        if not _PAGE.match(row):
            kept.append(row.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _byline(words: str | None) -> str | None:
    return re.sub(r"^(?:By|BY|Von|Par)\s+", "", words).strip() or None if words else None


def _number(words: str | None) -> int | None:
    match = _WORDS.search(words or "")
    digits = re.sub(r"\D", "", match[1]) if match else ""
    return int(digits) if digits and len(digits) < 9 else None
