"""Mail: EML, MBOX, and pages saved as MHTML, which are mails too (RFC 2557).

A mail's subject, sender and day are its title, outlet and day.  What it forwards is the article, with the forwarded
mail's own sender, subject and day; attachments and mails within are read as sources of their own.  Pictures,
calendars, signatures and cards in a mail are no articles and pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import IO, cast

from dragoman.errors import ReadError
from dragoman.read.sources._article import Article, day_of
from dragoman.read.sources._markup import text_of_html
from dragoman.read.sources._plain import Found, text_found
from dragoman.read.sources._source import MAX_BYTES, Source, cannot_be_read

MAX_PARTS = 250
_MAX_HEADER = 10_000
_PASSED = ("image/", "audio/", "video/", "text/calendar", "application/pgp-signature", "application/pkcs7-signature",
           "application/x-pkcs7-signature", "text/vcard", "text/x-vcard", "application/ms-tnef", "text/x-amp-html",
           "message/delivery-status", "text/css", "application/javascript", "text/javascript", "font/",
           "application/font")  # fmt: skip
_FORWARDED = re.compile(
    r"^[> \t]*(?:-{2,}[ \t]*(?:Forwarded message|Original Message|Weitergeleitete Nachricht|Message transféré)"
    r"[ \t]*-{2,}|Begin forwarded message:)[ \t]*\n",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"[> \t]*\*?(From|Sent|Date|Subject|To|Cc|Reply-To|Von|Datum|Betreff|An):\*?[ \t]*(.*)\n?",
                    re.IGNORECASE)  # fmt: skip
_FIELDS = {"von": "from", "datum": "date", "sent": "date", "betreff": "subject", "an": "to"}
_STUB_WORDS = 40
_FROM_LINE = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}")


def mail_articles(source: Source) -> Found:
    """One mail with what is attached to it."""
    data = source.whole()
    if source.name.lower().endswith(".emlx"):
        data = data.partition(b"\n")[2]
    yield from _mail(data, source)


def _mail(data: bytes, source: Source) -> Found:
    message = _parsed(data, source.place)
    fields = {
        "title": _header(message, "Subject"),
        "outlet": sender_name(_header(message, "From")),
        "published": _day(_header(message, "Date")),
    }
    plain, page, attached = _parts(message, source)
    yield from message_found(plain, page, fields, source, _text_of(message))
    yield from attached


def _parsed(data: bytes, place: str) -> EmailMessage:
    if data.count(b"\nContent-Type:") + data.count(b"\ncontent-type:") > 4 * MAX_PARTS:
        raise ReadError(place, f"a mail of more than {MAX_PARTS} parts", f"at most {MAX_PARTS}")
    message = message_from_bytes(data, policy=policy.default)
    if sum(1 for _ in message.walk()) > MAX_PARTS:
        raise ReadError(place, f"a mail of more than {MAX_PARTS} parts", f"at most {MAX_PARTS}")
    return message


def _text_of(message: EmailMessage) -> str:
    return "a mail" if _header(message, "Subject") is None else f"the mail {_header(message, 'Subject')!r}"


def message_found(
    plain: str, page: str, fields: dict[str, str | None], source: Source, title: str
) -> Iterator[Article | ReadError | Source]:
    """The article of a mail's own words: what it forwards, where it forwards something."""
    text = plain
    if len(plain.split()) < _STUB_WORDS and page:
        text = max((plain, text_of_html(page)), key=lambda words: len(words.split()))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        yield ReadError(source.place, f"{title} without words of its own", "a mail with text", state="empty")
        return
    note = None
    forwarded = _FORWARDED.search(text)
    if forwarded:
        own, text, inner = text[: forwarded.start()], *_unwrapped(text[forwarded.end() :])
        fields = {**fields, **inner}
        if own.strip():
            note = f"forwarded; the {len(own.split())} words before it are left out"
    yield from text_found(text, source, "mail", fields, note=note)


def _unwrapped(text: str) -> tuple[str, dict[str, str]]:
    """A forwarded mail without its head, and what that head says."""
    at = 0
    said: dict[str, str] = {}
    while True:
        blank = re.compile(r"[> \t]*\n").match(text, at)
        match = _FIELD.match(text, at)
        if match:
            said.setdefault(_FIELDS.get(match[1].lower(), match[1].lower()), match[2].strip())
            at = match.end()
        elif blank and not said:
            at = blank.end()
        else:
            break
    body = text[at:]
    lines = body.split("\n")
    if sum(line.startswith(">") for line in lines) > 0.8 * sum(bool(line.strip()) for line in lines):
        body = "\n".join(re.sub(r"^> ?", "", line) for line in lines)
    fields = {
        "title": said.get("subject"),
        "outlet": sender_name(said.get("from")),
        "published": _day(said.get("date")),
    }
    return body.strip("\n"), {name: words for name, words in fields.items() if words}


def _parts(message: EmailMessage, source: Source) -> tuple[str, str, list[Source | ReadError]]:
    """A mail's plain text, its page, and its attachments."""
    plain: list[str] = []
    pages: list[str] = []
    attached: list[Source | ReadError] = []
    stack = [message]
    while stack:
        part = stack.pop()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            data = cast("EmailMessage", inner[0]).as_bytes() if isinstance(inner, list) and inner else b""
            attached.append(_within(source, "forwarded.eml", data))
        elif part.is_multipart():
            stack.extend(cast("list[EmailMessage]", part.get_payload())[::-1])
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            (plain if kind == "text/plain" else pages).append(content_of(part))
        elif not kind.startswith(_PASSED):
            payload = part.get_payload(decode=True)
            attached.append(_within(source, _filename(part), payload if isinstance(payload, bytes) else b""))
    return "\n\n".join(plain), "\n".join(pages), attached


def _within(source: Source, name: str, data: bytes) -> Source | ReadError:
    try:
        source.budget.take(len(data), source.place)
        return source.within(name, data)
    except ReadError as fault:
        return fault


def _filename(part: EmailMessage) -> str:
    endings = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
    return part.get_filename("") or "attachment" + endings.get(part.get_content_type(), "")


def content_of(part: EmailMessage) -> str:
    """A text part's words, whatever its encoding claims to be."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    for encoding in (part.get_content_charset("utf-8"), "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("latin-1")


def _header(message: EmailMessage, name: str) -> str | None:
    """A field of a mail's head, decoded; None where it is missing or nonsense."""
    try:
        value = message.get(name)
    except (ValueError, IndexError, TypeError, AttributeError, KeyError):
        # Python's own parser stumbles over some damaged heads; the mail's words are still there
        return None
    words = re.sub(r"\s+", " ", str(value or "")[:_MAX_HEADER]).strip()
    return re.sub(r"[\ud800-\udfff]", "\ufffd", words) or None


def sender_name(value: str | None) -> str | None:
    """Who sent a mail, by name, else the domain."""
    if not value:
        return None
    name, address = parseaddr(value)
    return name.strip(" \"'") or address.rpartition("@")[2] or value or None


def _day(value: str | None) -> str | None:
    day = day_of(value) if value else None
    return day.isoformat() if day else None


def mbox_articles(source: Source) -> Found:
    """Every mail of a mailbox, one at a time."""
    found = False
    try:
        with source.open() as stream:
            for number, data in enumerate(_split(stream, source.place), start=1):
                found = True
                try:
                    source.budget.take(len(data), source.place)
                    yield source.within(f"{number}.eml", data)
                except ReadError as fault:
                    yield fault
    except OSError as error:
        raise cannot_be_read(source.place, error) from error
    if not found:
        raise ReadError(source.place, "a mailbox without mails", "mails between lines From ...", state="empty")


def _split(stream: IO[bytes], place: str) -> Iterator[bytes]:
    message: list[bytes] | None = None
    size = 0
    blank = True
    for line in iter(lambda: stream.readline(MAX_BYTES), b""):
        if blank and line.startswith(b"From ") and _FROM_LINE.match(line):
            if message:
                yield b"".join(message)
            message, size = [], 0
        elif message is not None:
            size += len(line)
            if size > MAX_BYTES:
                raise ReadError(place, f"a mail of more than {MAX_BYTES:,} bytes", "smaller mails")
            message.append(line[1:] if re.match(rb">+From ", line) else line)
        blank = line in (b"\n", b"\r\n")
    if message:
        yield b"".join(message)


def mhtml_articles(source: Source) -> Found:
    """The page of an MHTML file; its pictures, styles and frames are no articles."""
    from dragoman.read.sources.html import page_found

    message = _parsed(source.whole(), source.place)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError(source.place, "a saved page (MHTML) without its page", "a part of type text/html")
    wanted = _header(message, "Snapshot-Content-Location")
    page = next((part for part in pages if wanted and part.get("Content-Location") == wanted), pages[0])
    url = wanted or _header(page, "Content-Location")
    fields = {"url": url if url and url.startswith("http") else None}
    yield from page_found(content_of(page), source, "mhtml", fields)
