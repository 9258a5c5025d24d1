"""The pages, in the order of the contents: one list that the server, the file, the tests and the docs read."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dragoman.errors import UnknownNameError
from dragoman.show.blocks import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.desk.session import Desk


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: its name in addresses, its title, and the module of ``views`` that builds it."""

    name: str
    title: str
    items: bool = False
    scripts: tuple[str, ...] = ()
    answers: bool = False
    offline: bool = True

    @property
    def ref(self) -> Ref:
        """The page itself."""
        return Ref(page=self.name)

    @property
    def template(self) -> str:
        """The template of the page's body."""
        return f"pages/{self.name}.html"

    @property
    def item_template(self) -> str:
        """The template of one item of the page."""
        return f"pages/{self.name}_item.html"

    def build(self, desk: Desk, query: Mapping[str, str]) -> Any:
        """The page's view."""
        return self._module().build(desk, query)

    def build_answer(self, desk: Desk, query: Mapping[str, str]) -> Any:
        """The view of the part of the page that answers a change of numbers."""
        module = self._module()
        return getattr(module, "build_answer", module.build)(desk, query)

    def build_item(self, desk: Desk, item: str, query: Mapping[str, str]) -> Any:
        """The view of one item of the page."""
        return self._module().build_item(desk, item, query)

    def _module(self) -> Any:
        return import_module(f"dragoman.show.views.{self.name}")


PAGES = (
    Page(name="overview", title="Overview"),
    Page(name="chronology", title="Chronology", items=True),
    Page(name="contacts", title="Contacts"),
    Page(name="commitments", title="Commitments"),
    Page(name="ties", title="Ties"),
    Page(name="statements", title="Statements"),
    Page(name="forecast", title="Positions and forecast", scripts=("whatif.js",), answers=True),
    Page(name="graph", title="Conflict graph"),
    Page(name="steps", title="Steps", scripts=("whatif.js",), answers=True),
    Page(name="stakes", title="Stakes"),
    Page(name="power", title="Power"),
    Page(name="compare", title="Scenarios"),
    Page(name="case", title="Numbers of the case"),
    Page(name="review", title="Review", scripts=("review.js",), offline=False),
    Page(name="sources", title="Sources", items=True, scripts=("mark.js",)),
    Page(name="map", title="Map"),
)


def find_page(name: str) -> Page:
    """A page by its name.

    Raises:
        UnknownNameError: there is none of that name.
    """
    for page in PAGES:
        if page.name == name:
            return page
    raise UnknownNameError("page", name, [page.name for page in PAGES])


def nav(*, offline: bool = False) -> tuple[Page, ...]:
    """The pages of the contents."""
    return tuple(page for page in PAGES if page.offline or not offline)
