"""Loading a case: text -> values -> one shape -> checked parts -> cross-checked case.

Every fault of every stage is collected and raised together.  This file is the only one
of the room that reads files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from dragoman.errors import CaseError
from dragoman.model._case import Case, Source
from dragoman.model._faults import Faults, Places
from dragoman.model._yaml import parse, read_text

FolderCheck: TypeAlias = Callable[[dict[str, Any], FilePath, Faults], None]


def load_case(path: str | FilePath, *, as_of: date | None = None) -> Case:
    """Read and check a case file.

    ``as_of`` stands in for the file's own: values dated later are not seen.

    Raises:
        CaseError: with every fault of the file in ``faults``, files beside it that are missing included.
    """
    file = FilePath(path)
    return _load(read_text(file), str(path), file.parent, as_of, _absent)


def loads(text: str, *, file: str = "case", folder: str | FilePath = ".", as_of: date | None = None) -> Case:
    """Read and check the text of a case; ``file`` names it in messages, ``folder`` holds what it refers to.

    Raises:
        CaseError: with every fault of the text in ``faults``.
    """
    return _load(text, file, FilePath(folder), as_of, lambda *_: None)


def _load(text: str, file: str, folder: FilePath, as_of: date | None, also: FolderCheck) -> Case:
    from dragoman.model._normal import with_ids
    from dragoman.model._scenarios import scenario_faults

    tree, faults = parse(text, file)
    tree = _spliced(tree, folder, faults)
    also(tree, folder, faults)
    tree, faults.places = with_ids(tree, faults)
    source = Source(file=file, folder=str(folder), as_of=as_of, tree=tree)
    case = build(source, faults)
    if case is not None:
        scenario_faults(case, faults)
    if faults.found or case is None:
        raise CaseError(faults.sorted())
    return case


def _absent(tree: dict[str, Any], folder: FilePath, faults: Faults) -> None:
    """A fault where the table of trade does not lie beside the case."""
    stakes = tree.get("stakes")
    trade = stakes.get("trade") if isinstance(stakes, dict) else None
    name = trade.get("file") if isinstance(trade, dict) else None
    if isinstance(name, str) and not (folder / name).is_file():
        faults.add(("stakes", "trade", "file"), f"no file {name!r} beside the case", "a table of trade, CSV or Parquet")


def build(source: Source, faults: Faults) -> Case | None:
    """The case of ``source``; where it has faults, they are added, and the case may be None or partial."""
    from dragoman.model._check import shaped
    from dragoman.model._cross import cross_check
    from dragoman.model._normal import normal
    from dragoman.model._place import placed

    if "source" in source.tree:
        faults.add(("source",), "unknown key 'source'", "a part of a case")
    tree = {**normal(source.tree, faults), "source": source}
    if source.as_of is not None:
        tree["as_of"] = source.as_of
    checked = shaped(tree, _reading(tree), faults)
    if checked is None:
        return None
    case = placed(checked)
    cross_check(case, source.tree, faults)
    return case


def rebuilt(source: Source) -> Case:
    """The case of ``source`` again.

    Raises:
        CaseError: with every fault.
    """
    faults = Faults(Places(source.file, {}))
    case = build(source, faults)
    if faults.found or case is None:
        raise CaseError(faults.sorted())
    return case


def _reading(tree: dict[str, Any]) -> Any:
    from dragoman.model._numbers import Reading

    stakes = tree.get("stakes")
    money = stakes if isinstance(stakes, dict) else {}
    as_of = tree.get("as_of")
    currency, year = money.get("currency"), money.get("year")
    return Reading(
        as_of=as_of if isinstance(as_of, date) else None,
        currency=currency if isinstance(currency, str) else "",
        year=year if isinstance(year, int) else None,
    )


def _spliced(tree: dict[str, Any], folder: FilePath, faults: Faults) -> dict[str, Any]:
    """``tree`` with the network that ``stakes.corridors.file`` names in its place."""
    stakes = tree.get("stakes")
    if not isinstance(stakes, dict):
        return tree
    corridors = stakes.get("corridors")
    if not isinstance(corridors, dict) or not isinstance(corridors.get("file"), str):
        return tree
    here = ("stakes", "corridors")
    try:
        file = folder / corridors["file"]
        network, inner = parse(read_text(file), str(file))
    except CaseError as error:
        for fault in error.faults:
            faults.add((*here, "file"), f"{fault.file}: {fault.found}", fault.expected)
        return tree
    lines = {**faults.places.lines, **{(*here, *path): line for path, line in inner.places.lines.items() if path}}
    faults.places = Places(faults.places.file, lines)
    faults.found.update({((*here, *path), found): fault for (path, found), fault in inner.found.items()})
    rest = {key: item for key, item in corridors.items() if key != "file"}
    return {**tree, "stakes": {**stakes, "corridors": {**network, **rest}}}
