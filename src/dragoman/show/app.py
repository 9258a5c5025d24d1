"""The local site: every page of the registry, its JSON twin, its tables as CSV, its charts.

It serves one person on this machine.  It answers only requests that name the
loopback address as host, refuses foreign origins, changes something only by POST
with the token of this run, and sends a content security policy under which no
script or style from data could run.  It asks the network for nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import BusyError, DragomanError, InputError, UnknownNameError
from dragoman.plain import to_plain
from dragoman.show._guard import Guard
from dragoman.show._solvers import solve_all, solving_beside
from dragoman.show._waiting import Builder, Progress, is_ready, progress
from dragoman.show.links import ServerLinks
from dragoman.show.pages import PAGES, LackingError, Page, find_page, lacking, nav
from dragoman.show.render import HERE, STATIC, render, static_name
from dragoman.show.views._base import View, head

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from concurrent.futures import Future

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from dragoman.desk.session import Desk

    Endpoint = Callable[[Request], Response | Awaitable[Response]]

LINKS = ServerLinks()
TEMPLATES = HERE / "templates" / "pages"
RETRY = {"retry-after": "2", "cache-control": "no-store"}


def make_app(desk: Desk, *, port: int, token: str | None = None, patient: bool = True) -> Starlette:
    """The site over one desk.

    Args:
        desk: the record, the case and the results shown.
        port: the port on which it is served; requests that name another host are refused.
        token: the secret that every change must carry; a fresh one by default.
        patient: a page waits for its results; otherwise it answers at once and fills itself in when they are there.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    from dragoman.show.acts import act_routes

    secret = token or secrets.token_urlsafe(24)
    app = Starlette(
        routes=[*_page_routes(), *_file_routes(), *act_routes()],
        middleware=[Middleware(Guard, port=port, token=secret)],
        exception_handlers={DragomanError: _told, LackingError: _lacking, 404: _missing},
    )
    app.state.desk = desk
    app.state.token = secret
    app.state.builder = Builder(patient=patient)
    return app


def serve(desk: Desk, *, port: int = 8765, announce: Callable[[str], None] | None = None) -> None:
    """Serve the site on 127.0.0.1 until interrupted; ``announce`` is told the address when the port is free.

    Raises:
        InputError: the port is in use.
    """
    import socket

    import uvicorn

    from dragoman.show.connections import IDLE_SECONDS, MOST_HEAD, Connection

    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(f"port {port}", str(error.strerror), "a free port; choose one with --port") from error
        with solving_beside(desk) as own, suppress(KeyboardInterrupt):
            _warm(own)
            server = uvicorn.Server(
                uvicorn.Config(
                    make_app(own, port=port, patient=False),
                    log_level="warning",
                    server_header=False,
                    http=Connection,
                    h11_max_incomplete_event_size=MOST_HEAD,
                    timeout_keep_alive=IDLE_SECONDS,
                )
            )
            door.listen()
            if announce is not None:
                announce(f"http://127.0.0.1:{port}  (stop with Ctrl-C)")
            server.run(sockets=[door])


def _warm(desk: Desk) -> None:
    """Load in advance what the first page would wait for, and solve the case while the reader reads."""
    from threading import Thread

    from dragoman.show import charts
    from dragoman.show.render import environment

    environment().get_template("base.html")
    load_parts()
    with suppress(DragomanError):
        find_page("overview").build_waiting(desk, {})
    Thread(target=charts.warm, daemon=True).start()
    Thread(target=solve_all, args=(desk,), daemon=True).start()


def load_parts() -> None:
    """Load the packages that pages use, which are imported where they are used; the loop of threads among them."""
    from importlib import import_module

    import anyio

    anyio.run(anyio.sleep, 0)
    for name in (
        "scipy.stats",
        "scipy.sparse.csgraph",
        "pycountry",
        "altair",
        *(f"dragoman.show.views.{page.name}" for page in PAGES),
    ):
        import_module(name)


def _page_routes() -> list[Route]:
    from starlette.routing import Route

    made: list[Route] = []
    for page in PAGES:
        path = "/" if page.name == "overview" else f"/{page.name}"
        made += [
            Route(path, _shown(page)),
            Route(f"/{page.name}.json", _twin(page)),
            Route(f"/{page.name}.csv", _table(page)),
            Route(f"/chart/{page.name}", _spec(page)),
        ]
        if page.methods:
            made.append(Route(f"/solving/{page.name}", _solving(page)))
        if page.answers:
            made.append(Route(f"/fragment/{page.name}", _fragment(page)))
        if page.items:
            made += [Route(f"/{page.name}/{{item}}.json", _twin(page)), Route(f"/{page.name}/{{item}}", _shown(page))]
    return made


def _file_routes() -> list[Route]:
    from starlette.routing import Route

    return [Route("/static/{digest}/{name}", _static), Route("/bundle/{digest}.js", _bundle)]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A view that was asked for: where it will be, and how far its results are."""

    page: Page
    query: Mapping[str, str]
    key: Hashable
    made: Future[Any]
    progress: Progress
    ready: bool


def _asked(page: Page, request: Request, *, wait: bool = False) -> Asked:
    """Begin to build what was asked for, where that has not begun; it is kept while record and case stay as they are.

    Raises:
        LackingError: the desk has no case, or no record, for such a page.
    """
    desk, query = request.app.state.desk, dict(request.query_params)
    if lack := lacking(page, desk):
        raise LackingError(page, lack)
    item = request.path_params.get("item", "") if page.items else ""
    wait = query.pop("wait", "") == "yes" or wait or not page.methods or desk.base is None
    key = (page.name, item, tuple(sorted(query.items())), stamp(desk))
    so_far = progress(desk, page, query)
    builder: Builder = request.app.state.builder
    made = builder.begin(
        key, lambda: page.build_item(desk, item, query) if item else page.build(desk, query), wait=wait
    )
    ready = wait or builder.patient or is_ready(made, so_far)
    return Asked(page=page, query=query, key=key, made=made, progress=so_far, ready=ready)


def _view(asked: Asked, request: Request) -> Any:
    """The view itself, waited for."""
    return request.app.state.builder.take(asked.key, asked.made)


def stamp(desk: Desk) -> tuple[object, ...]:
    """What changes whenever the record's file or the case changes."""
    if desk.record is None:
        return (id(desk.base),)
    files = [Path(desk.record.path + ending) for ending in ("", "-wal")]
    return (id(desk.base), *((file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists()))


def page_html(page: Page, view: Any, desk: Desk, token: str) -> str:
    """A page of the server as HTML."""
    from dragoman.show.charts import bundle_name

    template = page.item_template if view.head.item else page.template
    return render(
        "base.html",
        view=view,
        contents=contents(desk),
        links=LINKS,
        token=token,
        body=template,
        prefix="",
        static=static_name,
        scripts=page.scripts,
        bundle=f"/bundle/{bundle_name()}.js",
    )


def waiting_html(asked: Asked, desk: Desk, token: str) -> str:
    """The frame of a page whose results are being solved, with the parts of it that need none."""
    partly = asked.page.build_waiting(desk, asked.query)
    return render(
        "base.html",
        view=partly or View(head=head(desk, asked.page.name, asked.page.title, query=asked.query)),
        contents=contents(desk),
        links=LINKS,
        token=token,
        body=asked.page.template if partly else "empty.html",
        prefix="",
        static=static_name,
        scripts=("waiting.js",),
        bundle="",
        waiting=asked.progress,
        solving=f"/solving/{asked.page.name}",
    )


def contents(desk: Desk) -> tuple[tuple[Page, str], ...]:
    """The pages in order, each with what the desk lacks for it."""
    return tuple((page, lacking(page, desk)) for page in nav())


def _shown(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import HTMLResponse

        state = request.app.state
        asked = _asked(page, request)
        if not asked.ready:
            return HTMLResponse(
                waiting_html(asked, state.desk, state.token), 202, headers={"cache-control": "no-store"}
            )
        return HTMLResponse(page_html(page, _view(asked, request), state.desk, state.token))

    return endpoint


def _solving(page: Page) -> Endpoint:
    """How far the results of a page are, for its script."""

    def endpoint(request: Request) -> Response:
        from starlette.responses import JSONResponse

        asked = _asked(page, request)
        answer = {"ready": asked.ready, "done": asked.progress.done, "of": asked.progress.of}
        return JSONResponse({**answer, "words": asked.progress.words}, headers={"cache-control": "no-store"})

    return endpoint


def _fragment(page: Page) -> Endpoint:
    """The part of a page that answers a change of numbers."""

    def endpoint(request: Request) -> Response:
        from starlette.responses import HTMLResponse

        view = page.build_answer(request.app.state.desk, dict(request.query_params))
        parts = [part for part in ("answer", "rest") if (TEMPLATES / f"{page.name}_{part}.html").exists()]
        return HTMLResponse(render("_parts.html", view=view, links=LINKS, prefix="", page=page.name, parts=parts))

    return endpoint


def _twin(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import JSONResponse

        asked = _asked(page, request)
        if not asked.ready:
            words = f"{page.title} is not solved yet ({asked.progress.done} of {asked.progress.of} results)"
            return JSONResponse({"error": f"{words}; ask again, or with wait=yes"}, 503, headers=RETRY)
        return JSONResponse(_view(asked, request).to_dict())

    return endpoint


def _table(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import Response as Plain

        tables = {table.name: table for table in _view(_asked(page, request, wait=True), request).tables()}
        wanted = request.query_params.get("table", "") or next(iter(tables), "")
        if wanted not in tables:
            raise UnknownNameError(f"table of {page.name}", wanted, list(tables))
        headers = {"content-disposition": f'attachment; filename="dragoman-{page.name}-{wanted}.csv"'}
        return Plain(tables[wanted].to_csv(), media_type="text/csv; charset=utf-8", headers=headers)

    return endpoint


def _spec(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import JSONResponse

        view = _view(_asked(page, request, wait=True), request)
        charts = {chart.name: chart for chart in view.charts() if chart.spec}
        wanted = request.query_params.get("chart", "")
        if wanted not in charts:
            raise UnknownNameError(f"chart of {page.name}", wanted, list(charts))
        return JSONResponse(to_plain(charts[wanted].spec))

    return endpoint


def _static(request: Request) -> Response:
    from starlette.responses import FileResponse

    name = request.path_params["name"]
    known = {path.name for path in STATIC.iterdir()}
    if name not in known:
        return _missing(request, KeyError(name))
    return FileResponse(STATIC / name, headers={"cache-control": "public, max-age=31536000, immutable"})


def _bundle(_: Request) -> Response:
    from starlette.responses import Response as Plain

    from dragoman.show.charts import bundle

    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Plain(bundle(), media_type="text/javascript; charset=utf-8", headers=headers)


def _told(request: Request, error: Exception) -> Response:
    """What was wrong with a request, in one line, as a page or as JSON; a record that another writes to is 503."""
    if isinstance(error, BusyError):
        answer = _plain_page(request, 503, "The record is being written to", str(error))
        answer.headers.update(RETRY)
        return answer
    return _plain_page(request, 400, "This cannot be shown", str(error))


def _lacking(request: Request, error: Exception) -> Response:
    """A page that the desk has nothing for, by its own title, with how to get what it needs."""
    lacking_error = error if isinstance(error, LackingError) else None
    title = lacking_error.title if lacking_error else "There is no such page"
    return _plain_page(request, 404, title, lacking_error.words if lacking_error else str(error))


def _missing(request: Request, _: Exception) -> Response:
    return _plain_page(request, 404, "There is no such page", request.url.path)


def _plain_page(request: Request, status: int, title: str, text: str) -> Response:
    from starlette.responses import HTMLResponse, JSONResponse

    if request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": text}, status_code=status)
    html = render(
        "error.html", title=title, text=text, contents=contents(request.app.state.desk), links=LINKS, static=static_name
    )
    return HTMLResponse(html, status_code=status)


__all__ = ["find_page", "make_app", "page_html", "serve"]
