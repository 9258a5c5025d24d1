"""What is only supposed is no event; whose deed a launch is; when an event is planned."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.read.events import explain, find_events
from dragoman.read.findings import Event
from dragoman.read.identity import find_entities
from dragoman.read.parse import parse_text


def read(text: str, enough: float = 0.3) -> list[Event]:
    """The events of a text."""
    parsed = parse_text(text, date(2018, 6, 15))
    return find_events(parsed, find_entities(parsed), enough=enough)


def types(text: str) -> set[str]:
    """The types of the events of a text."""
    return {event.type for event in read(text)}


def test_the_reason_is_told() -> None:
    """An explanation of a supposed event says why it is none."""
    told = explain("If Chad attacked Niger, the price would double.")[0]
    assert [item.dropped for item in told.dropped if item.trigger == "attacked"] == ["if: a condition"]


def test_a_launch_is_not_the_speakers() -> None:
    """Of a launch without a doer, the source is the place it came from and never who speaks of it."""
    event = read("South Korea's military said a missile was launched from Pyongyang on Friday.")[0]
    assert (event.type, [actor.country for actor in event.source]) == ("MOBILIZE", ["PRK"])
    bare = read("South Korea's military said a missile was launched on Friday.")
    assert all(actor.country != "KOR" for event in bare for actor in event.source)


def test_a_test_is_a_show_and_a_launch_at_somebody_an_assault() -> None:
    """A test is MOBILIZE wherever it flies; a missile launched at somebody is ASSAULT."""
    assert types("North Korea launched a missile over Japan at around 6 a.m. on Tuesday.") == {"MOBILIZE"}
    assert types("North Korea test-fired a ballistic missile.") == {"MOBILIZE"}
    assert types("Iran launched missiles at Israel.") == {"ASSAULT"}


def test_a_planned_launch_is_planned_and_no_threat() -> None:
    """Who plans to launch a satellite threatens nobody; who threatens to fire missiles does."""
    planned = read("North Korea plans to launch a satellite.")[0]
    assert (planned.type, planned.status) == ("MOBILIZE", "planned")
    assert types("North Korea threatened to fire missiles at Guam.") == {"THREATEN"}


def test_a_drill_held_alone_is_a_show_of_force() -> None:
    """Exercises of two states are cooperation, of one alone a show of force."""
    assert types("Peru and Chile held military exercises.") == {"COOPERATE"}
    assert types("Peruvian soldiers carried out an army exercise.") == {"MOBILIZE"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Iran said it might expel the Swiss envoy.", {"THREATEN"}),
        ("Iran will not hesitate to attack Israel.", {"THREATEN"}),
        ("Peru warned that the talks with Chile could fail.", set()),
        ("Peruvian doctors are to strike next week.", {"THREATEN"}),
    ],
)
def test_threats_and_cautions(text: str, wanted: set[str]) -> None:
    """Harm that speakers say they may do is a threat; a warning of what may happen is not."""
    assert types(text) == wanted


@pytest.mark.parametrize("text", ["The shift caught Tokyo flat-footed.", "The senator opened fire on the proposal."])
def test_idioms_are_no_violence(text: str) -> None:
    """Set phrases made of words of force are neither arrests nor assaults."""
    assert types(text).isdisjoint({"COERCE", "ASSAULT"})


def test_an_agency_is_no_side() -> None:
    """The name of an agency in a credit is not who fired."""
    events = read("AP North Korea fired a ballistic missile over Japan.")
    assert {actor.country for event in events for actor in event.source} == {"PRK"}


def test_a_date_of_another_clause_is_not_the_events() -> None:
    """A year in a clause beside that of the trigger dates something else."""
    from dragoman.read.dates import find_dates

    text = "Peru, which Chile invaded in 1880, has expelled the Chilean envoy."
    parsed = parse_text(text, date(2018, 6, 15))
    events = find_events(parsed, find_entities(parsed), find_dates(parsed))
    assert [event.date for event in events if event.type == "SANCTION"] == [None]


def test_adjectives_make_a_meeting_planned_or_called_off() -> None:
    """A planned meeting has not been held, a cancelled one is called off."""
    statuses = [
        event.status
        for word in ("planned", "possible", "cancelled")
        for event in read(f"The {word} meeting between Norway and Peru was in the news.", enough=0.1)
    ]
    assert statuses == ["planned", "possible", "called off"]


def test_confidence_falls_with_what_is_missing() -> None:
    """The same deed is surer with both sides named than with one; what is only a purpose is no event."""
    both, one = read("Peru bombed Chile.")[0], read("Peru bombed the town.")[0]
    assert both.confidence > one.confidence
    assert "ASSAULT" not in types("Peru crossed the river to bomb Chile.")
