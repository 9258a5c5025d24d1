"""``dragoman fetch`` and ``dragoman watch``: the only commands that ask the network, and only when they are given."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from dragoman.cli._common import FILE, progress, record_option, tell
from dragoman.errors import InputError, ReadError

NAMED = 20
_private = click.option("--allow-private", is_flag=True, help="Also ask addresses of private networks.")


@click.command()
@click.argument("lists", nargs=-1, required=True, metavar="LIST|FEED|ADDRESS...")
@click.option("-o", "--output", type=FILE, required=True, help="The web archive (.warc.gz) to write or to go on with.")
@click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between two "
              "questions to one host.")  # fmt: skip
@click.option("--tries", type=click.IntRange(min=1, max=10), default=3, show_default=True, help="How often to try.")
@click.option("--most-bytes", type=click.IntRange(min=1), default=10 * 1024 * 1024, show_default=True, help="Bytes of "
              "one page.")  # fmt: skip
@click.option("--again", is_flag=True, help="Ask whether what the archive holds has changed.")
@_private
def fetch(
    lists: tuple[str, ...], output: Path, pause: float, tries: int, most_bytes: int, again: bool, allow_private: bool
) -> None:
    """Fetch the pages that lists name into a web archive, which "dragoman read" then reads.

    A list is a text file of addresses, a table with a column url, JSON, RIS, BibTeX, a feed or a list of feeds (OPML);
    a feed or a page may also be given by its address. robots.txt is followed, a host is asked one question at a time,
    and a run that was interrupted goes on where it stopped. Exit status 1: an address could not be fetched.
    """
    from dragoman.desk.fetch import addresses
    from dragoman.desk.fetch import fetch as fetch_all
    from dragoman.desk.warc import Archive
    from dragoman.desk.web import Web

    if not output.name.endswith(".warc.gz"):
        raise click.UsageError("-o takes a file that ends in .warc.gz")
    web = Web(pause=pause, tries=tries, most=most_bytes, private=allow_private)
    faults: list[ReadError] = []
    urls = addresses(lists, web, faults.append)
    counts: Counter[str] = Counter()
    with Archive(path=output) as archive:
        for item in progress(fetch_all(urls, archive, web, _now, again=again), "fetching", total=len(urls)):
            counts[item.state] += 1
            if item.fault is not None:
                faults.append(item.fault)
    for fault in faults[:NAMED]:
        tell(f"dragoman: not fetched: {fault}")
    tell(f"{output}: " + (", ".join(f"{number} {state}" for state, number in counts.items()) or "nothing to fetch"))
    if faults:
        raise InputError("fetch", f"{len(faults)} addresses or lists could not be fetched", "addresses that answer")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="FOLDER|FEED...")
@record_option()
@click.option("--once", is_flag=True, help="Look once and end: for cron.")
@click.option("--every", type=click.FloatRange(min=1), default=30.0, show_default=True, help="Seconds between looks.")
@click.option("--silent-after", type=click.IntRange(min=1), default=14, show_default=True, help="Days after which a "
              "feed without a new entry is named.")  # fmt: skip
@_private
def watch(
    places: tuple[str, ...], record_path: Path, once: bool, every: float, silent_after: int, allow_private: bool
) -> None:
    """Read new files of folders and new entries of feeds into a record as they come.

    A file is read once it is complete: its size and time are the same at two looks. A file that was refused is not
    tried again until it changes. Feeds are asked as often as they themselves say; pages that a feed only names are
    fetched into RECORD.watch.warc.gz. What was seen stands in RECORD.watch.json beside the record.
    """
    from dragoman.desk.watch import Watcher
    from dragoman.desk.web import Web

    watcher = Watcher(
        record_path=record_path, places=places, web=Web(private=allow_private), silent_after=silent_after, tell=tell
    )
    while True:
        refused = watcher.look(datetime.now(UTC), settle=once)
        if once:
            if refused:
                raise InputError("watch", f"{refused} files or feeds could not be read", "what is named above")
            return
        time.sleep(every)
