"""The local site: every page of the registry, its JSON twin, its tables as CSV, its charts.

It serves one person on this machine.  It answers only requests that name the
loopback address as host, refuses foreign origins, changes something only by POST
with the token of this run, and sends a content security policy under which no
script or style from data could run.  It asks the network for nothing.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, InputError, UnknownNameError
from dragoman.plain import to_plain
from dragoman.show._guard import Guard
from dragoman.show._solvers import solve_all, solving_beside
from dragoman.show.links import ServerLinks
from dragoman.show.pages import PAGES, Page, find_page, nav
from dragoman.show.render import HERE, STATIC, render, static_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from dragoman.desk.session import Desk

    Endpoint = Callable[[Request], Response | Awaitable[Response]]

LINKS = ServerLinks()
TEMPLATES = HERE / "templates" / "pages"
MOST_KEPT = 64


def make_app(desk: Desk, *, port: int, token: str | None = None) -> Starlette:
    """The site over one desk.

    Args:
        desk: the record, the case and the results shown.
        port: the port on which it is served; requests that name another host are refused.
        token: the secret that every change must carry; a fresh one by default.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware

    from dragoman.show.acts import act_routes

    secret = token or secrets.token_urlsafe(24)
    app = Starlette(
        routes=[*_page_routes(), *_file_routes(), *act_routes()],
        middleware=[Middleware(Guard, port=port, token=secret)],
        exception_handlers={DragomanError: _told, 404: _missing},
    )
    app.state.desk = desk
    app.state.token = secret
    app.state.kept = {}
    return app


def serve(desk: Desk, *, port: int = 8765, announce: Callable[[str], None] | None = None) -> None:
    """Serve the site on 127.0.0.1 until interrupted; ``announce`` is told the address when the port is free.

    Raises:
        InputError: the port is in use.
    """
    import socket

    import uvicorn

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(f"port {port}", str(error.strerror), "a free port; choose one with --port") from error
    with solving_beside(desk) as own:
        _warm(own)
        if announce is not None:
            announce(f"http://127.0.0.1:{port}  (stop with Ctrl-C)")
        uvicorn.run(make_app(own, port=port), host="127.0.0.1", port=port, log_level="warning", server_header=False)


def _warm(desk: Desk) -> None:
    """Load in advance what the first page would wait for, and solve the case while the reader reads."""
    from threading import Thread

    from dragoman.show import charts
    from dragoman.show.render import environment

    environment()
    load_parts()
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
        if page.answers:
            made.append(Route(f"/fragment/{page.name}", _fragment(page)))
        if page.items:
            made += [Route(f"/{page.name}/{{item}}.json", _twin(page)), Route(f"/{page.name}/{{item}}", _shown(page))]
    return made


def _file_routes() -> list[Route]:
    from starlette.routing import Route

    return [Route("/static/{digest}/{name}", _static), Route("/bundle/{digest}.js", _bundle)]


def _view(page: Page, request: Request) -> Any:
    """The view that was asked for; kept while neither the record nor the case changes."""
    desk, query = request.app.state.desk, dict(request.query_params)
    item = request.path_params.get("item", "") if page.items else ""
    kept: dict[Any, Any] = request.app.state.kept
    key = (page.name, item, tuple(sorted(query.items())), stamp(desk))
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = page.build_item(desk, item, query) if item else page.build(desk, query)
    return kept[key]


def stamp(desk: Desk) -> tuple[object, ...]:
    """What changes whenever the record's file or the case changes."""
    if desk.record is None:
        return (id(desk.base),)
    files = [Path(desk.record.path + ending) for ending in ("", "-wal")]
    return (id(desk.base), *((file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists()))


def page_html(page: Page, view: Any, token: str) -> str:
    """A page of the server as HTML."""
    from dragoman.show.charts import bundle_name

    template = page.item_template if view.head.item else page.template
    return render(
        "base.html",
        view=view,
        pages=nav(),
        links=LINKS,
        token=token,
        body=template,
        prefix="",
        static=static_name,
        scripts=page.scripts,
        bundle=f"/bundle/{bundle_name()}.js",
    )


def _shown(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import HTMLResponse

        return HTMLResponse(page_html(page, _view(page, request), request.app.state.token))

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

        return JSONResponse(_view(page, request).to_dict())

    return endpoint


def _table(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import Response as Plain

        tables = {table.name: table for table in _view(page, request).tables()}
        wanted = request.query_params.get("table", "") or next(iter(tables), "")
        if wanted not in tables:
            raise UnknownNameError(f"table of {page.name}", wanted, list(tables))
        headers = {"content-disposition": f'attachment; filename="dragoman-{page.name}-{wanted}.csv"'}
        return Plain(tables[wanted].to_csv(), media_type="text/csv; charset=utf-8", headers=headers)

    return endpoint


def _spec(page: Page) -> Endpoint:
    def endpoint(request: Request) -> Response:
        from starlette.responses import JSONResponse

        charts = {chart.name: chart for chart in _view(page, request).charts() if chart.spec}
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
    """What was wrong with a request, in one line, as a page or as JSON."""
    return _plain_page(request, 400, "This cannot be shown", str(error))


def _missing(request: Request, _: Exception) -> Response:
    return _plain_page(request, 404, "There is no such page", request.url.path)


def _plain_page(request: Request, status: int, title: str, text: str) -> Response:
    from starlette.responses import HTMLResponse, JSONResponse

    if request.url.path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": text}, status_code=status)
    html = render("error.html", title=title, text=text, pages=nav(), links=LINKS, static=static_name)
    return HTMLResponse(html, status_code=status)


__all__ = ["find_page", "make_app", "page_html", "serve"]
