"""The Korea example: its articles, what a careful reader takes from them, and its case."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from ruamel.yaml import YAML

from dragoman.model import load_case
from dragoman.read.findings import CommitmentFate, EventType, Level, Office, QuoteKind, Status
from dragoman.read.sources import read_paths

KOREA = Path(__file__).resolve().parents[2] / "examples" / "korea"
NOTE = "Written for the Dragoman example; the outlet is invented."
MARK = "example press, written for Dragoman"
FIRST, LAST = date(2018, 1, 1), date(2019, 6, 30)
ISSUES = {"scope", "order", "relief", "peace", "forces"}
PARTIES = {"US", "DPRK", "ROK", "China", "Russia", "Japan"}


@cache
def articles() -> dict[str, Any]:
    """Every article by the name of its file, as the reader takes it in."""
    return {Path(article.place.rpartition(":")[0] or article.place).name: article for article in _read()}


def _read() -> list[Any]:
    return list(read_paths([KOREA / "articles"]))


@cache
def truth() -> dict[str, Any]:
    """What a careful reader takes from the articles."""
    return dict(YAML(typ="safe").load((KOREA / "truth.yaml").read_text(encoding="utf-8")))


@cache
def case_text() -> Any:
    """The case file as plain YAML."""
    return YAML(typ="safe").load((KOREA / "case.yaml").read_text(encoding="utf-8"))


def squeezed(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def anchors(part: Any) -> list[dict[str, str]]:
    """Every evidence anchor below a part of the case file."""
    if isinstance(part, dict):
        own = [part] if {"article", "exact"} <= part.keys() else []
        return own + [found for value in part.values() for found in anchors(value)]
    if isinstance(part, list):
        return [found for value in part for found in anchors(value)]
    return []


def test_there_are_enough_articles_from_enough_outlets() -> None:
    """At least 40 articles from at least six outlets, all dated within the eighteen months."""
    found = articles()
    assert len(found) >= 40
    assert len({article.outlet for article in found.values()}) >= 6
    assert [name for name, article in found.items() if not FIRST <= article.published <= LAST] == []


def test_every_file_is_read_once() -> None:
    """No article file is passed over and none is read twice."""
    assert sorted(articles()) == sorted(path.name for path in (KOREA / "articles").iterdir())
    assert len(_read()) == len(articles())


@pytest.mark.parametrize("path", sorted((KOREA / "articles").iterdir()), ids=lambda path: path.name)
def test_an_article_says_what_it_is(path: Path) -> None:
    """Every article has outlet, title, date and byline, is short, and says that it was written for the example."""
    article = articles()[path.name]
    assert NOTE in path.read_text(encoding="utf-8")
    assert article.outlet
    assert article.title
    assert article.byline
    assert article.published_from == "metadata"
    assert path.name.startswith(article.published.isoformat())
    assert 150 <= len(article.text.split()) <= 600


def test_truth_is_marked_and_covers_every_article() -> None:
    """truth.yaml carries the mark and has one entry an article, with the article's outlet and date."""
    assert truth()["mark"] == MARK
    entries = {entry["file"]: (entry["outlet"], entry["published"]) for entry in truth()["articles"]}
    assert entries == {name: (one.outlet, one.published.isoformat()) for name, one in articles().items()}


@pytest.mark.parametrize("entry", truth()["articles"], ids=lambda entry: entry["file"])
def test_what_truth_quotes_stands_in_the_article(entry: dict[str, Any]) -> None:
    """The words of every quotation and every commitment stand verbatim in the article, in the order given."""
    text = squeezed(articles()[entry["file"]].text)
    for quote in entry["quotes"]:
        at = 0
        for piece in quote["content"]:
            at = text.find(squeezed(piece), at)
            assert at >= 0, f"not found: {piece!r}"
    for commitment in entry["commitments"]:
        assert squeezed(commitment["clause"]) in text


@pytest.mark.parametrize("fate", truth()["fates"], ids=lambda fate: f"{fate['promise']}-{fate['clause'][:20]}")
def test_every_fate_is_of_a_promise_and_stands_in_a_later_article(fate: dict[str, Any]) -> None:
    """A fate names a commitment of truth.yaml, and the words that report it stand in an article published later."""
    clauses = {one["clause"] for entry in truth()["articles"] if entry["file"] == fate["promise"]
               for one in entry["commitments"]}  # fmt: skip
    assert fate["clause"] in clauses
    assert squeezed(fate["words"]) in squeezed(articles()[fate["file"]].text)
    assert fate["file"][:10] > fate["promise"][:10]
    assert fate["fate"] in get_args(CommitmentFate)


def test_truth_uses_the_readers_closed_lists() -> None:
    """Kinds, offices, levels, statuses, event types and fates are those of the reader's findings."""
    entries = truth()["articles"]
    assert {quote["kind"] for entry in entries for quote in entry["quotes"]} <= set(get_args(QuoteKind))
    assert {quote["speaks_for"]["office"] for entry in entries for quote in entry["quotes"]} <= set(get_args(Office))
    assert {event["type"] for entry in entries for event in entry["events"]} <= set(get_args(EventType))
    meetings = [meeting for entry in entries for meeting in entry["meetings"]] + truth()["meetings"]
    assert {meeting["level"] for meeting in meetings} <= set(get_args(Level))
    assert {meeting["status"] for meeting in meetings} <= set(get_args(Status))
    fates = {commitment["fate"] for entry in entries for commitment in entry["commitments"]}
    assert fates <= set(get_args(CommitmentFate))


def quoted(text: str) -> list[str]:
    """Every stretch between quotation marks; single marks count where an outlet uses no double ones."""
    found = re.findall(r"“([^”\n]+)", text) + re.findall(r'"([^"\n]+)"', text)
    if "“" not in text and '"' not in text:
        found += re.findall(r"‘([^’]+(?:’\w[^’]*)*)’(?!\w)", text)
    return [squeezed(words).strip(" ,.?!") for words in found]


@pytest.mark.parametrize("entry", truth()["articles"], ids=lambda entry: entry["file"])
def test_every_quotation_mark_is_accounted_for(entry: dict[str, Any]) -> None:
    """Whatever stands between quotation marks in an article is a direct or mixed quotation of truth.yaml."""
    kept = " ".join(
        squeezed(piece) for quote in entry["quotes"] if quote["kind"] != "indirect" for piece in quote["content"]
    )
    assert [words for words in quoted(articles()[entry["file"]].text) if words not in kept] == []


def test_words_in_quotation_marks_belong_to_nobody_real() -> None:
    """Whoever is quoted directly or in part is an invented commentator or has no name."""
    invented = set(truth()["invented_speakers"])
    real = {
        person["name"]
        for entry in truth()["articles"]
        for meeting in entry["meetings"]
        for person in meeting["participants"]
    }
    speakers = {
        quote["speaker"] for entry in truth()["articles"] for quote in entry["quotes"] if quote["kind"] != "indirect"
    }
    named = {name for name in speakers if re.fullmatch(r"[A-Z][\w-]+(?: [A-Z][\w-]+)+", name)}
    assert named - invented == set()
    assert speakers & real == set()


def test_joined_meetings_name_articles_that_exist() -> None:
    """Every meeting joined over articles, wire copy and date conflict names articles of the example."""
    names = {name for meeting in truth()["meetings"] for name in meeting["articles"]}
    names |= {name for copies in truth()["wire_copies"] for name in copies}
    names |= {report["article"] for conflict in truth()["date_conflicts"] for report in conflict["dates"]}
    assert names <= set(articles())


def test_the_case_is_sound_and_marked() -> None:
    """case.yaml loads without a fault, carries the mark, and has the parties and issues of the dispute."""
    case = load_case(KOREA / "case.yaml")
    assert case.mark == MARK
    assert set(case.parties) == PARTIES
    assert set(case.issues) == ISSUES
    assert set(case_text()["scenarios"]) >= {"russia-guarantor", "six-party", "maximum-pressure"}


def test_every_number_of_the_case_has_evidence_or_a_reason() -> None:
    """No number stands in the case without an anchor in the articles or a sentence that gives its reason."""
    assert [missing.path for missing in load_case(KOREA / "case.yaml").missing_evidence() if not missing.reasoned] == []


@pytest.mark.parametrize("anchor", anchors(case_text()), ids=lambda anchor: anchor["exact"][:40])
def test_the_evidence_of_the_case_is_found(anchor: dict[str, str]) -> None:
    """Every anchor of the case names an article by its content hash, and its words stand in it exactly once."""
    texts = [
        article.text
        for article in articles().values()
        if hashlib.sha256(article.text.encode()).hexdigest().startswith(anchor["article"])
    ]
    assert len(texts) == 1
    assert texts[0].count(anchor["exact"]) == 1
