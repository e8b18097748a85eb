"""The history over HTTP: its rows, and forgetting them. The same for paired clients and for the dashboard."""

import math
import re

from flask import Response, jsonify, request

from server.errors import BadFieldError, HistoryOffError
from server.payloads import Forgotten, HistoryRows
from server.route import Route
from server.services import Services
from server.store.history import History, site_named
from server.store.pages import Query

DEFAULT_LIMIT, MAX_LIMIT = 50, 500
VERDICTS = ("spun", "suspicious", "clean")


def list_history(services: Services) -> Response:
    """Rows of the history, the last seen first."""
    query = Query(_limit(), _before(), _verdict(), _site())
    if services.history is None:
        return jsonify(HistoryRows(on=False, days=0, total=0, pages=(), next=None))
    pages, total = services.history.find(query)
    following = pages[-1].last_seen if len(pages) < total and len(pages) == query.limit else None
    return jsonify(HistoryRows(on=True, days=services.history.days, total=total, pages=pages, next=following))


def forget(services: Services) -> Response:
    """Delete the rows of one site, or all, and the labels and texts of that site, or all."""
    if set(request.args) - {"site"}:  # a misspelt "site" must not wipe everything
        raise BadFieldError('Only "site" may be given: what it names is forgotten, and without it everything.')
    site = _site()
    return jsonify(Forgotten(_history_of(services).forget(site), services.labels.forget(site)))


def _history_of(services: Services) -> History:
    if services.history is None:
        raise HistoryOffError("The history is switched off. To wipe what an earlier run kept: unspun forget --all")
    return services.history


def _site() -> str | None:
    typed = request.args.get("site")
    return None if typed is None else site_named(typed)


def _limit() -> int:
    raw = request.args.get("limit", str(DEFAULT_LIMIT))
    if re.fullmatch(r"[0-9]{1,3}", raw) is None or not 1 <= int(raw) <= MAX_LIMIT:
        raise BadFieldError(f'"limit" must be a whole number from 1 to {MAX_LIMIT}.')
    return int(raw)


def _before() -> float | None:
    raw = request.args.get("before")
    try:
        time = None if raw is None else float(raw)
    except ValueError:
        time = math.nan
    if time is not None and not math.isfinite(time):
        raise BadFieldError('"before" must be a number: seconds since 1970, as in "next".')
    return time


def _verdict() -> str | None:
    verdict = request.args.get("verdict")
    if verdict is not None and verdict not in VERDICTS:
        raise BadFieldError('"verdict" must be "spun" or "suspicious" or "clean".')
    return verdict


HISTORY_ROUTES = (
    Route("GET", "/v1/history", "client", list_history, "Pages that were judged", None, {200: HistoryRows}),
    Route("DELETE", "/v1/history", "client", forget, "Forget a site, or all", None, {200: Forgotten}),
)
