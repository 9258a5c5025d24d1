"""Every page: it is printed, it has its twin, its tables and charts have theirs, its words are escaped."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from dragoman.desk import Desk
from dragoman.errors import UnknownNameError
from dragoman.read.findings import Definition, SpeaksFor
from dragoman.record import Record
from dragoman.show.pages import PAGES, find_page
from dragoman.show.views.statements import build as build_statements
from dragoman.testing import make_article, make_entity, make_quote, make_reading, make_record, span_of
from tests.show.conftest import CASE, TOKEN, Asker, written

NAMES = [page.name for page in PAGES]
ATTACKS = ("<script>alert", "<img src=x", "<b onmouseover", "<i>Evil", "<u>Oslo", "<b>often")
DOCS = Path(__file__).parents[2] / "docs" / "reference" / "pages.md"


def _path(name: str) -> str:
    return "/" if name == "overview" else f"/{name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_shown_with_its_title_and_mark(client: Asker, name: str) -> None:
    """A page answers 200 with its title as the only h1 and the case's mark."""
    answer = client.get(_path(name))
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert "invented example" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_a_twin_with_the_same_head(client: Asker, desk: Desk, name: str) -> None:
    """The JSON twin is the view itself as plain values, and is linked from the page."""
    twin = client.get(f"/{name}.json")
    assert twin.status_code == 200
    assert twin.json() == json.loads(json.dumps(find_page(name).build(desk, {}).to_dict()))
    assert f'href="/{name}.json' in client.get(_path(name)).text


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_are_text_on_every_page(client: Asker, name: str) -> None:
    """Nothing that an article or the case says becomes an element or an attribute."""
    html = client.get(_path(name)).text
    for attack in ATTACKS:
        assert attack not in html


def test_hostile_words_are_text_in_an_article_and_an_event(client: Asker, desk: Desk) -> None:
    """The pages of single items escape as well, and still show the words."""
    assert desk.record
    key = next(row.key for row in desk.record.articles() if row.outlet and "Evil" in row.outlet)
    event = desk.record.meetings(since="2018-06-30", until="2018-06-30")[0].id
    for path in (f"/sources/{key}", f"/chronology/{event}"):
        html = client.get(path).text
        assert "&lt;script&gt;alert" in html
        for attack in ATTACKS:
            assert attack not in html


@pytest.mark.parametrize("name", NAMES)
def test_every_table_downloads_as_csv_with_its_rows(client: Asker, desk: Desk, name: str) -> None:
    """A table's CSV has a line for each of its rows under the same headings."""
    for table in find_page(name).build(desk, {}).tables():
        if not table.columns:
            continue
        answer = client.get(f"/{name}.csv", params={"table": table.name})
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert rows[0] == [column.title for column in table.columns]
        assert len(rows) == len(table.rows) + 1


def test_a_formula_in_a_table_is_disarmed(client: Asker) -> None:
    """No cell of a download starts as a spreadsheet formula would."""
    for name in NAMES:
        for line in csv.reader(io.StringIO(client.get(f"/{name}.csv").text)):
            assert not any(cell.startswith(("=", "@", "+cmd")) for cell in line)


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_has_words_and_a_table_or_is_a_drawing(desk: Desk, name: str) -> None:
    """A statistical chart has a text alternative and its numbers as a table; a drawing has a text alternative."""
    for chart in find_page(name).build(desk, {}).charts():
        assert chart.alt
        assert chart.table is not None or chart.svg


def test_a_chart_gives_its_specification(client: Asker) -> None:
    """The chart that answers to the pointer is made from the same specification, with its data inside."""
    spec = client.get("/chart/chronology", params={"chart": "timeline"}).json()
    assert spec["layer"][0]["data"]["values"]
    assert "http" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"})


def test_evidence_leads_to_the_marked_words(client: Asker, desk: Desk) -> None:
    """The number beside a meeting opens the article at the words that report it."""
    html = client.get("/chronology").text
    href = re.search(r'<a href="(/sources/[0-9a-f]+\?at=\d+-\d+)#(s\d+)"', html)
    assert href
    article = client.get(href[1].replace("&amp;", "&")).text
    assert f'id="{href[2]}"' in article
    assert "hit-f" in article


def test_two_papers_that_date_a_meeting_differently_are_told_apart(client: Asker) -> None:
    """A dispute about a date is shown with both days."""
    html = client.get("/chronology").text
    assert "reports differ on the date" in html
    assert "12 Jun 2018" in html
    assert "11 Jun 2018" in html


def test_never_met_says_who_says_so(client: Asker) -> None:
    """A report that two have never met is shown as a report, not as silence."""
    assert client.get("/contacts.json").json()["never"][0]["text"].startswith(("Abe", "Kim"))


def test_search_marks_what_it_found_and_explains_its_operators(client: Asker) -> None:
    """A search shows the found words marked; a search that cannot be read says how to write one."""
    html = client.get("/statements", params={"q": "freeze"}).text
    assert "<mark>freeze</mark>" in html
    wrong = client.get("/statements", params={"q": '"'})
    assert wrong.status_code == 400
    assert "phrase" in wrong.text


def test_a_what_if_changes_the_forecast_and_nothing_else(client: Asker) -> None:
    """Numbers changed in the address move the outcome; the page without them stays as it was."""
    before = client.get("/forecast.json").json()
    moved = client.get("/forecast.json", params={"set.issues.scope.positions.DPRK.position": "90"}).json()
    assert moved["changed"] == 1
    assert moved["outcomes"][0]["middle"] > before["outcomes"][0]["middle"]
    assert client.get("/forecast.json").json() == before


def test_a_what_if_answers_every_part_of_the_page(client: Asker) -> None:
    """The fragment holds the verdict, the methods, the positions, what moves the outcome and the rounds."""
    asked = {"set.issues.scope.positions.DPRK.position": "90"}
    part = client.get("/fragment/forecast", params=asked).text
    assert re.findall(r'data-part="(\w+)"', part) == ["answer", "rest"]
    for place in ('id="scale"', 'id="methods"', 'id="positions"', 'id="tornado"', 'id="rounds"'):
        assert place in part
    base, moved = client.get("/forecast.json").json(), client.get("/forecast.json", params=asked).json()
    for name in ("positions", "movers", "rounds", "methods"):
        assert moved[name] != base[name], name
    assert {item["method"] for item in moved["outcomes"]} == {item["method"] for item in base["outcomes"]}
    assert [item["drawn"] for item in moved["outcomes"] if item["method"] in {"smp", "exchange"}] == [False, False]


def test_a_chart_is_drawn_without_its_specification(client: Asker) -> None:
    """The page's drawing and the specification served for it show the same periods."""
    view = client.get("/chronology.json").json()
    spec = client.get("/chart/chronology", params={"chart": "timeline"}).json()
    starts = [row["start"] for row in spec["layer"][0]["data"]["values"]] if "data" in spec["layer"][0] else None
    periods = [row["start"] for row in spec.get("data", {}).get("values", [])] or starts
    assert len(periods or ()) == len(view["chart"]["table"]["rows"])
    assert view["chart"]["svg"].startswith("<svg")


@pytest.mark.parametrize("kind", ["meetings", "cooperation", "conflict", ""])
def test_the_list_of_the_chronology_holds_the_kind_asked_for(client: Asker, desk: Desk, kind: str) -> None:
    """Each kind lists its rows of the record and no others, and says how many there are."""
    view = client.get("/chronology.json", params={"kind": kind}).json()
    assert desk.record is not None
    quads = {"cooperation": (1, 2), "conflict": (3, 4)}
    rows = (
        desk.record.meetings()
        if kind == "meetings"
        else desk.record.events(quad=quads[kind])
        if kind
        else desk.record.happenings()
    )
    listed = {entry["id"] for period in view["periods"] for entry in period["entries"]}
    assert listed <= {row.id for row in rows}
    assert view["total"] == len(rows)
    assert kind == "" or listed == {row.id for row in rows}


def test_a_stronger_guarantee_raises_the_slack_on_the_board(client: Asker) -> None:
    """The slider of a guarantee works on the plan shown."""
    base = client.get("/steps.json").json()
    more = client.get("/steps.json", params={"set.guarantees.DPRK": "20"}).json()

    def least(view: dict[str, object]) -> list[str]:
        return [square["slack"] for square in view["least"]]  # type: ignore[attr-defined]

    assert least(more) != least(base)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/forecast?issue=nothing", "nothing"),
        ("/forecast?set.issues.scope.positions.US.position=x", "a number"),
        ("/forecast?set.no.such=1", "no"),
        ("/chronology?from=yesterday", "a date such as"),
        ("/chronology?page=0", "a whole number"),
        ("/graph?state=999", "the number of a state"),
        ("/steps?plan=none", "one of"),
        ("/sources/ffffffffffffffff", "unknown name"),
        ("/contacts.csv?table=nothing", "unknown name"),
        ("/statements?office=king", "one of"),
    ],
)
def test_a_wrong_query_is_told_in_one_line(client: Asker, path: str, words: str) -> None:
    """A query that cannot be answered gives 400 with what was found and what would do."""
    answer = client.get(path)
    assert answer.status_code == 400
    assert words in answer.text


def test_an_unknown_page_is_404_and_an_unknown_name_is_an_error(client: Asker) -> None:
    """Addresses that nothing answers to say so."""
    assert client.get("/nothing").status_code == 404
    with pytest.raises(UnknownNameError):
        find_page("nothing")


def test_the_docs_list_every_page() -> None:
    """The reference of pages has a heading for each page and names its twin."""
    text = DOCS.read_text(encoding="utf-8")
    for name in NAMES:
        assert f"/{name}.json" in text


def test_an_empty_record_has_every_page(tmp_path: Path) -> None:
    """A record without an article shows every page that needs no case, and says that it is empty."""
    from dragoman.record import Record
    from dragoman.show.app import make_app

    Record.open(tmp_path / "empty.db", create=True).close()
    with Desk.open(record=tmp_path / "empty.db") as empty:
        ask = Asker(make_app(empty, port=1, token=TOKEN), 1)
        for name in (
            "overview",
            "chronology",
            "contacts",
            "commitments",
            "ties",
            "statements",
            "review",
            "sources",
            "map",
        ):
            assert ask.get(_path(name)).status_code == 200
        _is_told(ask, [page.name for page in PAGES if page.needs == "case"], "case")


def test_a_case_alone_has_its_pages(case_path: Path) -> None:
    """Without a record the pages of the case are shown, and the others say what they need."""
    from dragoman.show.app import make_app

    with Desk.open(case=case_path, draws=20) as alone:
        ask = Asker(make_app(alone, port=1, token=TOKEN), 1)
        for name in ("overview", "forecast", "graph", "steps", "power", "compare", "case", "map"):
            assert ask.get(_path(name)).status_code == 200
        _is_told(ask, [page.name for page in PAGES if page.needs == "record"], "record")


def _is_told(ask: Asker, names: list[str], lack: str) -> None:
    """Pages that lack a case or a record are no links in the contents, and their addresses say how to get one."""
    shown = ask.get("/").text
    assert names
    for name in names:
        title = find_page(name).title
        told = ask.get(f"/{name}")
        assert told.status_code == 404
        assert f"<h1>{title}</h1>" in told.text
        assert f"This page needs a {lack}; open one with <code>dragoman show --{lack} FILE</code>, or" in told.text
        assert f'href="/{name}"' not in shown + told.text
        absent = f'title="needs a {lack}: open one with --{lack} FILE">{title}</span>'
        assert absent in shown
        assert absent in told.text
        twin = ask.get(f"/{name}.json")
        assert twin.status_code == 404
        assert f"needs a {lack}; open one with `dragoman show --{lack} FILE`" in twin.json()["error"]


def test_the_commands_that_the_missing_pages_name_are_there() -> None:
    """What a page says to run is a command with that option."""
    from click.testing import CliRunner

    from dragoman.cli import cli

    for command, option in ((["show"], "--case FILE"), (["show"], "--record FILE"), (["read"], "--record FILE")):
        assert option in CliRunner().invoke(cli, [*command, "--help"]).output
    assert "case new [OPTIONS] FILE" in CliRunner().invoke(cli, ["case", "new", "--help"]).output


def test_a_new_wording_of_a_term_stands_beside_the_last_one(tmp_path: Path) -> None:
    """Of two wordings of one term by one named speaker the later is listed, with what is new and both places."""
    worded = (("2018-04-20", "a freeze of tests"), ("2018-09-20", "a freeze of tests and launches"))
    with Record.open(tmp_path / "w.db", create=True) as record:
        for day, words in worded:
            text = f"Kim promised {words}."
            said = Definition(
                span=span_of(text, words), term="freeze", wording=words, by="kim", speaks_for=SpeaksFor(office="leader")
            )
            kim = make_entity("kim", name="Kim Jong-un", country="PRK", mentions=(span_of(text, "Kim"),))
            record.add(make_article(text, published=day), make_reading(definitions=(said,), entities=(kim,)))
    with Desk.open(record=tmp_path / "w.db") as desk:
        table = build_statements(desk, {}).wording
    assert table is not None
    (row,) = table.records()
    assert (row["when"], row["speaker"], row["new"]) == ("2018-09-20", "Kim Jong-un", "launches")
    assert row["before"] == "a freeze of tests"
    assert table.rows[0][4].evidence[0].article != table.rows[0][6].evidence[0].article


def test_a_target_gets_the_least_changes_and_the_bound_of_the_search(client: Asker) -> None:
    """A target that does not hold has sets of changes in the twin and as CSV, with what was searched."""
    states = client.get("/graph.json").json()["states"]["rows"]
    loose = next(row[0]["value"] for row in states if not {"NASH", "SEQ"} & set(row[2]["text"].split(", ")))
    twin = client.get("/graph.json", params={"target": loose}).json()
    assert "it does not hold for" in twin["remedies_note"]
    assert twin["remedies"]["rows"]
    assert twin["remedies"]["note"].startswith("Searched:")
    assert twin["obstacles"]
    answer = client.get("/graph.csv", params={"target": loose, "table": "remedies"})
    assert len(list(csv.reader(io.StringIO(answer.text)))) == len(twin["remedies"]["rows"]) + 1
    assert "What would make" in client.get("/graph", params={"target": loose}).text


def test_power_says_who_is_decisive_and_what_would_move_who_blocks(client: Asker) -> None:
    """The indices add up to one, a veto is told, and who is in the way has what would move it."""
    twin = client.get("/power.json").json()
    shapley = [row[3]["value"] for row in twin["players"]["rows"]]
    assert sum(shapley) == pytest.approx(1)
    assert {row[0]["text"] for row in twin["players"]["rows"] if row[2]["text"] == "yes"} == {
        "United States",
        "North Korea",
    }
    assert {row[0]["text"] for row in twin["pivots"]["rows"]} == {"Scope", "Relief"}
    assert {row[1]["text"] for row in twin["blocking"]["rows"]} == {"United States", "North Korea"}


def test_who_wants_to_go_the_other_way_is_told_what_would_move_it(tmp_path: Path) -> None:
    """Of two that pull a status quo apart each is in the way, and would have to want the other side of it."""
    text = CASE.replace("status_quo: 20\n", "status_quo: 50\n")
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    with Desk.open(case=tmp_path / "case.yaml", draws=20) as apart:
        rows = find_page("power").build(apart, {}).blocking.records()
        points = find_page("overview").build(apart, {}).blockers
    moves = {row["who"]: row["moves"] for row in rows if row["package"] == "Scope"}
    assert moves["United States"] == "the United States, now at 80, would have to want less than the status quo of 50"
    assert moves["North Korea"] == "North Korea, now at 30, would have to want more than the status quo of 50"
    assert any("now at 30, would have to want more" in point.detail for point in points)


def test_scenarios_stand_side_by_side_with_what_differs_marked(tmp_path: Path) -> None:
    """What a scenario moves has a sign, the difference and a link to the page under it; the rest has none."""
    bolder = "  bolder: {name: Bolder, changes: {issues.scope.positions.US.position: 100}}\n"
    (tmp_path / "case.yaml").write_text(CASE + bolder, encoding="utf-8")
    with Desk.open(case=tmp_path / "case.yaml", draws=20) as alone:
        table = find_page("compare").build(alone, {"scenario": "bolder"}).answers
        some = find_page("compare").build(alone, {"scenario": "bolder", "show": "differing"}).answers
        changes = find_page("compare").build(alone, {"scenario": "bolder"}).changes.records()
    rows = {(row[0].text, row[1].text): row for row in table.rows}
    mean = rows["Scope", "Weighted mean"]
    assert mean[3].tone == "differs"
    assert mean[3].text.endswith(f"(+{mean[3].value - mean[2].value:.1f})")
    assert mean[3].ref
    assert ("scenario", "bolder") in mean[3].ref.query
    assert rows["Relief", "Weighted mean"][3].tone == ""
    assert [row for row in table.rows if row[-1].value] == list(some.rows)
    assert 0 < len(some.rows) < len(table.rows)
    assert [(row["path"], row["before"], row["after"]) for row in changes] == [
        ("issues.scope.positions.US.position", "80 (60 to 100)", "100")
    ]


def test_a_scenario_that_is_not_there_is_told(client: Asker) -> None:
    """The page of scenarios knows those of the case only."""
    assert client.get("/compare", params={"scenario": "none"}).status_code == 400
    assert client.get("/compare", params={"scenario": "guarantor"}).status_code == 200


def test_the_numbers_of_the_case_say_on_what_they_rest(client: Asker) -> None:
    """Every number of the case stands once with its range; those without a reason are told and can be listed alone."""
    rows = client.get("/case.json").json()["numbers"]["rows"]
    paths = [row[0]["text"] for row in rows]
    assert len(paths) == len(set(paths))
    position = rows[paths.index("issues.scope.positions.US.position")]
    assert [cell["value"] for cell in position[2:5]] == [80, 60, 100]
    assert position[5]["text"] == "Said so <b>often</b>"
    silent = client.get("/case.json", params={"rests": "nothing"}).json()["numbers"]["rows"]
    assert silent == [row for row in rows if row[5]["text"] == "nothing stated"]
    assert silent
    assert client.get("/case", params={"part": "none"}).status_code == 400


def test_the_events_between_two_are_those_of_both(client: Asker) -> None:
    """The chronology narrowed to a pair holds no event of one of them with a third."""
    one = client.get("/chronology.json", params={"party": "PRK"}).json()["total"]
    both = client.get("/chronology.json", params={"party": "PRK", "with": "KOR"}).json()
    assert 0 < both["total"] < one
    assert all("South Korea" in str(row) or "Moon Jae-in" in str(row) for row in both["table"]["rows"])


def test_the_overview_says_whether_the_judgement_changed(tmp_path: Path) -> None:
    """A number dated after the day picked is told with both values and moves the forecast; without one it says no."""
    dated = "{dated: {2018-01-01: {value: 60}, 2018-06-14: {value: 80, because: It hardened}}}"
    text = CASE.replace(
        "US: {position: {value: 80, low: 60, high: 100}, salience: 0.9", f"US: {{position: {dated}, salience: 0.9", 1
    )
    assert text != CASE
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    make_record(tmp_path / "record.db", written()).close()  # type: ignore[arg-type]
    with Desk.open(record=tmp_path / "record.db", case=tmp_path / "case.yaml", draws=20) as dated_desk:
        yes = find_page("overview").build(dated_desk, {"since": "2018-06-01"})
        no = find_page("overview").build(dated_desk, {"since": "2018-06-20"})
    assert yes.verdict.startswith("Yes: 1 number of the case changed; the forecast of Scope moves.")
    assert [(point.text, point.detail) for point in yes.moved] == [
        ("United States, Scope, position: 60.0 then, 80.0 now", "It hardened")
    ]
    scope = yes.then_and_now.records()[0]
    assert scope["now"] > scope["then"]
    assert no.verdict.startswith("Not yet looked at: nobody")
    assert all(row["then"] == row["now"] for row in no.then_and_now.records())


def test_who_is_ahead_between_two_is_told_figure_by_figure(client: Asker) -> None:
    """Two states picked are compared by whom and how often they met; one alone, or a person, is not."""
    both = client.get("/contacts.json", params={"a": "PRK", "b": "KOR"}).json()["between"]
    assert both["text"].startswith("North Korea is ahead by states met")
    assert "states met 2 against 1" in both["detail"]
    assert client.get("/contacts.json", params={"a": "PRK"}).json()["between"] is None
    assert "Who is ahead between the two" in client.get("/contacts", params={"a": "PRK", "b": "KOR"}).text


def test_statements_are_narrowed_to_an_issue_of_the_case(tmp_path: Path, case_path: Path) -> None:
    """The issue stands in the query, the page says by which words it chose, and the download holds the same rows."""
    from dragoman.show.app import make_app

    words = ("Sanctions relief must come first", "The weather is fine")
    text = ". ".join(words)
    quotes = tuple(make_quote(span_of(text, one), speaker="Ri", state="PRK") for one in words)
    make_record(tmp_path / "r.db", [(make_article(text), make_reading(quotes=quotes))]).close()
    with Desk.open(record=tmp_path / "r.db", case=case_path, draws=20) as desk:
        ask = Asker(make_app(desk, port=1, token=TOKEN), 1)
        twin = ask.get("/statements.json?issue=relief").json()
        html = ask.get("/statements?issue=relief").text
        table = list(csv.reader(io.StringIO(ask.get("/statements.csv?table=statements&issue=relief").text)))
        assert ask.get("/statements.json").json()["total"] == 2
        assert ask.get("/statements?issue=weather").status_code == 400
    assert [item["text"] for item in twin["statements"]] == [words[0]]
    assert twin["total"] == 1
    assert "relief" in twin["about"]
    assert "<q>relief</q>" in html
    assert '<option value="relief" selected>Relief</option>' in html
    assert [row[3] for row in table[1:]] == [words[0]]
    with Desk.open(record=tmp_path / "r.db") as alone:
        ask = Asker(make_app(alone, port=1, token=TOKEN), 1)
        assert 'name="issue"' not in ask.get("/statements").text
        assert ask.get("/statements?issue=relief").status_code == 400


def test_the_overview_shows_six_new_wordings_and_leads_to_the_others(tmp_path: Path) -> None:
    """However much was said and reworded, six points stand there and one that counts all and leads to them."""
    with Record.open(tmp_path / "w.db", create=True) as record:
        for number in range(9):
            words = f"a freeze number {'x' * (number + 1)}"
            text = f"Kim promised {words}. We wait for {number}. " + "very " * 60
            said = Definition(
                span=span_of(text, words), term="freeze", wording=words, by="kim", speaks_for=SpeaksFor(office="leader")
            )
            kim = make_entity("kim", name="Kim Jong-un", country="PRK", mentions=(span_of(text, "Kim"),))
            quote = make_quote((text.index("We wait"), len(text) - 1), speaker="Ann", state="PRK")
            article = make_article(text, published=f"2018-04-1{number}")
            record.add(article, make_reading(definitions=(said,), entities=(kim,), quotes=(quote,)))
    with Desk.open(record=tmp_path / "w.db") as desk:
        points = find_page("overview").build(desk, {"since": "2018-04-01"}).wording
        few = find_page("overview").build(desk, {"since": "2018-04-17"}).wording
    assert len(points) == 7
    assert [point.text.startswith("Kim Jong-un on freeze") for point in points] == [True] * 3 + [False] * 4
    assert points[-1].text == "All that was said since: 9 statements and 8 changes of wording"
    assert points[-1].ref.page == "statements"
    assert dict(points[-1].ref.query) == {"from": "2018-04-01"}
    assert all(len(point.text) < 240 for point in points)
    assert len(few) <= 4
    assert few[-1].text.startswith("Ann")
