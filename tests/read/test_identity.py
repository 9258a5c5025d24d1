"""Who is mentioned in a text: persons, states, offices, places, and what pronouns mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read.findings import Entity
from dragoman.read.identity import find_entities
from dragoman.read.index import EntityIndex
from dragoman.read.parse import parse_text
from dragoman.read.parsed import Parsed

DAY = date(2018, 6, 13)


def _read(text: str, day: date | None = DAY) -> tuple[Parsed, EntityIndex]:
    parsed = parse_text(text, day)
    return parsed, find_entities(parsed)


def _one(index: EntityIndex, entity_id: str) -> Entity:
    return next(entity for entity in index.entities if entity.id == entity_id)


def _words(text: str, entity: Entity) -> list[str]:
    return [text[start:end] for start, end in entity.mentions]


def test_spellings_surname_and_office_are_one_man() -> None:
    """Full name, hyphens or not, family name with and without Mr, and his office are one entity."""
    text = (
        "North Korean leader Kim Jong-un wrote a letter. Kim Jong Un signed it himself. "
        "Mr. Kim had waited. The North Korean leader then left."
    )
    _, index = _read(text)
    assert len(_words(text, _one(index, "kim-jong-un"))) == 4


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Herzog refused to sign the treaty between Israel and Egypt.", "Isaac Herzog"),
        ("Herzog refused to sign the treaty between Germany and Chad.", "Roman Herzog"),
        ("Herzog refused to sign the treaty.", None),
    ],
)
def test_of_several_leaders_of_a_name_it_is_the_one_whose_state_is_named(text: str, name: str | None) -> None:
    """Without a day of publication a family name of several leaders is that of the state in the text, or of nobody."""
    found = [item.name for item in find_entities(parse_text(text)).entities if item.kind == "person"]
    assert found == ([name] if name else [])


def test_two_kims_stay_two() -> None:
    """Two men of one family name in one text do not merge, and the bare name goes to the one just named."""
    text = "Kim Yong-nam flew to Moscow. Kim Jong-un stayed at home. Kim inspected a factory."
    _, index = _read(text)
    assert _words(text, _one(index, "kim-yong-nam")) == ["Kim Yong-nam"]
    assert _words(text, _one(index, "kim-jong-un")) == ["Kim Jong-un", "Kim"]


def test_sex_parts_a_couple() -> None:
    """``Mrs. Clinton`` is not Bill Clinton."""
    text = "Bill Clinton and Hillary Clinton arrived. Mrs. Clinton spoke first."
    _, index = _read(text)
    assert "Clinton" in _words(text, _one(index, "hillary-clinton"))
    assert _words(text, _one(index, "bill-clinton")) == ["Bill Clinton"]


def test_a_leader_in_office_needs_no_first_name() -> None:
    """A family name alone is the leader in office that day, once his state is spoken of."""
    text = "Russia will wait, Putin said."
    _, index = _read(text)
    assert _words(text, _one(index, "vladimir-putin")) == ["Putin"]


def test_a_private_person_is_not_the_leader_of_that_name() -> None:
    """A farmer called John Kelly is not the White House chief of staff."""
    text = "John Kelly, a farmer in Iowa, lost his harvest."
    _, index = _read(text)
    assert [entity.id for entity in index.entities if entity.kind == "person" and entity.name == "John Kelly"]


def test_capital_acts_or_is_a_place() -> None:
    """A capital that speaks is its state; one that is visited is a place."""
    text = "Moscow rejected the plan. He flew to Moscow on Friday."
    _, index = _read(text)
    assert _words(text, _one(index, "RUS")) == ["Moscow"]
    assert _one(index, "moscow").kind == "place"


def test_seats_of_government_are_their_state() -> None:
    """The Kremlin and the Blue House are Russia and South Korea."""
    text = "The Kremlin and the Blue House agreed on the date."
    _, index = _read(text)
    assert {entity.id for entity in index.entities} >= {"RUS", "KOR"}


def test_north_and_south_are_the_koreas_only_in_their_context() -> None:
    """``the North`` is North Korea where Korea is spoken of, and nothing elsewhere."""
    _, index = _read("South Korea waited while the North tested.")
    assert "PRK" in {entity.id for entity in index.entities}
    _, index = _read("The farms of the North suffered from drought.")
    assert "PRK" not in {entity.id for entity in index.entities}


def test_name_of_person_is_not_a_state() -> None:
    """``Michael Jordan`` and ``George Washington`` are no places."""
    _, index = _read("Michael Jordan met George Washington scholars.")
    assert "JOR" not in {entity.id for entity in index.entities}


def test_unknown_person_gets_country_and_role() -> None:
    """A person whom no table knows has the state and the role that the words give."""
    text = "South Korean Finance Minister Hong Gil-su resigned."
    _, index = _read(text)
    found = next(entity for entity in index.entities if entity.kind == "person")
    assert (found.name, found.country, found.role) == ("Hong Gil-su", "KOR", "Finance Minister")


def test_organisation_by_its_words() -> None:
    """A ministry that no table knows is an organisation of the state before it."""
    _, index = _read("The Belgian Fisheries Ministry refused.")
    found = next(entity for entity in index.entities if entity.kind == "organisation")
    assert found.country == "BEL"


def test_mentions_do_not_overlap() -> None:
    """Mentions of all entities are apart."""
    text = "U.S. President Donald Trump met South Korean President Moon Jae-in at the White House in Washington."
    _, index = _read(text)
    spans = sorted(span for entity in index.entities for span in entity.mentions)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


NAMES = [
    "Kim Jong-un",
    "Mr. Kim",
    "the president",
    "Moscow",
    "He",
    "they",
    "U.S.",
    "‘",
    "“",
    ",",
    "Jordan",
    "İzmir",
    "\n",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "met", "said", "in", "and", "’s", "leaders", "two"]), max_size=14))
def test_any_words_are_read(words: list[str]) -> None:
    """Any order of names and words is read without error, with spans inside the text."""
    text = " ".join(words)
    _, index = _read(text)
    for entity in index.entities:
        assert all(0 <= start < end <= len(text) for start, end in entity.mentions)
        assert entity.mentions == tuple(sorted(entity.mentions))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Merkel said no.", "Angela Merkel"), ("On Friday Trump left.", "Donald Trump"), ("Blair said no.", None)],
)
def test_a_rare_family_name_is_that_of_its_leader_in_office(text: str, name: str | None) -> None:
    """A bare family name that one leader in office bears is that leader; one of the past or a common one is nobody."""
    from dragoman.read.reader import read_text

    people = [entity.name for entity in read_text(text, "2018-06-16").entities if entity.kind == "person"]
    assert people == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "entity", "words"),
    [
        (
            "North Korean leader Kim Jong Un looked on. It was the day Kim Jong Il died. Kim’s regime was silent.",
            "kim-jong-un",
            ["Kim Jong Un", "Kim"],
        ),
        (
            "North Korea was silent, said Kim Tae-ho, a professor in Seoul. Tests began when Mr. Kim took power.",
            "kim-jong-un",
            ["Kim"],
        ),
        (
            "North Korea was silent, said Kim Tae-ho, a professor in Seoul. It has tested more, Mr. Kim said.",
            "kim-tae-ho",
            ["Kim Tae-ho", "Kim"],
        ),
        ("Trump and Mr Kim talked in Singapore.", "kim-jong-un", ["Kim"]),
        ("Mr Kim mended cars in Berlin.", "kim", ["Kim"]),
        ("South Korea's President Moon Jae ordered a drill.", "moon-jae-in", ["Moon Jae"]),
        ("Ms. Park was heard. Park Jie-won, a lawmaker, was not.", "park-jie-won", ["Park Jie-won"]),
    ],
)
def test_a_family_name_goes_to_whom_the_words_mean(text: str, entity: str, words: list[str]) -> None:
    """Who rules is the leader, not the man of his name just spoken of; a courtesy title does not look ahead."""
    _, index = _read(text)
    assert _words(text, _one(index, entity)) == words


@pytest.mark.parametrize(
    ("text", "entity", "role", "country"),
    [
        ("Susan Rice, President Obama's national security adviser, spoke.", "susan-rice", "national security adviser",
         "USA"),
        ("Chung Eui-yong, the president's national security adviser, flew home.", "chung-eui-yong",
         "national security adviser", "KOR"),
        ("Ahn Tae-ho, a professor of North Korean affairs at Dongguk University, near Seoul, doubted it.", "ahn-tae-ho",
         "professor", "KOR"),
        ("Bae Se-chan, professor at a school of Far East studies in Seoul, doubted it.", "bae-se-chan",
         "professor", "KOR"),
        ("Vice Adm. Thomas Gearhart briefed reporters.", "thomas-gearhart", "Vice Adm.", None),
    ],
)  # fmt: skip
def test_a_role_is_ones_own_and_a_topic_no_nationality(text: str, entity: str, role: str, country: str | None) -> None:
    """In "the president's adviser" the president is another; a scholar of North Korea need not be North Korean."""
    _, index = _read(text)
    found = _one(index, entity)
    assert (found.role, found.country) == (role, country)


@pytest.mark.parametrize(
    "text",
    [
        "The First Deputy Chairman of the council spoke.",
        "They fired the Patriot Advanced Capability-3 again.",
        "Oil went to a ship, the Sam Jong 2, they said.",
        "Cape Erimo, a point on the coast, is windy.",
        "Their fellow Koreans waited.",
        "The Joint Chiefs said so.",
    ],
)
def test_titles_weapons_ships_and_capes_are_no_persons(text: str) -> None:
    """A run of capitals that ends in a title or a number, or begins with a cape, is nobody's name."""
    _, index = _read(text)
    assert [entity for entity in index.entities if entity.kind == "person"] == []


def test_the_name_of_a_body_ends_where_its_head_begins() -> None:
    """A name right after a committee's is that of its head, where the words before speak of a head."""
    text = "The head of the Seimas Budget Committee Rimantas Vaitkus doubted it."
    _, index = _read(text)
    assert _words(text, _one(index, "rimantas-vaitkus")) == ["Rimantas Vaitkus"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("South Korean President Moon Jae-in called a meeting of the National Security Council.", "KOR"),
        ("The United States warned. The National Security Council met.", "USA"),
        ("Japan's Supreme Court ruled.", "JPN"),
        ("They hesitated. Japan's Supreme Court ruled.", "JPN"),
    ],
)
def test_a_body_of_a_common_name_is_of_the_state_spoken_of(text: str, country: str) -> None:
    """A National Security Council is American only where the words around it are."""
    _, index = _read(text)
    assert [entity.country for entity in index.entities if entity.kind == "organisation"] == [country]


def test_general_developments_are_no_general() -> None:
    """An adjective that is spelled as an office names nobody."""
    text = "Colonel Han Gi-ju spoke. They fear the general trend."
    _, index = _read(text)
    assert _words(text, _one(index, "han-gi-ju")) == ["Han Gi-ju"]
