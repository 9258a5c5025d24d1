"""The changes that the site makes, each a POST with the token of this run.

Review decisions and grades go to the record's log, which only grows; a what-if may be
saved as a scenario of the case file, whose comments and order stay.  A browser without
script is sent back to where it was; a script gets JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from dragoman.errors import InputError
from dragoman.show.views import _fetch
from dragoman.show.views._whatif import PREFIX, given

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from dragoman.desk.session import Desk

    Act = Callable[[Desk, Mapping[str, str]], "Done"]

DECISIONS = ("accept", "reject", "correct")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What became of a change: the answer for a script, where a reader goes, and the desk if it is a new one."""

    answer: dict[str, Any]
    back: str
    desk: Desk | None = None


def act_routes() -> list[Route]:
    """The routes that change something; all of them answer POST only."""
    from starlette.routing import Route

    return [Route(f"/act/{name}", _acting(act), methods=["POST"]) for name, act in ACTS.items()]


def _acting(act: Act) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import JSONResponse, RedirectResponse

        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        done = await run_in_threadpool(act, request.app.state.desk, form)
        if done.desk is not None:
            request.app.state.desk = done.desk
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(done.answer)
        return RedirectResponse(done.back, status_code=303)

    return endpoint


def _needed(form: Mapping[str, str], name: str) -> str:
    value = form.get(name, "")
    if not value:
        raise InputError(f"form, {name}", "nothing", "a value")
    return value


def _whole(form: Mapping[str, str], name: str) -> int:
    value = _needed(form, name)
    if not value.isdecimal() or len(value) > 18:
        raise InputError(f"form, {name}", repr(value), "a whole number")
    return int(value)


def decide(desk: Desk, form: Mapping[str, str]) -> Done:
    """Accept, reject or correct a finding."""
    review = _fetch.record_of(desk).review
    finding, action = _needed(form, "finding"), _needed(form, "action")
    if action not in DECISIONS:
        raise InputError("form, action", repr(action), "one of " + ", ".join(DECISIONS))
    changes = {key.removeprefix("field."): value for key, value in form.items() if key.startswith("field.")}
    number = review.correct(finding, changes) if action == "correct" else getattr(review, action)(finding)
    words = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
    return Done(answer={"decision": number, "action": words[action]}, back="/review")


def undo(desk: Desk, form: Mapping[str, str]) -> Done:
    """Undo a decision."""
    number = _fetch.record_of(desk).review.undo(_whole(form, "decision"))
    return Done(answer={"decision": number, "action": "undone"}, back="/review")


def merge(desk: Desk, form: Mapping[str, str]) -> Done:
    """Say that two entities are one, or two."""
    identity, a, b, action = (
        _fetch.record_of(desk).identity,
        _needed(form, "a"),
        _needed(form, "b"),
        _needed(form, "action"),
    )
    if action not in {"merge", "dismiss"}:
        raise InputError("form, action", repr(action), "merge or dismiss")
    number = identity.merge(a, b) if action == "merge" else identity.dismiss(a, b)
    return Done(answer={"decision": number, "action": "merged" if action == "merge" else "kept apart"}, back="/review")


def grade(desk: Desk, form: Mapping[str, str]) -> Done:
    """Grade an article on the Admiralty scale."""
    article, credibility = _needed(form, "article"), form.get("credibility", "")
    number = _fetch.record_of(desk).review.grade(
        article,
        reliability=form.get("reliability") or None,
        credibility=_whole(form, "credibility") if credibility else None,
    )
    return Done(answer={"decision": number, "action": "graded"}, back=f"/sources/{article}")


def add(desk: Desk, form: Mapping[str, str]) -> Done:
    """Add a finding that the reader missed."""
    from dragoman.show._missed import missed

    record, article = _fetch.record_of(desk), _needed(form, "article")
    full = record.article(article)
    number = record.review.add(full.row.key, missed(form, _whole(form, "start"), _whole(form, "end")))
    return Done(answer={"decision": number, "action": "added"}, back=f"/sources/{full.row.key}")


def scenario(desk: Desk, form: Mapping[str, str]) -> Done:
    """Save changed numbers as a scenario of the case file; it is checked before it is written."""
    from dragoman.show._save import save_scenario

    name, changes = _needed(form, "name"), given({key: value for key, value in form.items() if key.startswith(PREFIX)})
    renewed = save_scenario(desk, name, changes, because=form.get("because", ""), under=form.get("scenario", ""))
    back = form.get("back", "")
    page = back if back in {"forecast", "steps"} else "forecast"
    return Done(answer={"scenario": name, "action": "saved"}, back=f"/{page}?scenario={name}", desk=renewed)


ACTS: Mapping[str, Act] = {
    "decide": decide,
    "undo": undo,
    "merge": merge,
    "grade": grade,
    "add": add,
    "scenario": scenario,
}
