"""Decisions made on the pages: logged, undone, respected; what-ifs saved as scenarios."""

from __future__ import annotations

from pathlib import Path

from dragoman.desk import Desk
from dragoman.model import load_case
from tests.show.conftest import TOKEN, Asker

JSON = {"accept": "application/json"}


def _first(desk: Desk, kind: str) -> str:
    assert desk.record
    return desk.record.findings(kind=kind)[0].id


def test_a_rejected_finding_leaves_the_pages_and_an_undo_brings_it_back(own_client: Asker, own_desk: Desk) -> None:
    """Reject, look, undo, look: the quote goes and comes back, and the log holds both decisions."""
    assert own_desk.record
    before = own_client.get("/statements.json").json()["total"]
    answer = own_client.post(
        "/act/decide", data={"token": TOKEN, "finding": _first(own_desk, "quote"), "action": "reject"}, headers=JSON
    )
    assert answer.json()["action"] == "rejected"
    assert own_client.get("/statements.json").json()["total"] == before - 1
    own_client.post("/act/undo", data={"token": TOKEN, "decision": str(answer.json()["decision"])}, headers=JSON)
    assert own_client.get("/statements.json").json()["total"] == before
    assert [line.action for line in own_desk.record.review.log()] == ["reject", "undo"]


def test_a_correction_is_kept_and_shown(own_client: Asker, own_desk: Desk) -> None:
    """A corrected status is the one that the pages show."""
    assert own_desk.record
    finding = next(row for row in own_desk.record.findings(kind="event") if row.finding.type == "THREATEN")  # type: ignore[union-attr]
    own_client.post(
        "/act/decide",
        data={"token": TOKEN, "finding": finding.id, "action": "correct", "field.status": "possible"},
        headers=JSON,
    )
    corrected = next(row for row in own_desk.record.findings(kind="event") if row.finding.type == "THREATEN")  # type: ignore[union-attr]
    assert corrected.review == "corrected"
    assert corrected.finding.status == "possible"  # type: ignore[union-attr]


def test_a_browser_without_script_goes_back_to_the_page(own_client: Asker, own_desk: Desk) -> None:
    """The form works by itself and answers with a redirect."""
    answer = own_client.post(
        "/act/decide",
        data={"token": TOKEN, "finding": _first(own_desk, "quote"), "action": "accept"},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review"


def test_missed_words_can_be_added(own_client: Asker, own_desk: Desk) -> None:
    """Words marked in an article become a finding by a person."""
    assert own_desk.record
    article = own_desk.record.articles()[0]
    data = {"token": TOKEN, "article": article.key, "start": "0", "end": "11", "kind": "quote", "who": "Moon Jae-in"}
    own_client.post("/act/add", data=data, headers=JSON)
    added = own_desk.record.findings(article=article.key, origin="person")
    assert [row.words for row in added] == ["Moon Jae-in"]


def test_an_article_is_graded_by_a_person(own_client: Asker, own_desk: Desk) -> None:
    """A grade on the Admiralty scale stands on the page of sources."""
    assert own_desk.record
    key = own_desk.record.articles()[0].key
    own_client.post("/act/grade", data={"token": TOKEN, "article": key, "reliability": "B", "credibility": "2"})
    assert "B2" in own_client.get("/sources").text


def test_wrong_decisions_are_told(own_client: Asker) -> None:
    """An unknown finding, action or number is one line and changes nothing."""
    for act, data in (
        ("decide", {"finding": "x", "action": "accept"}),
        ("decide", {"finding": "x", "action": "burn"}),
        ("undo", {"decision": "99"}),
        ("undo", {"decision": "x"}),
        ("add", {"article": "ffffffff", "start": "0", "end": "1"}),
        ("scenario", {"name": "a"}),
        ("merge", {"a": "x"}),
    ):
        answer = own_client.post(f"/act/{act}", data={"token": TOKEN, **data}, headers=JSON)
        assert answer.status_code == 400
        assert answer.json()["error"]


def test_a_what_if_is_saved_as_a_scenario_of_the_case(own_client: Asker, own_desk: Desk) -> None:
    """The case file gains the scenario, keeps the rest of its text, and the page offers it at once."""
    path = own_desk.case_path
    assert isinstance(path, Path)
    before = path.read_text(encoding="utf-8")
    data = {
        "token": TOKEN,
        "name": "softer",
        "because": "a test",
        "set.issues.scope.positions.US.position": "55",
        "back": "forecast",
    }
    answer = own_client.post("/act/scenario", data=data, headers=JSON)
    assert answer.json() == {"scenario": "softer", "action": "saved"}
    case = load_case(path)
    assert case.with_scenario("softer").issues["scope"].positions["US"].position.central() == 55
    assert path.read_text(encoding="utf-8").startswith(before[: before.index("scenarios:")])
    assert "softer" in own_client.get("/forecast").text


def test_a_scenario_that_would_break_the_case_is_not_written(own_client: Asker, own_desk: Desk) -> None:
    """A value outside the scale leaves the file as it was."""
    path = own_desk.case_path
    assert isinstance(path, Path)
    before = path.read_text(encoding="utf-8")
    data = {"token": TOKEN, "name": "wild", "set.issues.scope.positions.US.position": "5000"}
    assert own_client.post("/act/scenario", data=data, headers=JSON).status_code == 400
    assert path.read_text(encoding="utf-8") == before


def test_the_review_begins_with_the_least_certain(own_client: Asker) -> None:
    """The findings come by certainty unless the query asks for their places in the articles."""
    by_certainty = own_client.get("/review.json").json()
    sure = [float(item["confidence"]) for item in by_certainty["items"]]
    assert sure == sorted(sure)
    assert len(set(sure)) > 1
    by_article = own_client.get("/review.json?order=article").json()
    assert [float(item["confidence"]) for item in by_article["items"]] != sure
    assert sorted(item["id"] for item in by_article["items"]) == sorted(item["id"] for item in by_certainty["items"])
    assert by_certainty == own_client.get("/review.json?order=certainty").json() | {"head": by_certainty["head"]}
    assert own_client.get("/review?order=chance").status_code == 400
