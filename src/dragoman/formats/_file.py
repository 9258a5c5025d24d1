"""Writing a file as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from dragoman.errors import InputError


def write_whole(destination: Path, content: bytes) -> None:
    """Write a file beside its place, then put it there: never half a file.

    Raises:
        InputError: the folder does not exist or may not be written, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{destination.name}.", dir=destination.parent)
    except OSError as error:
        raise _fault(destination, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(destination)
    except OSError as error:
        raise _fault(destination, error) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _fault(destination: Path, error: OSError) -> InputError:
    reason = error.strerror or "cannot be written"
    return InputError(
        str(destination), f"{reason[0].lower()}{reason[1:]}; nothing was written", "a place that may be written"
    )
