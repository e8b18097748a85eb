"""The dashboard: its pages, the one-time login, and the calls its script makes."""

from importlib import resources
from pathlib import PurePosixPath

from flask import Response, jsonify, redirect, render_template, request

from server.asked import article_of
from server.compare import compare_sides
from server.errors import NoSuchClientError, NoSuchFileError
from server.evidence import original, report
from server.fields import read_fields, read_json
from server.history import forget, list_history
from server.labels import LABEL_DASHBOARD_ROUTES
from server.model_shelf import MODEL_DASHBOARD_ROUTES
from server.original import OriginalFound
from server.payloads import (
    Checked,
    CheckRequest,
    Compared,
    CompareRequest,
    DashboardState,
    Forgotten,
    HistoryRows,
    OriginalRequest,
    PairedClient,
    ReportRequest,
    WaitingPairing,
)
from server.route import Route
from server.routes import score_article
from server.services import Services
from server.words import in_words

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATIC_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
COOKIE_LIFE_S = 30 * 24 * 3600


def home(services: Services) -> Response:
    """The dashboard, or a page that says how to open it."""
    return _page_of_owner(services, "dashboard.html")


def history_page(services: Services) -> Response:
    """The history, or a page that says how to open it."""
    return _page_of_owner(services, "history.html")


def labels_page(services: Services) -> Response:
    """The labels, or a page that says how to open them."""
    return _page_of_owner(services, "labels.html")


def models_page(services: Services) -> Response:
    """The models, or a page that says how to open them."""
    return _page_of_owner(services, "models.html")


def compare_page(services: Services) -> Response:
    """The page that compares two texts, or a page that says how to open it."""
    return _page_of_owner(services, "compare.html")


def offer_login(services: Services) -> None:
    """Announce a login link, unless an earlier one was not used yet."""
    key = services.sessions.new_key()
    if key is not None:
        services.announce(f"Dashboard: {services.login_link(key)}")


def login(services: Services) -> Response:
    """Trade the key of the one-time link for a cookie."""
    cookie = services.sessions.redeem(request.args.get("key", "")) if request.method == "GET" else None
    if cookie is None:
        return home(services)
    response = redirect("/", 303)
    assert isinstance(response, Response)
    name = services.guard.cookie_name()
    response.set_cookie(name, cookie, max_age=COOKIE_LIFE_S, httponly=True, samesite="Strict", path="/")
    return response


def static_file(services: Services, name: str) -> Response:
    """One of the dashboard's own files."""
    kind = STATIC_TYPES.get(PurePosixPath(name).suffix)
    file = resources.files("server") / "pages" / name
    if kind is None or not file.is_file():
        raise NoSuchFileError("There is no such file.")
    return Response(file.read_bytes(), content_type=kind)


def check(services: Services) -> Response:
    """The verdict on a pasted text or on the article at an address."""
    asked = read_fields(CheckRequest, read_json(request.get_data()))
    article = article_of(services, asked)
    scored = score_article(services, article, "flagged", asked.url, private=False)
    return jsonify(Checked(article.text, article.title, scored, in_words(scored)))


def state(services: Services) -> Response:
    """Codes that wait, paired clients, and the model."""
    waiting = tuple(
        WaitingPairing(pairing.client, pairing.origin, pairing.code, services.pairings.seconds_left(pairing))
        for pairing in services.pairings.waiting()
    )
    paired = tuple(
        PairedClient(client.id, client.name, client.origin, client.paired_at) for client in services.clients.clients()
    )
    return jsonify(DashboardState(services.detector().id, waiting, paired))


def revoke(services: Services, client_id: str) -> Response:
    """Forget one paired client."""
    if not services.clients.revoke(client_id):
        raise NoSuchClientError("There is no such client; perhaps it was revoked already.")
    return Response(status=204)


def _page_of_owner(services: Services, name: str) -> Response:
    if services.guard.has_cookie(request):
        return _page(name)
    offer_login(services)
    return _page("login.html", status=403)


def _page(name: str, status: int = 200) -> Response:
    response = Response(render_template(name), status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response


DASHBOARD_ROUTES = (
    Route("GET", "/", "open", home, "The dashboard", None, {200: None}),
    Route("GET", "/login", "open", login, "The one-time link", None, {303: None}),
    Route("GET", "/static/<name>", "open", static_file, "A file of the dashboard", None, {200: None}),
    Route("GET", "/dashboard/state", "dashboard", state, "What changes", None, {200: DashboardState}),
    Route("GET", "/history", "open", history_page, "The history", None, {200: None}),
    Route("GET", "/dashboard/history", "dashboard", list_history, "Rows of the history", None, {200: HistoryRows}),
    Route("DELETE", "/dashboard/history", "dashboard", forget, "Forget a site, or all", None, {200: Forgotten}),
    Route("GET", "/compare", "open", compare_page, "Compare two texts", None, {200: None}),
    Route("POST", "/dashboard/compare", "dashboard", compare_sides, "Compare", CompareRequest, {200: Compared}),
    Route("POST", "/dashboard/original", "dashboard", original, "Words", OriginalRequest, {200: OriginalFound}),
    Route("POST", "/dashboard/report", "dashboard", report, "A report to keep", ReportRequest, {200: None}),
    Route("GET", "/labels", "open", labels_page, "The labels", None, {200: None}),
    *LABEL_DASHBOARD_ROUTES,
    Route("GET", "/models", "open", models_page, "The models", None, {200: None}),
    *MODEL_DASHBOARD_ROUTES,
    Route("POST", "/dashboard/check", "dashboard", check, "Check a text or address", CheckRequest, {200: Checked}),
    Route("DELETE", "/dashboard/clients/<client_id>", "dashboard", revoke, "Revoke a client", None, {204: None}),
)
