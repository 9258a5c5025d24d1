"""Reading numbers and sums: the shapes that the file allows, checked part by part.

A number is read as of a date (of its dated values the latest not after it holds), a
sum with the currency and year that the case sets as defaults.  All faults of a number
are collected, each with the path below the number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.model._faults import Path, nearest, one_of, shown
from dragoman.model._quantity import Anchor, Coding, Dated, Dist, Money, Quantity

if TYPE_CHECKING:
    from pydantic import ValidationInfo
    from pydantic_core import CoreSchema

NUMBER_KEYS = ("value", "low", "high", "dist", "dated", "coded", "evidence", "because")
ANCHOR_KEYS = ("article", "exact", "prefix", "suffix")
MONEY_KEYS = ("amount", "currency", "year")
_HASH = re.compile(r"[0-9a-fA-F]{8,64}")
_CURRENCY = re.compile(r"[A-Z]{3}")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a number's meaning depends on beside itself."""

    as_of: date | None = None
    currency: str = ""
    year: int | None = None


class NumberError(Exception):
    """One or more faults below a number: (path, found, expected)."""

    def __init__(self, faults: list[tuple[Path, str, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{found}, expected {expected}" for _, found, expected in faults))


def read_quantity(raw: Any, reading: Reading) -> Quantity:
    """A number in any of its shapes.

    Raises:
        NumberError: everything that is wrong with it.
    """
    notes: list[tuple[Path, str, str]] = []
    quantity = _quantity(raw, reading, (), notes)
    if notes or quantity is None:
        raise NumberError(notes)
    return quantity


def read_money(raw: Any, reading: Reading) -> Money:
    """A sum in any of its shapes.

    Raises:
        NumberError: everything that is wrong with it.
    """
    notes: list[tuple[Path, str, str]] = []
    fields = dict(raw) if isinstance(raw, Mapping) else {"amount": raw}
    currency = fields.pop("currency", reading.currency)
    year = fields.pop("year", reading.year)
    nested = "amount" in fields
    amount = fields.pop("amount") if nested else fields
    if nested:
        _known_keys(fields, ("evidence", "because", *MONEY_KEYS), (), notes)
    quantity = _quantity(amount, reading, ("amount",) if nested and isinstance(raw, Mapping) else (), notes)
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        found = shown(currency) if currency else "a sum without a currency"
        notes.append((("currency",) if currency else (), found, "three letters (USD), or stakes.currency as default"))
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        notes.append((("year",), shown(year), "the year of the prices"))
    evidence = _evidence(fields.get("evidence"), ("evidence",), notes)
    because = _text(fields.get("because", ""), ("because",), notes)
    if notes or quantity is None:
        raise NumberError(notes)
    quantity = replace(quantity, evidence=quantity.evidence or evidence, because=quantity.because or because)
    return Money(amount=quantity, currency=currency, year=year)


def _quantity(raw: Any, reading: Reading, at: Path, notes: list[tuple[Path, str, str]]) -> Quantity | None:
    if _is_number(raw):
        return Quantity(value=_finite(raw, at, notes))
    if not isinstance(raw, Mapping):
        notes.append((at, shown(raw), "a number, or {low, high}, {value, low, high}, {dated: ...}, {coded: ...}"))
        return None
    _known_keys(raw, NUMBER_KEYS, at, notes)
    evidence = _evidence(raw.get("evidence"), (*at, "evidence"), notes)
    because = _text(raw.get("because", ""), (*at, "because"), notes)
    found = len(notes)
    core = _core(raw, reading, at, notes)
    if core is None or len(notes) > found:
        return None
    return replace(core, evidence=core.evidence or evidence, because=core.because or because)


def _core(raw: Mapping[str, Any], reading: Reading, at: Path, notes: list[tuple[Path, str, str]]) -> Quantity | None:
    if "dated" in raw:
        return _dated(raw, reading, at, notes)
    if "coded" in raw:
        return _coded(raw, reading, at, notes)
    return _plain(raw, at, notes)


def _plain(raw: Mapping[str, Any], at: Path, notes: list[tuple[Path, str, str]]) -> Quantity | None:
    given = {key: raw[key] for key in ("value", "low", "high") if raw.get(key) is not None}
    numbers = {key: _number(item, (*at, key), notes) for key, item in given.items()}
    value, low, high = (numbers.get(key) for key in ("value", "low", "high"))
    if not given:
        notes.append((at, "a number without value and range", "value, or low and high"))
        return None
    if ("low" in given) != ("high" in given):
        missing = "high" if "low" in given else "low"
        notes.append((at, f"a range without {missing!r}", "both low and high"))
        return None
    dist = _dist(raw.get("dist"), given, at, notes)
    if low is not None and high is not None:
        if low > high:
            notes.append(((*at, "low"), f"low {low:g} above high {high:g}", "low at most high"))
        elif value is not None and not low <= value <= high:
            notes.append(((*at, "value"), f"value {value:g} outside {low:g} to {high:g}", "low <= value <= high"))
    return Quantity(dist=dist, value=value, low=low, high=high)


def _dist(raw: Any, given: Mapping[str, Any], at: Path, notes: list[tuple[Path, str, str]]) -> Dist:
    allowed: tuple[Dist, ...] = ("triangular", "pert", "uniform") if "low" in given else ("point",)
    if raw is None:
        return "point" if "low" not in given else "triangular" if "value" in given else "uniform"
    for name in allowed:
        if raw == name:
            if name in {"triangular", "pert"} and "value" not in given:
                notes.append((at, f"a {name} number without a value", "the most likely value as 'value'"))
            return name
    wanted = one_of(allowed) if "low" in given else "low and high beside it"
    notes.append(((*at, "dist"), f"dist {shown(raw)}", wanted))
    return "point"


def _dated(raw: Mapping[str, Any], reading: Reading, at: Path, notes: list[tuple[Path, str, str]]) -> Quantity | None:
    entries = raw["dated"]
    if not isinstance(entries, Mapping) or not entries:
        notes.append(((*at, "dated"), shown(entries), "a mapping of dates to numbers"))
        return None
    base = {key: item for key, item in raw.items() if key in {"value", "low", "high", "dist", "coded"}}
    before = _core(base, reading, at, notes) if base else None
    dated = [_dated_entry(key, item, reading, (*at, "dated", key), notes) for key, item in entries.items()]
    history = sorted((entry for entry in dated if entry), key=lambda entry: entry.since)
    seen = tuple(entry for entry in history if reading.as_of is None or entry.since <= reading.as_of)
    current = seen[-1].quantity if seen else before
    if current is None and not any(entry is None for entry in dated):
        notes.append((at, f"no value dated on or before {reading.as_of}", "a 'value' that holds before the first date"))
    return None if current is None else replace(current, dated=seen)


def _dated_entry(key: str, raw: Any, reading: Reading, at: Path, notes: list[tuple[Path, str, str]]) -> Dated | None:
    quantity = _quantity(raw, reading, at, notes)
    try:
        since = date.fromisoformat(key)
    except ValueError:
        notes.append((at, f"{key!r} as a date", "a date as 2018-06-12"))
        return None
    return Dated(since=since, quantity=quantity) if quantity else None


def _coded(raw: Mapping[str, Any], reading: Reading, at: Path, notes: list[tuple[Path, str, str]]) -> Quantity | None:
    entries = raw["coded"]
    extra = [key for key in ("value", "low", "high", "dist") if key in raw]
    if extra:
        notes.append(((*at, extra[0]), f"{extra[0]!r} beside 'coded'", "either coders' values or one value"))
    if not isinstance(entries, list) or not entries:
        notes.append(((*at, "coded"), shown(entries), "a list of {coder, value}"))
        return None
    codings = [_coding(item, reading, (*at, "coded", index), notes) for index, item in enumerate(entries)]
    names = [item.coder for item in codings if item]
    twice = sorted({name for name in names if names.count(name) > 1})
    notes.extend(((*at, "coded"), f"the coder {name!r} twice", "each coder once") for name in twice)
    return Quantity(dist="coded", coded=tuple(item for item in codings if item)) if all(codings) else None


def _coding(raw: Any, reading: Reading, at: Path, notes: list[tuple[Path, str, str]]) -> Coding | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("coder"), str):
        notes.append((at, shown(raw), "{coder: NAME, value: NUMBER}"))
        return None
    fields = {key: item for key, item in raw.items() if key != "coder"}
    inner = fields["value"] if isinstance(fields.get("value"), Mapping) and len(fields) == 1 else fields
    quantity = _quantity(inner, reading, at, notes)
    return Coding(coder=raw["coder"], quantity=quantity) if quantity else None


def _evidence(raw: Any, at: Path, notes: list[tuple[Path, str, str]]) -> tuple[Anchor, ...]:
    if raw is None:
        return ()
    entries = [raw] if isinstance(raw, Mapping) else raw
    if not isinstance(entries, list):
        notes.append((at, shown(raw), "a list of {article, exact}"))
        return ()
    anchors = (_anchor(item, (*at, index), notes) for index, item in enumerate(entries))
    return tuple(anchor for anchor in anchors if anchor)


def _anchor(raw: Any, at: Path, notes: list[tuple[Path, str, str]]) -> Anchor | None:
    if not isinstance(raw, Mapping):
        notes.append((at, shown(raw), "{article: HASH, exact: WORDS}"))
        return None
    _known_keys(raw, ANCHOR_KEYS, at, notes)
    article, exact = raw.get("article"), raw.get("exact")
    if not isinstance(article, str) or not _HASH.fullmatch(article):
        notes.append(
            ((*at, "article"), shown(article), "the article's content hash in quotation marks, 8 to 64 digits")
        )
        return None
    if not isinstance(exact, str) or not exact.strip():
        notes.append(((*at, "exact"), shown(exact), "the quoted words"))
        return None
    around = (_text(raw.get(key, ""), (*at, key), notes) for key in ("prefix", "suffix"))
    prefix, suffix = around
    return Anchor(article=article.lower(), exact=exact, prefix=prefix, suffix=suffix)


def _known_keys(raw: Mapping[str, Any], known: tuple[str, ...], at: Path, notes: list[tuple[Path, str, str]]) -> None:
    notes.extend(
        ((*at, key), f"unknown key {key!r}{nearest(key, known)}", one_of(known)) for key in raw if key not in known
    )


def _text(raw: Any, at: Path, notes: list[tuple[Path, str, str]]) -> str:
    if isinstance(raw, str):
        return raw
    notes.append((at, shown(raw), "a text"))
    return ""


def _is_number(raw: Any) -> bool:
    return isinstance(raw, (int, float)) and not isinstance(raw, bool)


def _number(raw: Any, at: Path, notes: list[tuple[Path, str, str]]) -> float | None:
    if _is_number(raw):
        return _finite(raw, at, notes)
    notes.append((at, shown(raw), "a number"))
    return None


def _finite(raw: float, at: Path, notes: list[tuple[Path, str, str]]) -> float | None:
    try:
        number = float(raw)
    except OverflowError:
        number = math.inf
    if math.isfinite(number):
        return number
    notes.append((at, f"the number {raw}" if math.isnan(number) else "an infinite number", "a finite number"))
    return None


UNKNOWN = Quantity(value=math.nan)
"""Stands for a number at fault while the rest of the case is checked."""
UNKNOWN_SUM = Money(amount=UNKNOWN, currency="")


def quantity_schema() -> CoreSchema:
    """How pydantic reads a number."""
    return _schema(Quantity, read_quantity, UNKNOWN)


def money_schema() -> CoreSchema:
    """How pydantic reads a sum."""
    return _schema(Money, read_money, UNKNOWN_SUM)


def _schema(kind: type[T], read: Callable[[Any, Reading], T], unknown: T) -> CoreSchema:
    from pydantic_core import PydanticCustomError, core_schema

    def check(raw: Any, info: ValidationInfo) -> T:
        if isinstance(raw, kind):
            return raw
        try:
            return read(raw, info.context or Reading())
        except NumberError as fault:
            raise PydanticCustomError(
                "number", "a number at fault", {"faults": fault.faults, "unknown": unknown}
            ) from None

    return core_schema.with_info_plain_validator_function(check)
