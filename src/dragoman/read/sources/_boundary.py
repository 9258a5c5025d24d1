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

_LONGEST = 300


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
                yield _one_line(item) if isinstance(item, ReadError) else item
    except ReadError as fault:
        yield _one_line(fault)
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


def _one_line(fault: ReadError) -> ReadError:
    """The fault in one line that can be printed: parsers quote what they stumbled over, whatever it is."""
    found, place = _printable(fault.found, _LONGEST), _printable(fault.place, 4 * _LONGEST)
    if (found, place) == (fault.found, fault.place):
        return fault
    return ReadError(place, found, fault.expected, state=fault.state)


def _printable(words: str, longest: int) -> str:
    flat = "".join(letter if letter.isprintable() else " " for letter in words)
    return flat if len(flat) <= longest else f"{flat[:longest]} ..."


def _words(error: BaseException) -> str:
    words = " ".join(str(error).split())[:120]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
