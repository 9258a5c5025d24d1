"""All pages as one HTML file that opens from disk and asks the network for nothing.

The same views and the same templates as the site, one section a page, and a section
for every article with the sentences that bear evidence (full texts stay in the
record).  Its own content security policy names the two inline blocks by their hashes
and allows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, InputError, RecordError
from dragoman.show.blocks import Evidence
from dragoman.show.links import FileLinks
from dragoman.show.pages import Page, nav
from dragoman.show.render import STATIC, render

if TYPE_CHECKING:
    from dragoman.desk.session import Desk
    from dragoman.show.views._base import View
    from dragoman.show.views.sources import ArticlePage

MOST_ARTICLES = 400


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page within the file: its view, or the reason why it is not there; ``also`` holds further views of it."""

    page: Page
    view: View | None
    reason: str = ""
    also: tuple[View, ...] = ()


def one_file(desk: Desk) -> str:
    """The file's text.

    Raises:
        InputError: the desk holds nothing that could be shown.
    """
    if desk.record is None and desk.case is None:
        raise InputError("page", "nothing to show", "a record with articles, or a case")
    sections = tuple(section_of(desk, page) for page in nav(offline=True))
    shown = tuple(section for section in sections if section.view)
    articles = article_pages(desk, shown)
    links = FileLinks(frozenset(s.page.name for s in shown), frozenset(view.head.item for view in articles))
    style, script = (STATIC / "dragoman.css").read_text("utf-8"), (STATIC / "dragoman.js").read_text("utf-8")
    head = shown[0].view.head if shown[0].view else None
    return render(
        "offline.html",
        sections=shown,
        left_out=[s for s in sections if not s.view],
        articles=articles,
        links=links,
        style=_raw(style),
        script=_raw(script),
        policy=policy(style, script),
        head=head,
    )


def _raw(text: str) -> Any:
    """The program's own style and script, printed as they are: nothing of a record is in them."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def policy(style: str, script: str) -> str:
    """A content security policy that allows these two inline blocks and nothing else."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def section_of(desk: Desk, page: Page) -> Section:
    """A page's view, with one for every further issue where it is the forecast; or why it cannot be shown."""
    try:
        view = page.build(desk, {})
        also = tuple(page.build(desk, {"issue": issue}) for issue in _further_issues(desk, page))
    except RecordError:
        raise
    except DragomanError as error:
        return Section(page=page, view=None, reason=str(error))
    return Section(page=page, view=view, also=also)


def _further_issues(desk: Desk, page: Page) -> list[str]:
    return list(desk.case.issues)[1:] if page.name == "forecast" and desk.case else []


def cited(sections: tuple[Section, ...]) -> dict[str, set[tuple[int, int]]]:
    """The spans that the pages cite, by article."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for section in sections:
        for view in (section.view, *section.also):
            for item in evidence_in(view):
                spans[item.article].add((item.start, item.end))
    return spans


def evidence_in(value: Any) -> Iterator[Evidence]:
    """Every piece of evidence within a view."""
    from dragoman.show.views._base import parts

    return parts(value, Evidence)


def article_pages(desk: Desk, sections: tuple[Section, ...]) -> tuple[ArticlePage, ...]:
    """The articles that are cited, as excerpts, in order of publication."""
    from dragoman.show.views.sources import article_page

    if desk.record is None:
        return ()
    spans = cited(sections)
    keys = [row.key for row in desk.record.articles() if row.key in spans][:MOST_ARTICLES]
    return tuple(article_page(desk, desk.record.article(key), {}, full=False, cited=sorted(spans[key])) for key in keys)
