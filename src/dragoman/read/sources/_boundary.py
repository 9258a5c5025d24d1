"""The boundary of parsers: whatever a reader does with a broken or hostile file, one named fault comes out.

A reader is a generator over articles, faults and further sources (entries of an archive, attachments).  Here, and
only here, any failure inside of it becomes a :class:`~dragoman.errors.ReadError`; the other entries still come.
"""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import BadZipFile

from dragoman.errors import MissingExtraError, ReadError
from dragoman.read.sources._article import Article
from dragoman.read.sources._source import Source, cannot_be_read
from dragoman.read.sources._table import format_of


def articles_in(source: Source) -> Iterator[Article | ReadError]:
    """Every article of a source, and every fault in its place."""
    title = "file"
    try:
        form = format_of(source)
        title = form.title
        for item in form.reader()(source):
            if isinstance(item, Source):
                yield from articles_in(item)
            else:
                yield item
    except ReadError as fault:
        yield fault
    except MissingExtraError as error:
        yield ReadError(source.place, f"a {title}; {error}")
    except OSError as error:
        yield cannot_be_read(source.place, error)
    except BadZipFile as error:
        yield ReadError(source.place, f"a {title} that is damaged ({error})", "a whole file")
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        yield ReadError(source.place, f"a {title} that is damaged ({_words(error)})", "a whole file")


def _words(error: BaseException) -> str:
    words = " ".join(str(error).split())[:120]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
