"""Outlook mails (MSG)."""

from __future__ import annotations

import io

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._mail import MAX_PARTS, message_found, sender_name
from dragoman.read.sources._plain import Found
from dragoman.read.sources._source import Source


def msg_articles(source: Source) -> Found:
    """One mail with what is attached to it.

    Raises:
        MissingExtraError: ``python-oxmsg`` is not installed.
    """
    try:
        from oxmsg import Message
    except ImportError as error:
        raise MissingExtraError("python-oxmsg", "documents") from error
    message = Message.load(io.BytesIO(source.whole()))
    day = message.sent_date
    fields = {
        "title": message.subject or None,
        "outlet": sender_name(message.sender),
        "published": day.date().isoformat() if day else None,
    }
    yield from message_found(message.body or "", message.html_body or "", fields, source, "a mail")
    attached = message.attachments
    if len(attached) > MAX_PARTS:
        raise ReadError(source.place, f"a mail of {len(attached)} attachments", f"at most {MAX_PARTS}")
    for item in attached:
        if item.file_bytes and not (item.mime_type or "").startswith(("image/", "text/calendar")):
            yield source.within(item.file_name or "attachment", item.file_bytes)
