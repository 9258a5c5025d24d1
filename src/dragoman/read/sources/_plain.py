"""Plain text: header lines, Markdown with a YAML head, exports of press databases, lists of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article, day_of
from dragoman.read.sources._fields import FIELD_OF, fields_of, plain_name
from dragoman.read.sources._print import head_day, is_print, undone
from dragoman.read.sources._raw import decode
from dragoman.read.sources._source import Source

Found = Iterator[Article | ReadError | Source]

_HEADER = re.compile(
    r"(Outlet|Title|Published|Byline|Note|Url|Source|Author|Date|Headline|Publication|Section):[ \t]*(.*)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"(?:[ \t]*\n)*")
_YAML_HEAD = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML_HEAD = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_LONGEST_HEAD = 20_000
_ADDRESS = re.compile(r"https?://\S+$")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)


def text_articles(source: Source) -> Found:
    """A text file: header lines ``Key: value`` at its very top are metadata, the rest is the body."""
    text, note = decode(source.whole(), source.place)
    yield from text_found(text, source, "text", note=note)


def text_found(
    text: str, source: Source, kind: str, fields: Mapping[str, str | None] | None = None, *, note: str | None = None
) -> Found:
    """The articles of a text, however it was packed: one, or those of an export of many."""
    from dragoman.read.sources.press import exported

    found = exported(text, source)
    if found is not None:
        for item in found:
            yield item.noted(note) if isinstance(item, Article) else item
        return
    addresses = addresses_in_text(text)
    if addresses:
        raise address_list(source.place, len(addresses))
    heads, said, body_at = headers(text)
    line = text.count("\n", 0, body_at) + 1
    at = f":{line}" if kind == "text" else ""
    body, known = text[body_at:], {**(fields or {}), **heads}
    if kind == "text" and is_print(body):
        known = {"published": head_day(body), **known}
        body, said = undone(body), "parted words and line ends of print were undone"
    yield source.article(body, kind, known, at=at, note=said).noted(note)


def headers(text: str) -> tuple[dict[str, str], str | None, int]:
    """The header lines at the very top of a text, what they note, and where the body begins."""
    fields: dict[str, str] = {}
    note = None
    at = 0
    while match := _HEADER.match(text, at):
        key, value = match[1].lower(), match[2].strip()
        if key == "note":
            note = value
        elif value:
            fields.setdefault(FIELD_OF[key], value)
        at = min(match.end() + 1, len(text))
    blank = _BLANK.match(text, at)
    return fields, note, blank.end() if blank and at else at


def addresses_in_text(text: str) -> list[str]:
    """The addresses of a text that is nothing but addresses, one a line; comments after ``#`` are passed over."""
    lines = [line.strip() for line in text[:4_000_000].split("\n")]
    lines = [line for line in lines if line and not line.startswith("#")]
    return lines if lines and all(map(_ADDRESS.fullmatch, lines)) else []


def address_list(place: str, number: int) -> ReadError:
    """The fault of a file that holds addresses of articles and no article."""
    words = "an address" if number == 1 else f"a list of {number:,} addresses"
    return ReadError(
        place, f"{words} without texts", f"texts: dragoman fetch {place} -o clippings.warc.gz, then read that"
    )


def markdown_articles(source: Source) -> Found:
    """Markdown: the fields of a YAML or TOML head are metadata, else the first heading is the title."""
    text, note = decode(source.whole(), source.place)
    head, body = _front(text, source.place)
    fields = {name: words for name, words in head.items() if name not in ("text", "excerpt")}
    if fields.get("published") and day_of(fields["published"]) is None:
        note = f"{source.place}: the head's date {fields.pop('published')[:40]!r} is no day"
    at = len(text) - len(body)
    if "title" not in fields and (heading := _HEADING.search(body)) and not body[: heading.start()].strip():
        fields["title"] = heading[1]
        body = body[heading.end() :]
        at += heading.end()
    line = text.count("\n", 0, at + len(body) - len(body.lstrip())) + 1
    yield source.article(without_marks(body).lstrip("\n"), "markdown", fields, at=f":{line}").noted(note)


def _front(text: str, place: str) -> tuple[dict[str, str], str]:
    match = _YAML_HEAD.match(text[:_LONGEST_HEAD])
    if match:
        return _named(yaml_fields(match[1], place), place), text[match.end() :]
    match = _TOML_HEAD.match(text[:_LONGEST_HEAD])
    if match:
        import tomllib

        try:
            return _named(tomllib.loads(match[1]), place), text[match.end() :]
        except tomllib.TOMLDecodeError as error:
            raise ReadError(place, f"a head that is no TOML ({error})", "TOML between lines of +++") from error
    return {}, text


def yaml_fields(head: str, place: str) -> Any:
    """The fields of a YAML head or sidecar, as texts and lists.

    Raises:
        ReadError: it is no YAML, or has anchors, which may expand without bound.
    """
    import yaml

    try:
        if re.search(r"(?m)(?:^|[\s\[,{:-])[&*]\w", head):
            raise ReadError(place, "a YAML head with anchors", "plain fields")
        return yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts, lists and mappings only
    except yaml.YAMLError as error:
        words = getattr(error, "problem", None) or "not YAML"
        raise ReadError(place, f"a head that is no YAML ({words})", "YAML between two lines of ---") from error


def _named(head: Any, place: str) -> dict[str, str]:
    if not isinstance(head, Mapping):
        return {}
    return fields_of({plain_name(name): _plain(value) for name, value in head.items()}, place)


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, list, Mapping)) or value is None else str(value)


# What a mark encloses is bounded, so that marks which never close take no square of the time.
_MARKS = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(?<!\w)(\*\*|__)(?=\S)([^\n]{1,300}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]{1,300}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"^#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^>[ \t]?", re.MULTILINE), ""),
)


def without_marks(text: str) -> str:
    """Markdown without the marks of links, emphasis, headings and quotations."""
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text
