"""A finder that fails is noted and loses nothing of the others; what schema 1 was is still to be had."""

from __future__ import annotations

import pytest

from dragoman import read_text
from dragoman.read.findings import FinderFault
from dragoman.read.guard import Guard, LimitReached

TEXT = 'President Xi Jinping met Kim Jong-un in Beijing on Tuesday. "We will talk," Mr Kim said.'
FINDERS = {
    "dates": "dragoman.read.dates.find_dates",
    "quotes": "dragoman.read.quotes.find_quotes",
    "events": "dragoman.read.events.find_events",
    "promises": "dragoman.read.promises.find_promises",
    "wording": "dragoman.read.wording.find_definitions",
}


@pytest.mark.parametrize(("finder", "path"), FINDERS.items())
def test_a_failing_finder_is_noted_and_the_others_go_on(
    finder: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault carries finder, kind and message; entities and what other finders found stand."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("half-century")

    whole = read_text(TEXT, "2018-03-29")
    monkeypatch.setattr(path, fail)
    reading = read_text(TEXT, "2018-03-29")
    assert reading.faults == (FinderFault(finder=finder, kind="error", where=None, message="KeyError: 'half-century'"),)
    assert reading.entities == whole.entities
    assert reading.contacts or finder == "dates"
    assert whole.faults == ()


def test_a_limit_is_noted_with_its_place() -> None:
    """A finder that counts too many steps says so, with the place where it stopped."""
    guard = Guard()

    def endless() -> list[int]:
        raise LimitReached("more than 10 steps", (3, 9))

    assert guard.many("quotes", endless) == ()
    assert guard.faults == [FinderFault(finder="quotes", kind="limit", where=(3, 9), message="more than 10 steps")]


def test_the_first_schema_is_still_to_be_had() -> None:
    """``to_dict(schema=1)`` has meetings and calls apart, no key of schema 2, and no mode that schema 1 lacks."""
    reading = read_text(TEXT, "2018-03-29")
    first, second = reading.to_dict(schema=1), reading.to_dict()
    assert first["schema"] == "dragoman/reading/1"
    assert second["schema"] == "dragoman/reading/2"
    assert {"contacts", "parties", "stances", "faults", "reader", "gate"} <= second.keys() - first.keys()
    assert len(second["contacts"]) == len(second["meetings"]) + len(second["calls"])
    assert "counted" in second["contacts"][0]
    assert "counted" not in first["meetings"][0]
    assert "party" not in first["entities"][0]
