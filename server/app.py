"""The Flask application: routes from the tables, the guard before them, problem+json for whatever goes wrong."""

import logging
import time
import traceback
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from server.dashboard import DASHBOARD_ROUTES
from server.errors import PROBLEM_TYPE, ProblemError, TooLargeError, problem_bytes, problem_json
from server.guard import Access
from server.routes import API_ROUTES
from server.services import Services
from server.settings import Settings

log = logging.getLogger("unspun.server")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def create_app(settings: Settings, services: Services) -> Flask:
    """The application. Every route states who may call it; there is no default."""
    app = Flask(__name__, template_folder="pages", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    access: dict[str, Access] = {}
    for route in (*API_ROUTES, *DASHBOARD_ROUTES):
        endpoint = f"{route.method} {route.path}"
        access[endpoint] = route.access
        app.add_url_rule(
            route.path,
            endpoint,
            partial(route.view, services),
            methods=[route.method],
            provide_automatic_options=False,
        )
    _add_hooks(app, services, access)
    _add_error_handlers(app)
    return app


def _add_hooks(app: Flask, services: Services, access: dict[str, Access]) -> None:
    @app.before_request
    def admit() -> Response | None:
        g.started = time.monotonic()
        services.guard.check_host(request)
        if request.method == "OPTIONS":
            return _preflight(services)
        if request.endpoint is not None:
            g.client = services.guard.check_access(access[request.endpoint], request)
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        services.guard.add_cors(request.path, request.headers.get("Origin"), response)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        _record(services, response)
        return response


def _preflight(services: Services) -> Response:
    allowed = services.guard.allows_cors(request.path, request.headers.get("Origin"))
    return Response(status=HTTPStatus.NO_CONTENT if allowed else HTTPStatus.FORBIDDEN)


def _record(services: Services, response: Response) -> None:
    route = "none" if request.url_rule is None else request.url_rule.rule
    seconds = time.monotonic() - g.started
    services.metrics.count_request(request.method, route, response.status_code, seconds)
    # The route, never the path or query: those can hold an address or a login key.
    log.info("%s %s %d %.0f ms", request.method, route, response.status_code, seconds * 1000)


def _add_error_handlers(app: Flask) -> None:
    app.register_error_handler(ProblemError, _tell_problem)
    app.register_error_handler(HTTPException, _tell_http)
    app.register_error_handler(Exception, _tell_bug)


def _tell_problem(error: ProblemError) -> Response:
    return _answer(error.status, error.as_json(), error.headers)


def _tell_http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        limit = request.max_content_length
        return _tell_problem(TooLargeError(f"The body is larger than {limit} bytes. Send less text."))
    reason = status.phrase.lower().replace(" ", "_")
    return _answer(status, problem_json(status, reason, error.description or status.phrase), {})


def _tell_bug(error: Exception) -> Response:
    # Where it happened, but not the message: it may quote the text that was sent.
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("A bug: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _answer(status, problem_json(status, "internal_error", "The server made a mistake. Its log says where."), {})


def _answer(status: HTTPStatus, problem: dict[str, Any], headers: dict[str, str]) -> Response:
    response = Response(problem_bytes(problem), status, content_type=PROBLEM_TYPE)
    response.headers.update(headers)
    return response
