"""What lies beside a file or in its name: sidecar files, ``2023-05-16_Reuters_title.txt``, ``--date-from``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from dragoman.errors import InputError, ReadError
from dragoman.read.sources._fields import fields_of
from dragoman.read.sources._source import MAX_BYTES, cannot_be_read, shown

_LEADING = re.compile(r"((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?=[_\-. ]|$)[_\-. ]*(.*)")
_ANYWHERE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_OUTLET = re.compile(r"([A-Z][\w .&'’]{1,40}?)(?:_|--| - )")
_SIDECARS = (".json", ".yaml", ".yml")


@dataclass(frozen=True, kw_only=True)
class DateRule:
    """Where the day of an article is taken from, where its source states none: ``name``, ``file``, or a pattern.

    A pattern has YYYY, MM and DD where these stand in the file's path, and ``*`` for anything: ``*/YYYY/MM/DD/*``.
    """

    way: str
    pattern: re.Pattern[str] | None = None


def date_rule(words: str) -> DateRule:
    """The rule that the option ``--date-from`` states.

    Raises:
        InputError: a pattern lacks the year, the month or the day.
    """
    if words in ("name", "file"):
        return DateRule(way=words)
    if not all(words.count(part) == 1 for part in ("YYYY", "MM", "DD")):
        raise InputError("--date-from", repr(words), "name, file, or a pattern with YYYY, MM and DD once each")
    pattern = re.escape(words).replace(r"\*", ".*")
    for part, digits in (("YYYY", r"(?P<y>\d{4})"), ("MM", r"(?P<m>\d\d)"), ("DD", r"(?P<d>\d\d)")):
        pattern = pattern.replace(part, digits)
    return DateRule(way="pattern", pattern=re.compile(pattern))


def named_fields(path: Path, rule: DateRule | None) -> tuple[date | None, str | None, str | None]:
    """The day and the outlet that a file's name says, and a note on the day.

    A day at the very start of the name counts always; a day elsewhere only by a rule.
    """
    stem = path.name.split(".")[0] if path.name.count(".") == 1 else path.stem
    leading = _LEADING.match(stem)
    day = _day(*leading.groups()[:3]) if leading else None
    rest = leading[4] if leading and day else ""
    outlet = _OUTLET.match(rest)
    why = "the day is from the file's name"
    if rule is not None:
        ruled = _by_rule(path, rule)
        if ruled is not None:
            day = ruled
            why = "the day is the file's own" if rule.way == "file" else "the day is from the file's path"
    return day, (outlet[1].strip() if outlet else None), (why if day else None)


def _by_rule(path: Path, rule: DateRule) -> date | None:
    if rule.way == "file":
        try:
            return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
        except (OSError, ValueError, OverflowError):
            return None
    if rule.pattern is not None:
        match = rule.pattern.search(path.as_posix())
        return _day(match["y"], match["m"], match["d"]) if match else None
    found = _ANYWHERE.search(path.name)
    return _day(*found.groups()) if found else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def sidecars_of(path: Path) -> list[Path]:
    """Where metadata of a file may lie beside it: ``a.pdf.json``, ``a.meta.json`` and the same as YAML."""
    if path.name.endswith((".meta.json", ".meta.yaml", ".meta.yml")):
        return []
    return [path.with_name(f"{path.name}{end}") for end in _SIDECARS] + [
        path.with_name(f"{path.stem}.meta{end}") for end in _SIDECARS
    ]


def sidecar_fields(path: Path) -> dict[str, str]:
    """What the file beside a file says of it: title, outlet, day, address, author.

    Raises:
        ReadError: it is no JSON or YAML of plain fields.
    """
    for sidecar in sidecars_of(path):
        if sidecar.is_file():
            said = fields_of(_loaded(sidecar), shown(sidecar))
            return {name: words for name, words in said.items() if name not in ("text", "excerpt")}
    return {}


def _loaded(path: Path) -> dict[object, object]:
    place = shown(path)
    try:
        if path.stat().st_size > MAX_BYTES // 64:
            raise ReadError(place, "a sidecar file of more than a megabyte", "a few fields")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(place, "bytes that are not UTF-8", "JSON or YAML in UTF-8") from error
    except OSError as error:
        raise cannot_be_read(place, error) from error
    if path.suffix == ".json":
        from dragoman.read.sources._json import loads

        value = loads(text, place)
    else:
        from dragoman.read.sources._plain import yaml_fields

        value = yaml_fields(text, place)
    if not isinstance(value, dict):
        raise ReadError(place, f"a {type(value).__name__}", "an object with fields such as outlet and published")
    return value
