"""The data sets of outcomes as plain units, and the classes and events that are counted on them.

Everything here was written down before anything was counted.  A unit has its cluster
(units of one dispute are kin), the states whose dispute it is, and answers by event:
True, False, or None where it is dropped from that event's count.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

Row = Mapping[str, str]
YEAR = timedelta(days=365)
AGREEMENTS_END = date(2021, 12, 31)
TERMINATIONS_END = date(2020, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One thing counted: a crisis, an agreement, an episode of a conflict, a case of sanctions."""

    cluster: str
    states: frozenset[str]
    answers: Mapping[str, bool | None]
    marks: frozenset[str] = field(default_factory=frozenset)


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of a file."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def crises(folder: Path) -> list[Unit]:
    """International Crisis Behavior: crises, kin by protracted conflict, else each its own."""
    actors: dict[str, set[str]] = {}
    for row in rows(folder, "icb-actors.csv"):
        actors.setdefault(row["crisno"], set()).add(ICB_CODES.get(row["actor"], row["actor"]))
    return [_crisis(row, actors.get(row["crisno"], set())) for row in rows(folder, "icb-crises.csv") if row["forout"]]


def _crisis(row: Row, states: set[str]) -> Unit:
    kin = row["protrac"] in {"2", "3"} and row["pcid"] != ""
    mediated = {"4": True, "1": False, "2": False, "3": False}.get(row["mediate"])
    year = int(row["yrtrig"] or 2015)
    marks = {
        "since 1945": year >= 1946,
        "mediated": mediated is True,
        "not mediated": mediated is False,
        "nuclear": "NUCLEAR" in row["crisname"],
        "formal": row["forout"] == "1",
    }
    return Unit(
        cluster=f"protracted conflict {row['pcid']}" if kin else f"crisis {row['crisno']}",
        states=frozenset(states),
        answers={
            "formal": row["forout"] == "1",
            "agreed": row["forout"] in {"1", "2"},
            "mediated": mediated,
            "quiet5": {"1": False, "2": True}.get(row["outesr"]),
        },
        marks=frozenset(name for name, holds in marks.items() if holds),
    )


def agreements(folder: Path) -> list[Unit]:
    """UCDP peace agreements: kin by conflict."""
    return [_agreement(row) for row in rows(folder, "ucdp-peace-agreements.csv")]


def _agreement(row: Row) -> Unit:
    signed = date.fromisoformat(row["pa_date"])
    ended = row["ended"] == "True"
    over = date.fromisoformat(row["duration"]) if ended and row["duration"] else None
    full = row["pa_type"] == "1"
    marks = {
        "full": full,
        "third": full and bool(row["pa_3rd"].strip()),
        "alone": full and not row["pa_3rd"].strip(),
        "force": full and row["pko"] == "1",
        "no force": full and row["pko"] == "0",
    }
    return Unit(
        cluster=f"conflict {row['conflict_id']}",
        states=frozenset(code for number in row["gwno"].split(",") if (code := STATES.get(number.strip()))),
        answers={f"kept{years}": _kept(signed, ended, over, years) for years in (1, 5)},
        marks=frozenset(name for name, holds in marks.items() if holds),
    )


def _kept(signed: date, ended: bool, over: date | None, years: int) -> bool | None:
    """Whether it stood for so many years; None where the data end sooner or its end has no day.

    One that ended early is not counted either where the data end sooner: of those signed last only failures are known.
    """
    due = signed + years * YEAR
    if due > AGREEMENTS_END or (ended and over is None):
        return None
    return over is None or over > due


def episodes(folder: Path) -> list[Unit]:
    """UCDP terminations: episodes of a dyad, kin by conflict; the rows of an episode's years are one unit.

    ``dyadep_id`` is no key: long numbers stand there rounded, so that many episodes share one.
    """
    by_episode: dict[tuple[str, str], list[Row]] = {}
    for row in rows(folder, "ucdp-terminations.csv"):
        by_episode.setdefault((row["dyad_id"], row["dyadepisode"]), []).append(row)
    last = [max(part, key=lambda row: int(row["year"])) for part in by_episode.values()]
    starts: dict[str, list[date]] = {}
    for row in last:
        if row["start_date2"]:
            starts.setdefault(row["dyad_id"], []).append(_american(row["start_date2"], int(row["year"])))
    return [_episode(row, sorted(starts.get(row["dyad_id"], ()))) for row in last if row["start_date2"]]


def _american(text: str, latest: int) -> date:
    """A day as month/day/two digits of the year: the last such year not after ``latest``."""
    month, day, short = (int(part) for part in text.split("/"))
    year = 2000 + short if 2000 + short <= latest else 1900 + short
    return date(year, month, day)


def _episode(row: Row, starts: list[date]) -> Unit:
    year = int(row["year"])
    begun = _american(row["start_date2"], year)
    dated = row["ependdate"].count("/") == 2
    end = _american(row["ependdate"], year) if row["outcome"] and dated else None
    signed = row["outcome"] == "1"
    marks = {
        "inside": row["type_of_conflict2"] == "3",
        "between": row["type_of_conflict2"] == "2",
        "peace": signed,
        "ceasefire": row["outcome"] == "2",
        "victory": row["outcome"] in {"3", "4"},
    }
    by_end = row["outcome"] in {"1", "2"} if row["outcome"] else None
    return Unit(
        cluster=f"conflict {row['conflict_id']}",
        states=frozenset(code for number in row["gwno_loc"].split(",") if (code := STATES.get(number.strip()))),
        answers={
            "signed": signed if row["outcome"] else None,
            "stopped": by_end,
            "signed5": _signed_within(begun, end, signed, bool(row["outcome"])),
            "quiet5": _quiet(end, starts),
        },
        marks=frozenset(name for name, holds in marks.items() if holds),
    )


def _signed_within(begun: date, end: date | None, signed: bool, over: bool) -> bool | None:
    """Whether a peace agreement ended it within five years; None where the data end sooner, or its end has no day."""
    due = begun + 5 * YEAR
    if due > TERMINATIONS_END or (over and end is None):
        return None
    return signed and end is not None and end <= due


def _quiet(end: date | None, starts: list[date]) -> bool | None:
    """Whether the same two did not fight again within five years."""
    if end is None:
        return None
    due = end + 5 * YEAR
    return None if due > TERMINATIONS_END else not any(end < start <= due for start in starts)


def sanctions(folder: Path) -> list[Unit]:
    """Threat and Imposition of Economic Sanctions: cases, kin by target."""
    return [_case(row) for row in rows(folder, "ties-sanctions.csv")]


def _case(row: Row) -> Unit:
    threat, imposed, outcome = row["threat"] == "1", row["imposition"] == "1", row["finaloutcome"]
    year = row["sancimpositionstartyear"][:4]
    soon = imposed and year.isdigit() and int(year) <= int(row["startyear"]) + 1
    marks = {
        "threat": threat,
        "threat of the United States": threat and row["primarysender"] == "2",
        "imposed": imposed,
        "institution": imposed and row["institution"] == "1",
        "no institution": imposed and row["institution"] == "0",
    }
    return Unit(
        cluster=f"target {row['targetstate']}",
        states=frozenset({STATES[row["targetstate"]]} if row["targetstate"] in STATES else ()),
        answers={
            "imposed": imposed,
            "imposed1": None if imposed and not year.isdigit() else soon,
            "yields": outcome in {"1", "2", "6", "7"} if outcome else None,
            "settled": outcome in {"5", "10"} if outcome else None,
            "dropped": outcome in {"3", "8"} if outcome else None,
        },
        marks=frozenset(name for name, holds in marks.items() if holds),
    )


READERS: dict[str, Callable[[Path], list[Unit]]] = {
    "icb": crises, "agreements": agreements, "episodes": episodes, "sanctions": sanctions
}  # fmt: skip

SOURCES: dict[str, dict[str, str]] = {
    "icb": {
        "title": "International Crisis Behavior",
        "version": "14",
        "unit": "international crisis",
        "kin": "crises of one protracted conflict",
        "cite": "Brecher, Wilkenfeld, Beardsley, James and Quinn, International Crisis Behavior Data",
        "terms": "cite",
    },
    "agreements": {
        "title": "UCDP Peace Agreement Dataset",
        "version": "22.1",
        "unit": "peace agreement, signed",
        "kin": "agreements of one conflict",
        "cite": "Pettersson, Högbladh and Öberg, Journal of Peace Research 56(4), 2019",
        "terms": "CC BY 4.0",
    },
    "episodes": {
        "title": "UCDP Conflict Termination Dataset",
        "version": "3",
        "unit": "episode of armed conflict between two parties",
        "kin": "episodes of one conflict",
        "cite": "Kreutz, Journal of Peace Research 47(2), 2010",
        "terms": "CC BY 4.0",
    },
    "sanctions": {
        "title": "Threat and Imposition of Economic Sanctions",
        "version": "4",
        "unit": "case of sanctions threatened or imposed",
        "kin": "cases against one target",
        "cite": "Morgan, Bapat and Kobayashi, Conflict Management and Peace Science 31(5), 2014",
        "terms": "cite",
    },
}

EVENTS: dict[str, dict[str, tuple[str, str]]] = {
    "icb": {
        "formal": ("ended in a formal agreement (forout 1)", "to the end of the crisis"),
        "agreed": ("ended in a formal or semi-formal agreement (forout 1, 2)", "to the end of the crisis"),
        "mediated": ("a third party mediated (mediate 4)", "to the end of the crisis"),
        "quiet5": ("no further crisis between the adversaries (outesr 2; recent cases dropped)", "5 years"),
    },
    "agreements": {
        "kept1": ("still in force, of those signed a year before the data end", "1 year"),
        "kept5": ("still in force, of those signed five years before the data end", "5 years"),
    },
    "episodes": {
        "signed": ("ended by a peace agreement (outcome 1), of episodes that ended", "to the end of the episode"),
        "stopped": ("ended by peace agreement or ceasefire (outcome 1, 2), of those that ended", "to the end"),
        "signed5": ("ended by a peace agreement, of all that began five years before the data end", "5 years"),
        "quiet5": ("the same two did not fight again, of those that ended", "5 years"),
    },
    "sanctions": {
        "imposed": ("sanctions imposed", "to the end of the data"),
        "imposed1": ("sanctions imposed in the year of the threat or the next", "to the end of the next year"),
        "yields": ("the target gave way in part or whole (final outcome 1, 2, 6, 7)", "to the end of the case"),
        "settled": ("ended in a negotiated settlement (final outcome 5, 10)", "to the end of the case"),
        "dropped": ("the sender gave up (final outcome 3, 8)", "to the end of the case"),
    },
}

CLASSES: tuple[tuple[str, str, str, str, str], ...] = (
    ("crises", "icb", "", "", "all crises, 1918 to 2017"),
    ("crises.since-1945", "icb", "crises", "since 1945", "crises that began after 1945"),
    ("crises.mediated", "icb", "crises.since-1945", "since 1945+mediated", "of these, those that were mediated"),
    ("crises.not-mediated", "icb", "crises.since-1945", "since 1945+not mediated", "of these, not mediated"),
    ("crises.nuclear", "icb", "crises.since-1945", "since 1945+nuclear", "of these, those named nuclear"),
    ("crises.agreed", "icb", "crises.since-1945", "since 1945+formal", "of these, ended in a formal agreement"),
    ("agreements", "agreements", "", "", "all peace agreements, 1975 to 2021"),
    ("agreements.full", "agreements", "agreements", "full", "full peace agreements (pa_type 1)"),
    ("agreements.third-party", "agreements", "agreements.full", "third", "full, with a third party named"),
    ("agreements.no-third-party", "agreements", "agreements.full", "alone", "full, with no third party named"),
    ("agreements.force", "agreements", "agreements.full", "force", "full, with a peacekeeping force (pko 1)"),
    ("agreements.no-force", "agreements", "agreements.full", "no force", "full, without one (pko 0)"),
    ("episodes", "episodes", "", "", "all episodes of armed conflict between two parties, 1946 to 2020"),
    ("episodes.inside", "episodes", "episodes", "inside", "inside a state (with foreign troops or without)"),
    ("episodes.between", "episodes", "episodes", "between", "between states"),
    ("episodes.peace", "episodes", "episodes", "peace", "those that a peace agreement ended"),
    ("episodes.ceasefire", "episodes", "episodes", "ceasefire", "those that a ceasefire ended"),
    ("episodes.victory", "episodes", "episodes", "victory", "those that a victory ended"),
    ("sanctions", "sanctions", "", "", "all cases of threat or imposition, 1945 to 2005"),
    ("sanctions.threats", "sanctions", "sanctions", "threat", "cases with a threat"),
    ("sanctions.us-threats", "sanctions", "sanctions.threats", "threat of the United States", "threats by Washington"),
    ("sanctions.imposed", "sanctions", "sanctions", "imposed", "cases of sanctions imposed"),
    ("sanctions.institution", "sanctions", "sanctions.imposed", "institution", "imposed through an institution"),
    ("sanctions.no-institution", "sanctions", "sanctions.imposed", "no institution", "imposed without one"),
)  # fmt: skip
"""Key, data set, wider class, marks that a unit must bear, definition."""

COMPARED = (
    ("crises.mediated", "crises.not-mediated"),
    ("agreements.third-party", "agreements.no-third-party"),
    ("agreements.force", "agreements.no-force"),
    ("sanctions.institution", "sanctions.no-institution"),
)


GIVEN = {
    "crises.mediated": {"mediated"}, "crises.not-mediated": {"mediated"}, "crises.agreed": {"formal", "agreed"},
    "episodes.peace": {"signed", "stopped", "signed5"}, "episodes.ceasefire": {"signed", "stopped", "signed5"},
    "episodes.victory": {"signed", "stopped", "signed5"}, "sanctions.imposed": {"imposed", "imposed1"},
    "sanctions.institution": {"imposed", "imposed1"}, "sanctions.no-institution": {"imposed", "imposed1"},
    "sanctions": {"imposed", "imposed1"},
}  # fmt: skip
"""Events that a class settles by what it is, or (all cases of sanctions) that are half of how a unit came in."""


def members(units: list[Unit], marks: str) -> Iterator[Unit]:
    """The units that bear all marks."""
    needed = frozenset(marks.split("+")) if marks else frozenset()
    return (unit for unit in units if needed <= unit.marks)


ICB_CODES = {
    "UKG": "GBR", "FRN": "FRA", "LIB": "LBY", "GMY": "DEU", "GRC": "GRC", "YUG": "SRB", "NIC": "NIC", "CHA": "TCD",
    "ROK": "KOR", "DRV": "VNM", "VIE": "VNM", "ANG": "AGO", "NTH": "NLD", "SUD": "SDN", "LEB": "LBN", "DRC": "COD",
    "RUM": "ROU", "MOR": "MAR", "ZAM": "ZMB", "LIT": "LTU", "SPN": "ESP", "HON": "HND", "INS": "IDN", "CAM": "KHM",
    "TAW": "TWN", "MAA": "MRT", "ZIM": "ZWE", "MZM": "MOZ", "COS": "CRI", "SWD": "SWE", "KUW": "KWT", "TAZ": "TZA",
    "UAE": "ARE", "OMA": "OMN", "MLI": "MLI", "BUL": "BGR", "SYR": "SYR", "SIE": "SLE", "GUA": "GTM", "SAL": "SLV",
    "BUI": "BDI", "SAF": "ZAF", "SWA": "SWZ", "LES": "LSO", "BOT": "BWA", "ALG": "DZA", "GRG": "GEO", "UKR": "UKR",
    "DEN": "DNK", "ICE": "ISL", "NOR": "NOR", "POR": "PRT", "BNG": "BGD", "MYA": "MMR", "MAL": "MYS", "PHI": "PHL",
    "AUL": "AUS", "CDI": "CIV", "GAM": "GMB", "GUI": "GIN", "TOG": "TGO", "NIG": "NGA", "NIR": "NER", "SEN": "SEN",
    "HAI": "HTI", "DOM": "DOM", "TRI": "TTO", "PAR": "PRY", "URU": "URY", "CHL": "CHL", "BOS": "BIH", "CRO": "HRV",
    "KOS": "XKX", "MAC": "MKD", "MLD": "MDA", "LAT": "LVA", "EST": "EST", "TAJ": "TJK", "KYR": "KGZ", "UZB": "UZB",
}  # fmt: skip
"""The data set's own letters where they are not ISO's."""

_NUMBERS = (
    "2 USA 20 CAN 40 CUB 41 HTI 42 DOM 70 MEX 90 GTM 91 HND 92 SLV 93 NIC 94 CRI 95 PAN 100 COL 101 VEN 110 GUY "
    "130 ECU 135 PER 140 BRA 145 BOL 150 PRY 155 CHL 160 ARG 165 URY 200 GBR 205 IRL 210 NLD 211 BEL 220 FRA 225 "
    "CHE 230 ESP 235 PRT 255 DEU 260 DEU 290 POL 305 AUT 310 HUN 315 CZE 316 CZE 317 SVK 325 ITA 339 ALB 343 MKD "
    "344 HRV 345 SRB 340 SRB 346 BIH 347 XKX 349 SVN 350 GRC 352 CYP 355 BGR 359 MDA 360 ROU 365 RUS 366 EST 367 "
    "LVA 368 LTU 369 UKR 370 BLR 371 ARM 372 GEO 373 AZE 375 FIN 380 SWE 385 NOR 390 DNK 395 ISL 404 GNB 411 GNQ "
    "420 GMB 432 MLI 433 SEN 434 BEN 435 MRT 436 NER 437 CIV 438 GIN 439 BFA 450 LBR 451 SLE 452 GHA 461 TGO 471 "
    "CMR 475 NGA 481 GAB 482 CAF 483 TCD 484 COG 490 COD 500 UGA 501 KEN 510 TZA 516 BDI 517 RWA 520 SOM 522 DJI "
    "530 ETH 531 ERI 540 AGO 541 MOZ 551 ZMB 552 ZWE 553 MWI 560 ZAF 565 NAM 570 LSO 571 BWA 572 SWZ 580 MDG 581 "
    "COM 600 MAR 615 DZA 616 TUN 620 LBY 625 SDN 626 SSD 630 IRN 640 TUR 645 IRQ 651 EGY 652 SYR 660 LBN 663 JOR "
    "666 ISR 670 SAU 678 YEM 679 YEM 680 YEM 690 KWT 692 BHR 694 QAT 696 ARE 698 OMN 700 AFG 701 TKM 702 TJK 703 "
    "KGZ 704 UZB 705 KAZ 710 CHN 712 MNG 713 TWN 731 PRK 732 KOR 740 JPN 750 IND 760 BTN 770 PAK 771 BGD 775 MMR "
    "780 LKA 790 NPL 800 THA 811 KHM 812 LAO 816 VNM 817 VNM 820 MYS 830 SGP 840 PHL 850 IDN 860 TLS 900 AUS 910 "
    "PNG 920 NZL "
)
STATES = dict(re.findall(r"(\d+) ([A-Z]{3})", _NUMBERS))
"""Numbers of the system of states (Gleditsch and Ward, and Correlates of War) and alpha-3 codes."""
