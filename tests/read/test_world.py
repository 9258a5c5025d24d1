"""The world's tables: whole, checked against pycountry, and matched by the longest name."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ReadError, UnknownNameError
from dragoman.read.world import Name, Trie, plain_letters, slug, world
from dragoman.read.world import _tables as tables

OWN_CODES = {"XKX"}
NEWS_MEANS_ANOTHER = {"Congo"}  # the ISO name of the smaller Congo; newspapers mean the larger
NO_STATE = {"IGO", "NGO", "IMG", "MNC"}


def test_state_codes_are_iso_3166() -> None:
    """Every present state but Kosovo has an alpha-3 code that pycountry knows."""
    present = [code for code, state in world().states.items() if state.successor is None]
    unknown = {code for code in present if pycountry.countries.get(alpha_3=code) is None}
    assert unknown == OWN_CODES


def test_every_un_member_of_pycountry_with_an_official_name_is_here() -> None:
    """No sovereign state of ISO 3166-1 is missing: what is left out are dependent territories."""
    missing = {item.alpha_3 for item in pycountry.countries} - set(world().states)
    dependent = {
        "ABW", "AIA", "ALA", "ASM", "ATA", "ATF", "BES", "BLM", "BMU", "BVT", "CCK", "COK", "CUW", "CXR", "CYM", "FLK",
        "FRO", "GGY", "GIB", "GLP", "GRL", "GUF", "GUM", "HMD", "IMN", "IOT", "JEY", "MAC", "MAF", "MNP", "MSR", "MTQ",
        "MYT", "NCL", "NFK", "NIU", "PCN", "PRI", "PYF", "REU", "SGS", "SHN", "SJM", "SPM", "SXM", "TCA", "TKL", "UMI",
        "VGB", "VIR", "WLF",
    }  # fmt: skip
    assert missing == dependent


def test_names_agree_with_pycountry() -> None:
    """The short and common names of pycountry, where the tables have them as a name, mean the same state."""
    checked = 0
    for item in pycountry.countries:
        for text in {item.name, getattr(item, "common_name", item.name)} - NEWS_MEANS_ANOTHER:
            for name in world().lookup(text):
                if name.way == "name":
                    checked += 1
                    assert name.country == item.alpha_3, text
    assert checked > 150


@pytest.mark.parametrize(("code", "successor"), [("SUN", "RUS"), ("YUG", "SRB"), ("DDR", "DEU"), ("FRA", "FRA")])
def test_past_states_answer_today(code: str, successor: str) -> None:
    """A state that is no more has a successor; any other stays itself."""
    assert world().today(code) == successor


def test_unknown_state_is_an_error() -> None:
    """An unknown code names what was asked."""
    with pytest.raises(UnknownNameError, match="ZZZ"):
        world().state("ZZZ")


def test_people_and_organisations_belong_somewhere() -> None:
    """Every person's and organisation's country is a state or one of the four kinds without one."""
    known = set(world().states) | NO_STATE
    assert {person.country for person in world().people.values()} <= known
    assert {item.country for item in world().organisations.values()} <= known


def test_sixty_states_have_dated_leaders() -> None:
    """At least sixty states have a head of state or government with dates."""
    leading = {"president", "prime minister", "chancellor", "supreme leader", "monarch", "leader"}
    covered = {
        term.country
        for person in world().people.values()
        for term in person.terms
        if term.office in leading and term.start
    }
    assert len(covered & set(world().states)) >= 60


COVERED = (
    "USA CHN RUS GBR FRA DEU JPN KOR PRK IND PAK IRN IRQ ISR PSE SYR LBN EGY JOR SAU TUR UKR GEO ITA ESP POL CZE HUN "
    "AUT CAN MEX BRA ARG CHL COL VEN PER CUB AUS NZL IDN MYS PHL THA VNM TWN SGP KHM AFG KAZ UZB BLR AZE ARM ARE QAT "
    "KWT ETH KEN NGA ZAF COD RWA SRB HRV BGR ROU GRC SWE NOR FIN DNK NLD BEL IRL PRT LTU LVA EST SVK SVN MDA BOL ECU"
)
LEADING = ("president", "prime minister", "chancellor", "supreme leader", "leader", "monarch")
VACANT = 520


def vacancy(country: str) -> int:
    """The longest time in days from mid-1996 to mid-2025 in which nobody led a state, caretakers apart."""
    terms = sorted(
        (term.start, term.end or date.max)
        for person in world().people.values()
        for term in person.terms
        if term.country == country and term.office in LEADING and term.start
    )
    at, longest = date(1996, 7, 1), 0
    for start, end in terms:
        longest = max(longest, (start - at).days)
        at = max(at, end)
    return max(longest, (date(2025, 6, 1) - min(at, date(2025, 6, 1))).days)


@pytest.mark.parametrize("country", COVERED.split())
def test_a_covered_state_has_its_leaders_of_thirty_years(country: str) -> None:
    """From 1996 on, a state that the news covers is never without a leader for longer than a transition."""
    assert vacancy(country) <= VACANT


@pytest.mark.parametrize(
    ("country", "office", "day", "name"),
    [
        ("USA", "president", date(2001, 6, 1), "George W. Bush"),
        ("USA", "president", date(1990, 6, 1), "George H.W. Bush"),
        ("USA", "foreign minister", date(2018, 4, 10), None),
        ("RUS", "president", date(2010, 1, 1), "Dmitry Medvedev"),
        ("RUS", "prime minister", date(2010, 1, 1), "Vladimir Putin"),
        ("PRK", "supreme leader", date(2018, 6, 12), "Kim Jong-un"),
        ("DEU", "chancellor", date(1999, 1, 1), "Gerhard Schroeder"),
        ("FRA", "president", date(2017, 5, 14), "Emmanuel Macron"),
        ("FRA", "prime minister", date(2024, 3, 1), "Gabriel Attal"),
        ("PAK", "president", date(2020, 1, 1), "Arif Alvi"),
        ("TUR", "president", date(2003, 3, 20), "Ahmet Necdet Sezer"),
        ("DEU", "president", date(2000, 1, 1), "Johannes Rau"),
        ("SWE", "prime minister", date(2010, 1, 1), "Fredrik Reinfeldt"),
        ("ARG", "president", date(2001, 1, 1), "Fernando de la Rua"),
        ("UKR", "prime minister", date(2013, 11, 21), "Mykola Azarov"),
        ("VNM", "president", date(2019, 2, 28), "Nguyen Phu Trong"),
        ("ZMB", "president", date(2013, 1, 1), "Michael Sata"),
    ],
)
def test_office_holder_by_day(country: str, office: str, day: date, name: str | None) -> None:
    """An office is held by whom history says, the last day of a term being the successor's."""
    holder = world().office_holder(country, office, day)
    assert (holder.name if holder else None) == name


def test_no_two_leaders_at_once() -> None:
    """No two persons hold one presidency for longer than the month in which they change."""
    for key, pairs in world()._holders.items():
        if key[1] not in {"president", "chancellor", "supreme leader"}:
            continue
        dated = sorted((term.start, term.end or date.max, person.name) for term, person in pairs if term.start)
        for (_, end, before), (start, _, after) in pairwise(dated):
            assert (end - start).days <= 31, (key, before, after)


def test_a_bare_family_name_decides_nothing_by_itself() -> None:
    """``Bush`` is nobody, ``Bush`` on a day in office is one man."""
    assert world().leader("Bush") is None
    found = world().leader("Bush", date(2003, 3, 20))
    assert found is not None
    assert found.id == "george-w-bush"


def test_longest_name_wins() -> None:
    """``South Sudan`` is not Sudan, and ``U.N. Security Council`` not the United Nations."""
    found = world().match("South Sudan asked the U.N. Security Council")
    assert [item.names[0].id for item in found] == ["SSD", "unsc"]


def test_spellings_are_made() -> None:
    """Korean given names match hyphened, parted and joined; diacritics may be missing."""
    for text in ("Kim Jong-un", "Kim Jong Un", "Kim Jong-Un", "Kim Jongun"):
        assert {name.id for name in world().lookup(text)} == {"kim-jong-un"}
    assert world().lookup("Francois Hollande")[0].id == world().lookup("François Hollande")[0].id


def test_titles_speak_for_somebody() -> None:
    """A longer title wins: a deputy foreign minister is no foreign minister."""
    found = world().titles("Deputy Foreign Minister")
    assert [item.names[0].id for item in found] == ["deputy foreign minister"]


def test_load_is_quick() -> None:
    """Building the tables does not scan anything quadratic: a second build takes well under a second."""
    from dragoman.read.world._build import build

    start = time.process_time()
    build()
    assert time.process_time() - start < 2.0


def test_wrong_row_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row with a missing column is an error with file and line."""
    with pytest.raises(ReadError, match=r"states\.psv:\d+"):
        list(tables.rows("states.psv", 3))


@given(st.text(max_size=80))
def test_match_gives_true_spans(text: str) -> None:
    """Matches of any text are in order, apart, and inside it."""
    place = 0
    for item in world().match(text):
        assert place <= item.start < item.end <= len(text)
        place = item.end


@given(st.lists(st.text("abc -", min_size=1, max_size=6), max_size=8), st.text("abc -", max_size=20))
def test_trie_finds_what_a_scan_finds(names: list[str], text: str) -> None:
    """The trie finds a name at a word's beginning exactly where comparing word by word finds it."""
    entries = [(name, Name(name, "name", None)) for name in names if name.replace("-", " ").split()]
    trie = Trie(entries)
    for item in trie.match(text):
        words = text[item.start : item.end].replace("-", " - ").split()
        assert any(name.id.replace("-", " - ").split() == words for name in item.names)


@given(st.text(max_size=30))
def test_slug_is_plain(text: str) -> None:
    """A slug has only lower-case ASCII letters, digits and hyphens."""
    assert all(mark.isascii() and (mark.isalnum() or mark == "-") for mark in slug(text) if plain_letters(text))
