"""The reference of the command line, made from the commands themselves: ``python -m dragoman.cli._reference``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import click

from dragoman.cli import cli

HEAD = """# The command line

Results go to standard output, progress and messages to standard error; `--json` prints one JSON document and nothing
else. Exit status: 0 done, 1 the input is at fault, 2 wrong usage, 130 interrupted.

`--log FILE` before any command appends what goes on to a file, a line each with time, level and room; `--log-level`
says from which level on (error, warning, info, debug).

This page is made from the commands themselves (`python -m dragoman.cli._reference`); a test fails when it is out of
date.
"""


def reference() -> str:
    """The page ``docs/reference/cli.md``."""
    parts = [HEAD]
    for path, command in _commands(("dragoman",), cli):
        parts.append(_section(path, command))
    return "\n".join(parts)


def _commands(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command, info_name=path[-1])
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from _commands((*path, name), found)


def _section(path: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(command, info_name=" ".join(path))
    lines = [f"## `{' '.join(path)}`", "", f"    {' '.join(command.get_usage(context).split()[1:])}", ""]
    lines += [inspect.cleandoc(command.help or ""), ""]
    rows = [_option(context, item) for item in command.params if isinstance(item, click.Option)]
    if rows:
        lines += ["| option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _option(context: click.Context, option: click.Option) -> str:
    record = option.get_help_record(context)
    names, meaning = record if record is not None else ("", "")
    return f"| `{names}` | {' '.join(meaning.split())} |"


if __name__ == "__main__":
    sys.stdout.write(reference())
