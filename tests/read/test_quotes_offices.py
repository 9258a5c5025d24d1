"""For whom speakers speak: experts, lawmakers, office holders, spokesmen of bodies, former officials, media."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.read.findings import Quote
from dragoman.read.parse import parse_text
from dragoman.read.quotes import find_quotes

DAY = date(2018, 6, 12)


def one(text: str) -> Quote:
    """The last quote of a text."""
    return find_quotes(parse_text(text, DAY))[-1]


CASES = [
    ("“The road is long,” said Ursula Hartmann of the Rhine Institute.", "expert"),
    ("“The road is long,” said Ursula Hartmann, of the Danube Forum.", "expert"),
    ("“The road is long,” said Ursula Hartmann, who teaches law at Passau University.", "expert"),
    ("“The road is long,” said Ursula Hartmann, who follows Balkan trade for a bank.", "expert"),
    ("Prof. Ursula Hartmann said that the road was long.", "expert"),
    ("Ursula Hartmann, a fellow at the Danube Centre, said that the road was long.", "expert"),
    ("“We were never asked,” said Representative Carla Jennings.", "legislature"),
    ("“We were never asked,” said Pavel Orlov of the State Duma.", "legislature"),
    ("Kenji Mori, a member of the House of Councillors from the ruling party, said that it was late.", "legislature"),
    ("A congressional aide said that the bill was ready.", "legislature"),
    ("Jin Park, a lawmaker of the Harbour Party, said that the vote was lost.", "legislature"),
    ("A spokesman for the northern army said that the pass was open.", "military"),
    ("A spokesman for South Korea’s Joint Chiefs of Staff said that the pass was open.", "military"),
    ("A spokesman for the Harbour Party said that the vote was lost.", "party"),
    ("A spokesman for the Foreign Ministry said that the envoy had left.", "executive"),
    ("A European Union official said that the tariffs would stay.", "executive"),
    ("An official of the fishermen’s association said that the nets were empty.", "other"),
    ("A source in the Foreign Ministry said that the envoy had left.", "executive"),
    ("A member of the American delegation said that lunch was late.", "executive"),
    ("The Pentagon said that the drill was off.", "executive"),
    ("The Justice Department said that the ship was seized.", "executive"),
    ("A retired diplomat said that the road was long.", "expert"),
    ("A former officer of the border guard said that the pass was open.", "expert"),
    ("Former President Ivan Petrov said that the army was weak.", "other"),
    ("Angela Merkel said that the tariffs were unfair.", "leader"),
    ("Sergei Lavrov said that the tariffs were unfair.", "executive"),
    ("South Korea’s Prime Minister Jin Park said that the road was open.", "executive"),
    ("Japan’s Prime Minister Ken Mori said that the road was open.", "leader"),
    ("Russia’s news agency said that the road was open.", "state media"),
    ("Germany’s news agency said that the road was open.", "press"),
]


@pytest.mark.parametrize(("text", "office"), CASES, ids=[case[0][:60] for case in CASES])
def test_office(text: str, office: str) -> None:
    """The words about a speaker, or the office held on the day, say for whom he or she speaks."""
    assert one(text).speaks_for.office == office


def test_an_expert_stays_one_by_surname() -> None:
    """A later mention by surname carries the affiliation that the first one gives."""
    text = "Ursula Hartmann of the Rhine Institute arrived on Monday.\nMs. Hartmann said that the road was long."
    quote = one(text)
    assert (quote.speaker.name, quote.speaker.affiliation) == ("Ursula Hartmann", "Rhine Institute")
    assert quote.speaks_for.office == "expert"


def test_a_term_that_is_over_gives_no_office() -> None:
    """Who held the office before the day of the article is no leader by the world's data."""
    (quote,) = find_quotes(parse_text("Angela Merkel said that the tariffs were unfair.", date(2023, 5, 1)))
    assert quote.speaks_for.office == "other"


PRONOUNS = [
    ("Paul Mercier told Anna Berg that Ivan Petrov was ill. He said that the talks would go on.", "Paul Mercier"),
    ("Paul Mercier left at noon. Ivan Petrov had been willing to wait, he said.", "Paul Mercier"),
    ("Mr. Mercier praised Ms. Berg. Ms. Berg smiled. He said that the talks would go on.", "Mercier"),
    ("Paul Mercier left at noon. A Swedish diplomat stayed. “We had lunch,” she said.", "Swedish diplomat"),
    ("On Thursday Paul Mercier left. He said that the talks would go on.", "Paul Mercier"),
    ("The foreign ministry was silent for a week. It said that the talks would go on.", "foreign ministry"),
    ("The war lasted for a week. It showed that the talks would go on.", None),
]


@pytest.mark.parametrize(("text", "name"), PRONOUNS, ids=[case[0][:60] for case in PRONOUNS])
def test_pronouns(text: str, name: str | None) -> None:
    """A pronoun is the main clause's subject of the nearest sentence outside the reported words."""
    assert one(text).speaker.name == name


VOICES = [
    ("According to Xinhua, Mr. Mercier said that the tariffs would stay.", "Mercier"),
    ("Mr. Mercier told his hosts that the tariffs would stay, state television reported.", "Mercier"),
    ("Xinhua said that the tariffs would stay.", "Xinhua"),
    ("A spokesman said that Mr. Mercier had said that the tariffs would stay.", "spokesman"),
]


@pytest.mark.parametrize(("text", "name"), VOICES, ids=[case[0][:60] for case in VOICES])
def test_who_is_passed_on_speaks(text: str, name: str) -> None:
    """What a medium says that a person said is the person's; a person who reports another speaks himself."""
    assert one(text).speaker.name == name


def test_a_name_behind_its_title() -> None:
    """A name that follows its title without a comma is the speaker's."""
    assert one("“The road is long,” its lawmaker Carla Jennings said.").speaker.name == "Carla Jennings"
