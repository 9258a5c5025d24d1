"""Ten thousand files of many kinds through the door, and how memory grows with them.

    python bench/mixed_files.py [FILES]

Files are written to a temporary folder: articles in text, pages, mail, Word, PDF, feeds, tables, and pictures that are
refused.  Printed: files, articles, faults, seconds and the most memory so far, at a tenth, a half and the end.
"""

from __future__ import annotations

import io
import resource
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

from dragoman.errors import ReadError
from dragoman.read.sources import read_paths

WORDS = (
    "The foreign ministers of Ruritania and Freedonia met in Geneva on Tuesday, for the {0}th time, officials said.",
    "They agreed to send their deputies to Vienna within a month to prepare round {0} of the talks on the lake.",
    "A spokesman said that neither side expected a quick result and that the border would stay open meanwhile.",
)


def page(number: int) -> bytes:
    """A page with its menu."""
    body = "".join(f"<p>{line.format(number)}</p>" for line in WORDS * 4)
    head = f"<html><head><title>Talks {number}</title></head><body><nav>Home</nav>"
    return f"{head}<article>{body}</article></body></html>".encode()


def text(number: int) -> bytes:
    """A text with header lines."""
    body = "\n\n".join(line.format(number) for line in WORDS * 4)
    return f"Outlet: Post {number % 7}\nTitle: Talks {number}\nPublished: 2023-05-16\n\n{body}\n".encode()


def mail(number: int) -> bytes:
    """A mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Post <a@a.example>", "b@b.example", f"Talks {number}"
    message["Date"], message["Message-ID"] = "Tue, 16 May 2023 18:00:00 +0200", f"<{number}@a.example>"
    message.set_content("\n\n".join(line.format(number) for line in WORDS * 4))
    return message.as_bytes()


def word(number: int) -> bytes:
    """A Word file."""
    import docx

    book = docx.Document()
    for line in WORDS * 4:
        book.add_paragraph(line.format(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def paper(number: int) -> bytes:
    """A PDF."""
    import typst

    return bytes(typst.compile("\n\n".join(line.format(number) for line in WORDS * 4).encode()))


def table(number: int) -> bytes:
    """A table of one row."""
    return f'title,outlet,date,text\nTalks {number},Post,2023-05-16,"{WORDS[0].format(number)}"\n'.encode()


def picture(number: int) -> bytes:
    """A picture."""
    return b"\x89PNG\r\n\x1a\n" + bytes(number % 200 + 60)


KINDS = (
    (".txt", text),
    (".html", page),
    (".eml", mail),
    (".docx", word),
    (".pdf", paper),
    (".csv", table),
    (".png", picture),
)


def main(count: int) -> None:
    """Write, read, print."""
    faults: list[ReadError] = []
    with tempfile.TemporaryDirectory() as folder:
        made = {ending: [make(number) for number in range(20)] for ending, make in KINDS}
        for number in range(count):
            ending = KINDS[number % len(KINDS)][0]
            (Path(folder) / f"{number:06}{ending}").write_bytes(made[ending][number // len(KINDS) % 20])
        begun, articles = time.process_time(), 0
        marks = {count * 6 // 7 // 10, count * 6 // 7 // 2}
        for articles, _ in enumerate(read_paths([folder], on_error=faults.append), start=1):
            if articles in marks:
                tell(articles, len(faults), begun)
        tell(articles, len(faults), begun)


def tell(articles: int, faults: int, begun: float) -> None:
    """One line of figures."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{articles:>7,} articles {faults:>6,} refused {time.process_time() - begun:>7.1f} s {most:>6,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
