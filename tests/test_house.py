"""The house: public names, sizes of modules, documents that must be current, locks without addresses."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import pkgutil
import re
from pathlib import Path

import click
import pytest

import dragoman

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "dragoman").rglob("*.py"))
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
ROOMS = ["read", "record", "model", "solve", "desk", "show", "formats"]


def test_public_names_resolve() -> None:
    """Every name in ``dragoman.__all__`` can be had, and nothing else is offered."""
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    assert dir(dragoman) == sorted(dragoman.__all__)
    with pytest.raises(AttributeError):
        _ = dragoman.nothing_of_the_kind


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_offer_what_they_say(room: str) -> None:
    """Every room states its public names, sorted, and has them."""
    module = importlib.import_module(f"dragoman.{room}")
    assert module.__doc__
    assert list(module.__all__) == sorted(module.__all__, key=lambda name: (not name.isupper(), name.islower(), name))
    assert all(hasattr(module, name) for name in module.__all__)


def test_every_module_imports_and_has_a_docstring() -> None:
    """Every module can be imported by itself and says what it is."""
    for found in pkgutil.walk_packages(dragoman.__path__, "dragoman."):
        if found.name.endswith("__main__"):
            continue
        assert importlib.import_module(found.name).__doc__, found.name


def test_modules_are_small() -> None:
    """No module has more than 700 lines; how many there are is left to the concepts."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path.name: size for path, size in sizes.items() if size > 700} == {}


def test_no_assert_checks_input() -> None:
    """The package raises errors of its tree and never relies on ``assert``."""
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree)), path


def test_errors_are_one_tree() -> None:
    """Every exception class of the package that a user can meet descends from DragomanError."""
    from dragoman import errors

    classes = [item for item in vars(errors).values() if isinstance(item, type) and issubclass(item, Exception)]
    assert all(issubclass(item, errors.DragomanError) for item in classes)


def test_errors_arrive_from_another_process_as_they_were_raised() -> None:
    """Pickling an error of any kind keeps its class, its words and its fields."""
    import pickle

    from dragoman import errors

    fault = errors.Fault(file="case.yaml", line=3, path="parties", found="nothing", expected="parties")
    raised = [
        errors.InputError("here", "this", "that"),
        errors.UnknownNameError("method", "meen", ("mean", "median")),
        errors.CaseError([fault, fault]),
        errors.MissingExtraError("polars", "tables"),
    ]
    for error in raised:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
        assert type(again) is type(error)
        assert (str(again), vars(again)) == (str(error), vars(error))


def _commands(command: click.Command, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        return [(path, command)]
    context = click.Context(command)
    found = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    return [item for name, inner in found if inner is not None for item in _commands(inner, (*path, name))]


def test_every_command_and_option_is_documented() -> None:
    """The reference of the command line is what the commands say, and names every option."""
    from dragoman.cli import cli
    from dragoman.cli._reference import reference

    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert page == reference(), "run: python -m dragoman.cli._reference > docs/reference/cli.md"
    for path, command in _commands(cli, ("dragoman",)):
        assert f"## `{' '.join(path)}`" in page
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, (path, option.name)
                assert option.opts[-1] in page


def test_the_published_schema_is_current() -> None:
    """The JSON schema of a reading in the docs is the one that the finding classes give."""
    from dragoman.read.schema import reading_schema

    page = json.loads((ROOT / "docs" / "reference" / "reading.schema.json").read_text(encoding="utf-8"))
    assert page == json.loads(json.dumps(reading_schema()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_in_the_docs_run(page: Path) -> None:
    """Every example in a page of the docs gives what the page says."""
    result = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8")
    assert result.failed == 0


@pytest.mark.parametrize(
    "name",
    [".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in SOURCES if ">>>" in path.read_text()],
)
def test_examples_in_docstrings_run(name: str) -> None:
    """Every example in a docstring gives what it says."""
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS).failed == 0


@pytest.mark.parametrize("name", ["core", "test"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    """Every locked package has a hash, and no line says where packages come from."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"^--|https?://", text, flags=re.MULTILINE)
    pins = re.findall(r"^[A-Za-z0-9._-]+(?:\[[^\]]*\])?==[^\s\\]+(?: ; [^\\]*)? \\$", text, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", text, flags=re.MULTILINE))


def test_core_lock_lacks_the_test_tools() -> None:
    """The demo's packages are the core alone."""
    text = (ROOT / "requirements" / "core.txt").read_text(encoding="utf-8")
    assert not re.search(r"^(pytest|ruff|mypy|playwright|hypothesis|polars|pandas)==", text, flags=re.MULTILINE)


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link in the docs and the README leads to a file of the project."""
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
