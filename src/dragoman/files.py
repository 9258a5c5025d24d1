"""The one writer of every file that leaves: as a whole or not at all.

1. The content goes to a new file beside its place, and from memory to the disk.
2. That file takes the mode of the one that stands there, or what the umask leaves of 666.
3. It is put in place of the old one by a rename; a link is followed, and stays a link.
4. Whatever fails, the old file stands as it was and nothing is left beside it.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from dragoman.errors import InputError


def write_whole(destination: str | Path, content: bytes | str) -> None:
    """Write a file as a whole or not at all; text is written in UTF-8 with its line ends as they are.

    Raises:
        InputError: the folder does not exist or may not be written, or the disk is full.
    """
    given = Path(destination)
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        _replace(given.resolve(), data)
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise InputError(
            str(given), f"{reason[0].lower()}{reason[1:]}; nothing was written", "a place that may be written"
        ) from error


def _replace(place: Path, data: bytes) -> None:
    mode = _mode_for(place)
    handle, name = tempfile.mkstemp(prefix=f".{place.name[:60]}.", dir=place.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(place)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(place.parent)


def _mode_for(place: Path) -> int:
    """The mode of the file that stands there.

    Raises:
        OSError: a folder, a device or a pipe stands there, or the file may not be written.
    """
    try:
        found = place.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(found.st_mode):
        raise IsADirectoryError(21, "not an ordinary file", str(place))
    if not os.access(place, os.W_OK):
        raise PermissionError(13, "Permission denied", str(place))
    return stat.S_IMODE(found.st_mode)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; where folders cannot be synced, the file still is."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
