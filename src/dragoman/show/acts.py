"""The changes that the site makes, each a POST with the token of this run.

Review decisions go to the record's log, grades too; a what-if may be saved as a
scenario of the case file.  Every answer sends the reader back to where he or she was,
or is JSON where the script asked for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def act_routes() -> list[Route]:
    """The routes that change something."""
    return []
