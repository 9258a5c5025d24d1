"""Events read whole from raw sentences: sides, status, dates, places, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.dates import find_dates
from dragoman.read.events import explain, explain_events, find_events
from dragoman.read.events.ontology import codes, from_cameo, quad, type15
from dragoman.read.findings import DateFinding, Event
from dragoman.read.identity import find_entities
from dragoman.read.parse import parse_text
from dragoman.read.parsed import Parsed

TABLE = Path(__file__).parent / "data" / "events_whole.tsv"


def read(text: str, dates: tuple[DateFinding, ...] = ()) -> list[Event]:
    """The events of a text."""
    parsed = parse_text(text, date(2018, 6, 15))
    return find_events(parsed, find_entities(parsed), dates)


def only(text: str) -> Event:
    """The one event of a text."""
    found = read(text)
    assert len(found) == 1, [(event.type, event.rule) for event in found]
    return found[0]


def countries(event: Event) -> tuple[set[str | None], set[str | None]]:
    """Source and target countries."""
    return {actor.country for actor in event.source}, {actor.country for actor in event.target}


def table() -> list[tuple[str, str, str, str]]:
    """Type of fifteen or none, source country, target country, sentence."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(cells[0], cells[1], cells[2], cells[3]) for cells in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("kind", "source", "target", "sentence"), table())
def test_a_sentence_of_the_table(kind: str, source: str, target: str, sentence: str) -> None:
    """The sentence has events of the one type that its author gave it, between these countries."""
    found = read(sentence)
    assert {event.type15 for event in found} == (set() if kind == "none" else {kind})
    pairs = {(a, b) for event in found for a in countries(event)[0] for b in countries(event)[1]}
    assert kind == "none" or (source, target) in pairs


@pytest.mark.parametrize(
    ("sentence", "kind", "status"),
    [
        ("France imposed sanctions on Chad.", "COERCE", "held"),
        ("France may impose sanctions on Chad.", "COERCE", "possible"),
        ("France might lift its embargo against Chad.", "RETREAT", "possible"),
        ("France will send food to Chad.", "AGREE", "planned"),
        ("France agreed to meet Chad's president.", "AGREE", "planned"),
        ("France cancelled talks with Chad.", "REJECT", "called off"),
        ("France refused to meet Chad's president.", "REJECT", "held"),
    ],
)
def test_status(sentence: str, kind: str, status: str) -> None:
    """Status tells what was done from what is planned, possible or called off."""
    event = only(sentence)
    assert (event.type, event.status) == (kind, status)


@pytest.mark.parametrize(
    "sentence",
    [
        "France has not attacked Chad.",
        "France did not impose sanctions on Chad.",
        "France never expelled the Chadian ambassador.",
        "The French minister has not met his counterpart from Chad.",
    ],
)
def test_a_negated_event_is_no_event(sentence: str) -> None:
    """What did not happen is not an event, and the explanation says that it was negated."""
    assert read(sentence) == []
    parsed = parse_text(sentence)
    dropped = [item.dropped for told in explain_events(parsed, find_entities(parsed)) for item in told.dropped]
    assert "negated" in dropped


def test_reciprocal_events_have_both_sides_on_both_sides() -> None:
    """A meeting has each party as source and as target."""
    event = only("Norway and Peru held talks in Geneva.")
    assert countries(event) == ({"NOR", "PER"}, {"NOR", "PER"})


def test_the_place_of_a_dateline_does_nothing() -> None:
    """Where a report was sent from is neither source nor target."""
    event = only("PALM BEACH, Florida – President Donald Trump promised Prime Minister Shinzo Abe aid on Wednesday.")
    assert {actor.entity for actor in (*event.source, *event.target)} == {"donald-trump", "shinzo-abe"}


def test_where_parties_meet_is_no_party() -> None:
    """A place inside a state that takes part itself is no partner of it."""
    event = only("Norway on Tuesday had proposed a meeting on June 19 in Bergen, on the western coast.")
    assert {actor.entity for actor in (*event.source, *event.target)} == {"NOR"}


def test_conjoined_actors() -> None:
    """Actors joined by "and" all act, and all are acted upon."""
    event = only("Norway, Sweden and Finland condemned Chad and Niger.")
    assert countries(event) == ({"NOR", "SWE", "FIN"}, {"TCD", "NER"})


def test_the_actor_behind_their_forces() -> None:
    """The forces that a speaker calls its own are those of its country."""
    event = only("Turkey said its forces had attacked a village in Syria.")
    assert countries(event) == ({"TUR"}, {"SYR"})


def test_the_actor_behind_ministers_of() -> None:
    """Ministers of a body act for that body."""
    event = only("Ministers of the European Union criticised Chad.")
    assert countries(event) == ({"IGO"}, {"TCD"})


def test_reported_events_are_those_that_were_reported() -> None:
    """The speech clause loses to what was said."""
    event = only("A spokesman said on Monday that Russia had invited Norway to the conference.")
    assert event.type == "AGREE"
    assert event.cameo == "036"
    assert countries(event) == ({"RUS"}, {"NOR"})


def test_passives_are_turned_round() -> None:
    """Who stands behind "by" is the source."""
    event = only("The Saudi envoy was expelled by Canada.")
    assert countries(event) == ({"CAN"}, {"SAU"})


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("U.S.-led sanctions against Iran are still in force.", "COERCE"),
        ("Thursday's meeting between Norway and Peru in Geneva was short.", "CONSULT"),
        ("Talks between Norway and Peru collapsed.", "REJECT"),
    ],
)
def test_nominal_events(sentence: str, kind: str) -> None:
    """Nouns that name an event are events where no verb is."""
    assert only(sentence).type == kind


def test_date_and_place() -> None:
    """The event takes the date in its clause and the place behind "in"."""
    text = "Norway signed a treaty with Peru in Geneva on Tuesday, after talks in May."
    start = text.index("Tuesday")
    tuesday = DateFinding(
        span=(start, start + 7), value="2018-06-12", kind="DATE", start="2018-06-12", end="2018-06-12", precision="day"
    )
    may = text.index("May")
    month = DateFinding(
        span=(may, may + 3), value="2018-05", kind="DATE", start="2018-05-01", end="2018-05-31", precision="month"
    )
    event = read(text, (tuesday, month))[0]
    assert event.date == tuesday
    assert event.place == "Geneva"


def test_sectors() -> None:
    """The words of a side show its sector."""
    event = only("Turkish soldiers attacked Syrian rebels.")
    assert [actor.sector for actor in event.source] == ["MIL"]
    assert [actor.sector for actor in event.target] == ["REB"]


def test_offsets_hold_in_a_later_paragraph() -> None:
    """Spans point into the text as given, in every paragraph."""
    text = "The weather was mild.\n\nOn Monday Peru expelled the Chadian ambassador."
    event = only(text)
    assert text[slice(*event.span)] == "expelled the Chadian ambassador"
    assert text[slice(*event.source[0].span)] == "Peru"
    assert text[slice(*event.sentence)].startswith("On Monday")


def test_enough_asks_for_more() -> None:
    """With a higher least confidence there are no more events than with a lower one."""
    parsed = parse_text("Norway and Peru held talks. Chad may attack Niger. The war in Mali went on.")
    index = find_entities(parsed)
    counts = [len(find_events(parsed, index, enough=least)) for least in (0.05, 0.4, 0.7, 0.95)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 0


def test_explanation_names_entry_and_rule() -> None:
    """The explanation names the line of the lexicon and what the operator made of it."""
    parsed = parse_text("France threatened to expel the Chadian ambassador.")
    (told,) = explain_events(parsed, find_entities(parsed))
    (kept,) = told.kept
    assert (kept.type, kept.cameo) == ("THREATEN", "136")
    assert any(step.startswith("verbs.tsv:") and "threaten over 166 is 136" in step for step in kept.steps)
    assert "France" in str(told)


def test_explanation_of_nothing() -> None:
    """A sentence without a trigger says so."""
    assert [str(told) for told in explain("It was mild.")] == ["It was mild.\n  no trigger of the lexicon"]


SOME_WORDS = """
France Chad Norway the president minister troops said agreed to refused will not may attack sanctions on talks with met
and in Geneva Monday that its forces , . “ ” - lift impose by were expelled
"""
WORDS = st.sampled_from([*SOME_WORDS.split(), "\n"])


def sound(parsed: Parsed, event: Event) -> bool:
    """Whether an event's spans lie in its sentence and its codes agree."""
    inside = [event.span, *(actor.span for actor in (*event.source, *event.target))]
    length = len(parsed.text)
    agree = event.quad == quad(event.type) and event.type15 == type15(event.type) and event.cameo in codes()
    return agree and 0 < event.confidence < 1 and all(0 <= start < end <= length for start, end in inside)


@settings(max_examples=60, deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=30))
def test_any_words_give_sound_events(words: list[str]) -> None:
    """Whatever the words, events have spans inside the text and codes that agree with each other."""
    parsed = parse_text(" ".join(words))
    for event in find_events(parsed, find_entities(parsed)):
        assert sound(parsed, event), event
        assert event.goldstein == from_cameo(event.cameo or "").goldstein


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Five years after the war, France condemned Chad.", None),
        ("Five years after the 1994 accord, France condemned Chad.", "1999"),
        ("More than five years after the 1994 accord, France condemned Chad.", None),
        ("In 1999, five years after the accord, France condemned Chad.", "1999"),
    ],
)
def test_a_length_after_something_dates_no_event_by_itself(sentence: str, value: str | None) -> None:
    """The date that a length is counted from is not that of the event; with an exact length both date it."""
    (event,) = read(sentence, tuple(find_dates(parse_text(sentence, date(2018, 6, 15)))))
    assert (event.date.value if event.date else None) == value


def test_a_day_is_no_particle_of_the_verb() -> None:
    """Called on Monday for sanctions is a call for sanctions, not a call on somebody."""
    event = only("Peru on Monday called for sanctions against Chile.")
    assert (event.type, countries(event)) == ("ACCUSE", ({"PER"}, {"CHL"}))


def test_a_company_is_a_side_and_is_not_replaced_by_a_state() -> None:
    """Whoever acts in his own name is a side, also where a state stands nearby."""
    event = only("Norway watched as the union Unite accused Ford of cutting jobs.")
    assert all(actor.country != "NOR" for actor in (*event.source, *event.target))


def test_police_are_of_the_country_of_the_act() -> None:
    """Domestic forces of no named country are of the place of the act, else of the country of the other side."""
    assert countries(only("Police arrested a dozen protesters in Chile."))[0] == {"CHL"}
    assert countries(only("The Peruvian president denounced the courts."))[1] == {"PER"}


def test_a_thing_is_no_side() -> None:
    """A noun that is nobody who acts stands on no side."""
    assert only("Peru rejected any deal.").target == ()


def test_a_source_of_the_report_is_no_target() -> None:
    """Whom a report is "according to", and whom a reason names, are not those to whom the deed was done."""
    told = only("According to Norway, Chadian troops killed a dozen protesters.")
    assert "NOR" not in countries(told)[1]
    reason = only("Peru imposed sanctions on Chile for providing weapons to Bolivia.")
    assert countries(reason) == ({"PER"}, {"CHL"})


def test_what_is_no_act_of_talks() -> None:
    """A heading in capitals is no sentence, and who insists that something is so demands nothing."""
    assert read("BUILDING OUR PARTNERSHIP WITH PERU") == []
    assert all(event.type != "REQUEST" for event in read("Peru insisted that Chile was right."))
    assert only("Peru insisted that Chile withdraw its troops.").type == "REQUEST"
