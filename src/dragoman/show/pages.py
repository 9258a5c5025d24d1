"""The pages, in the order of the contents: one list that the server, the file, the tests and the docs read."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from dragoman.errors import InputError, UnknownNameError
from dragoman.show.blocks import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.desk.session import Desk


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: its name in addresses, its title, and the module of ``views`` that builds it.

    ``needs`` is what the desk must hold for it; ``methods`` are those whose results it shows, which
    may still have to be solved when it is asked for.
    """

    name: str
    title: str
    items: bool = False
    scripts: tuple[str, ...] = ()
    answers: bool = False
    offline: bool = True
    needs: Literal["", "case", "record"] = ""
    methods: tuple[str, ...] = ()

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

    def build_waiting(self, desk: Desk, query: Mapping[str, str]) -> Any:
        """The parts of the page that need no result, or None where it has none."""
        build = getattr(self._module(), "build_waiting", None)
        return None if build is None else build(desk, query)

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
    Page(name="overview", title="Overview", methods=("nodeal", "mean", "graph", "steps", "stakes")),
    Page(name="chronology", title="Chronology", items=True, needs="record"),
    Page(name="contacts", title="Contacts", needs="record"),
    Page(name="commitments", title="Commitments", needs="record"),
    Page(name="ties", title="Ties", needs="record"),
    Page(name="statements", title="Statements", needs="record"),
    Page(
        name="forecast",
        title="Positions and forecast",
        scripts=("whatif.js",),
        answers=True,
        needs="case",
        methods=("nodeal", "mean", "median", "nash", "challenge", "smp", "exchange", "influence"),
    ),
    Page(name="graph", title="Conflict graph", needs="case", methods=("graph",)),
    Page(name="steps", title="Steps", scripts=("whatif.js",), answers=True, needs="case", methods=("steps",)),
    Page(name="stakes", title="Stakes", needs="case", methods=("stakes",)),
    Page(name="power", title="Power", needs="case", methods=("power", "nodeal", "median")),
    Page(
        name="compare",
        title="Scenarios",
        needs="case",
        methods=("nodeal", "power", "graph", "mean", "median", "nash", "challenge", "exchange", "smp"),
    ),
    Page(name="case", title="Numbers of the case", needs="case"),
    Page(name="review", title="Review", scripts=("review.js",), offline=False, needs="record"),
    Page(name="sources", title="Sources", items=True, scripts=("mark.js",), needs="record"),
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


HOW_TO_GET = {
    "case": "a case; open one with `dragoman show --case FILE`, or write one with `dragoman case new FILE`",
    "record": (
        "a record; open one with `dragoman show --record FILE`, or make one with `dragoman read ARTICLES --record FILE`"
    ),
}


class LackingError(InputError):
    """A page for which the desk holds nothing; ``title`` is the page's."""

    def __init__(self, page: Page, lack: str) -> None:
        self.title = page.title
        self.words = f"This page needs {HOW_TO_GET[lack]}."
        super().__init__("this page", f"the desk holds no {lack}", HOW_TO_GET[lack])


def lacking(page: Page, desk: Desk) -> str:
    """What the desk lacks for a page, ``case`` or ``record``, or nothing."""
    held = {"": True, "case": desk.base is not None, "record": desk.record is not None}
    return "" if held[page.needs] else page.needs


def nav(*, offline: bool = False) -> tuple[Page, ...]:
    """The pages of the contents."""
    return tuple(page for page in PAGES if page.offline or not offline)
