"""The command line: thin commands over the rooms.

Results go to standard output, progress and messages to standard error; ``--json``
prints one JSON document and nothing else.  Exit status: 0 done, 1 the input is at
fault, 2 wrong usage, 130 interrupted.  Commands live in modules that are loaded when
they are used, so that the program starts at once.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword

import click

from dragoman.errors import DragomanError, InputError

__all__ = ["COMMANDS", "cli", "main"]

_LOG = logging.getLogger(__name__)
COMMANDS: Mapping[str, str] = {
    "read": "_read",
    "explain": "_read",
    "fetch": "_fetch",
    "watch": "_fetch",
    "import": "_import",
    "export": "_record",
    "review": "_record",
    "identity": "_record",
    "record": "_upkeep",
    "when": "_when",
    "rates": "_rates",
    "register": "_register",
    "score": "_register",
    "case": "_case",
    "solve": "_solve",
    "show": "_show",
    "page": "_show",
    "brief": "_show",
    "demo": "_demo",
}


class _Late(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dragoman.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Late, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="dragoman", message="%(prog)s %(version)s")
@click.option("--log", "log_path", type=click.Path(dir_okay=False), help="Append what goes on to this file.")
@click.option(
    "--log-level", type=click.Choice(["error", "warning", "info", "debug"]), default="info", show_default=True,
    help="From which level on.",
)  # fmt: skip
def cli(log_path: str | None, log_level: str) -> None:
    """Read press coverage of a negotiation into a sourced record, and run the negotiation."""
    if log_path is not None:
        _log_to(log_path, log_level)


def _log_to(path: str, level: str) -> None:
    """Append what the program's loggers say to a file: a line each, with time, level, room and process.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be written", "a log file that may be written") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(process)d] %(message)s"))
    for name in ("dragoman", "uvicorn"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(level.upper())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status; asked to terminate, it ends as when interrupted."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(run(arguments))


def _terminated(_signal: int, _frame: object) -> None:
    """Leave through all that must be closed: records, workers, unfinished files."""
    raise SystemExit(143)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    try:
        status = cli.main(args=None if arguments is None else list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        return _say("interrupted", 130)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DragomanError as error:
        return _say(f"error: {error}", 1)
    except BrokenPipeError:
        return _unheard()
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _say(f"error: {place}{error.strerror or error}", 1)
        return 1 if _takes_more() else _unheard()
    except KeyboardInterrupt:
        return _say("interrupted", 130)
    except Exception as error:
        _LOG.exception("a fault of the program")
        kind = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        return _say(f"a fault of the program, not of what was given ({kind}); --log FILE writes down where", 1)
    return status if isinstance(status, int) else 0


def _takes_more() -> bool:
    """Whether standard output still takes what waits to be written: a full disk does not."""
    try:
        sys.stdout.flush()
    except OSError:
        return False
    return True


def _unheard() -> int:
    """Nobody takes standard output any more: say nothing more, not even when Python leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 1


def _say(message: str, status: int) -> int:
    click.echo(f"dragoman: {message}", err=True)
    return status
