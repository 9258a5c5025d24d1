"""Where a reference leads: addresses on the server, anchors in the offline file.

A view names pages and items (:class:`~dragoman.show.blocks.Ref`); only these two
classes know what that means in a browser.  In the offline file a query cannot be
answered, so such a reference leads to the page's section; an item leads to the
item's own section.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote, urlencode

from dragoman.show.blocks import Ref


class Links(Protocol):
    """Turns references into ``href`` values; None where there is nothing to lead to."""

    offline: bool

    def href(self, to: Ref) -> str | None:
        """The address of what is referred to."""
        ...

    def download(self, page: str, table: str, query: tuple[tuple[str, str], ...]) -> str | None:
        """The address of a table as CSV."""
        ...

    def twin(self, page: str, item: str, query: tuple[tuple[str, str], ...]) -> str | None:
        """The address of a page's JSON twin."""
        ...


def _path(page: str, item: str) -> str:
    """A page's path: the overview stands at the root."""
    base = "/" if page == "overview" else f"/{page}"
    return f"{base}/{quote(item, safe='')}" if item else base


class ServerLinks:
    """Addresses on the local server."""

    offline = False

    def href(self, to: Ref) -> str:
        """A path with its query and anchor."""
        query = f"?{urlencode(to.query)}" if to.query else ""
        anchor = f"#{quote(to.anchor, safe='')}" if to.anchor else ""
        return _path(to.page, to.item) + query + anchor

    def download(self, page: str, table: str, query: tuple[tuple[str, str], ...]) -> str:
        """``/page.csv?table=name`` with the page's own query."""
        return f"/{page}.csv?{urlencode((*query, ('table', table)))}"

    def twin(self, page: str, item: str, query: tuple[tuple[str, str], ...]) -> str:
        """``/page.json`` or ``/page/item.json`` with the same query."""
        path = f"/{page}/{quote(item, safe='')}" if item else f"/{page}"
        return f"{path}.json" + (f"?{urlencode(query)}" if query else "")


class FileLinks:
    """Anchors within one file; ``items`` are the articles that the file holds."""

    offline = True

    def __init__(self, pages: frozenset[str], items: frozenset[str]) -> None:
        self.pages = pages
        self.items = items

    def href(self, to: Ref) -> str | None:
        """An anchor, or None for what the file does not hold."""
        if to.item:
            if to.item not in self.items:
                return None
            return f"#a{to.item}-{to.anchor}" if to.anchor else f"#a{to.item}"
        return f"#{to.page}" if to.page in self.pages else None

    def download(self, page: str, table: str, query: tuple[tuple[str, str], ...]) -> str | None:
        """None: the script makes the file from the table itself."""
        del page, table, query
        return None

    def twin(self, page: str, item: str, query: tuple[tuple[str, str], ...]) -> str | None:
        """None: twins are on the server."""
        del page, item, query
        return None
