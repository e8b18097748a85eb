"""Labels over HTTP: giving and undoing them for clients; lists, queue, decisions and export for the dashboard."""

import json
import re
from collections.abc import Iterator
from typing import get_args

from flask import Response, g, jsonify, request

from detector import Verdict
from server.errors import BadFieldError, NoSuchLabelError, TextsOffError
from server.fields import read_fields, read_json
from server.label_payloads import DecideRequest, Labelled, LabelQueue, LabelRequest, LabelRows, SkipRequest
from server.payloads import Checked, Scored
from server.route import Route
from server.services import Services
from server.store.history import site_named
from server.store.label_lists import LabelQuery, State, count_texts, export_rows, find_texts, queue, read_text
from server.store.labels import LabelName, NewLabel
from server.words import in_words

DASHBOARD = "dashboard"
MAX_ID_CHARS = 100
DEFAULT_LIMIT, MAX_LIMIT = 50, 500
QUEUE_LIMIT = 50
LABEL_NAMES: tuple[LabelName, ...] = get_args(LabelName)
STATES: tuple[State, ...] = get_args(State)


def add_label(services: Services) -> Response:
    """Keep a client's label of a text."""
    return _add(services, g.client.id, g.client.name)


def add_own_label(services: Services) -> Response:
    """Keep a label that was given on the dashboard."""
    return _add(services, DASHBOARD, DASHBOARD)


def undo_label(services: Services, label_id: int) -> Response:
    """Take back one of the client's own labels."""
    return _undo(services, label_id, g.client.id)


def undo_any_label(services: Services, label_id: int) -> Response:
    """Take back a label, whoever gave it."""
    return _undo(services, label_id, None)


def list_labels(services: Services) -> Response:
    """Texts with their labels, the last labelled first."""
    query = LabelQuery(_state(), _label(), _site(), _whole("before", None), _whole("limit", DEFAULT_LIMIT) or 1)
    texts = find_texts(services.labels, query)
    last = texts[-1] if len(texts) == query.limit else None
    following = None if last is None else last.labels[0].id if last.labels else last.id
    store = services.labels
    return jsonify(LabelRows(count_texts(store), store.keep_texts, store.label_days, texts, following))


def list_queue(services: Services) -> Response:
    """What to label next."""
    thresholds = services.detector().manifest["thresholds"]
    found = queue(services.labels, thresholds, QUEUE_LIMIT)
    return jsonify(LabelQueue(count_texts(services.labels), services.labels.keep_texts, found))


def show_text(services: Services, text_id: int) -> Response:
    """A kept text with the verdict of today's model."""
    row = read_text(services.labels, text_id)
    if row is None or row["text"] is None:
        raise NoSuchLabelError("This text is not kept here; perhaps it was forgotten.")
    text: str = row["text"]
    verdict = _judge(services, text)
    return jsonify(Checked(text, row["title"], Scored.of(verdict, ()), in_words(verdict)))


def skip(services: Services) -> Response:
    """Put something at the end of the queue."""
    asked = read_fields(SkipRequest, read_json(request.get_data()))
    services.labels.skip(asked.text, asked.url)
    return Response(status=204)


def decide(services: Services, text_id: int) -> Response:
    """Say what a text is whose labels contradict each other."""
    asked = read_fields(DecideRequest, read_json(request.get_data()))
    return _done(services.labels.decide(text_id, asked.label))


def drop_text(services: Services, text_id: int) -> Response:
    """Delete a text and all that was said of it."""
    return _done(services.labels.drop_text(text_id))


def export_labels(services: Services) -> Response:
    """Every text that counts as something, as JSONL."""

    def lines() -> Iterator[str]:
        for row in export_rows(services.labels):
            yield json.dumps(row) + "\n"

    headers = {"Content-Disposition": 'attachment; filename="unspun-labels.jsonl"'}
    return Response(lines(), content_type="application/jsonl; charset=utf-8", headers=headers)


def _add(services: Services, client: str, who: str) -> Response:
    asked = read_fields(LabelRequest, read_json(request.get_data()))
    if not asked.text.strip():
        raise BadFieldError('"text" is empty. Send the text that the label is about.')
    if asked.client_id is not None and not 0 < len(asked.client_id) <= MAX_ID_CHARS:
        raise BadFieldError(f'"client_id" must have 1 to {MAX_ID_CHARS} characters.')
    if asked.label is None and not services.labels.keep_texts:
        raise TextsOffError(
            "Texts are not kept, so none can wait for a label. Start the server without --no-keep-texts."
        )
    verdict = _judge(services, asked.text)
    new = NewLabel(asked.text, asked.label, verdict, client, who, asked.url, asked.title, asked.client_id)
    added = services.labels.add(new)
    learnable = services.labels.keep_texts and verdict.score is not None
    done = Labelled(added.id, added.text, added.new, added.merged, added.contradiction, learnable)
    answer = jsonify(done)
    answer.status_code = 201 if added.new else 200
    return answer


def _judge(services: Services, text: str) -> Verdict:
    detector = services.detector()
    return services.workers.run(lambda: detector.score(text, evidence="flagged"))


def _undo(services: Services, label_id: int, client: str | None) -> Response:
    return _done(services.labels.undo(label_id, client))


def _done(found: bool) -> Response:
    if not found:
        raise NoSuchLabelError("There is no such label; perhaps it was taken back already.")
    return Response(status=204)


def _state() -> State:
    state = request.args.get("state", "labelled")
    for known in STATES:
        if state == known:
            return known
    raise BadFieldError(f'"state" must be {_one_of(STATES)}.')


def _label() -> LabelName | None:
    label = request.args.get("label")
    for known in (None, *LABEL_NAMES):
        if label == known:
            return known
    raise BadFieldError(f'"label" must be {_one_of(LABEL_NAMES)}.')


def _site() -> str | None:
    typed = request.args.get("site")
    return None if typed is None else site_named(typed)


def _whole(name: str, default: int | None) -> int | None:
    raw = request.args.get(name)
    if raw is None:
        return default
    if re.fullmatch(r"[0-9]{1,15}", raw) is None or (name == "limit" and not 1 <= int(raw) <= MAX_LIMIT):
        raise BadFieldError(f'"{name}" must be a whole number{f" from 1 to {MAX_LIMIT}" if name == "limit" else ""}.')
    return int(raw)


def _one_of(words: tuple[str, ...]) -> str:
    return " or ".join(f'"{word}"' for word in words)


LABEL_ROUTES = (
    Route(
        "POST", "/v1/labels", "client", add_label, "Say what a text is", LabelRequest, {201: Labelled, 200: Labelled}
    ),
    Route("DELETE", "/v1/labels/<int:label_id>", "client", undo_label, "Take a label back", None, {204: None}),
)
LABEL_DASHBOARD_ROUTES = (
    Route("GET", "/dashboard/labels", "dashboard", list_labels, "Labelled texts", None, {200: LabelRows}),
    Route("POST", "/dashboard/labels", "dashboard", add_own_label, "Label", LabelRequest, {201: Labelled}),
    Route("DELETE", "/dashboard/labels/<int:label_id>", "dashboard", undo_any_label, "Undo", None, {204: None}),
    Route("GET", "/dashboard/labels/queue", "dashboard", list_queue, "What to label next", None, {200: LabelQueue}),
    Route("GET", "/dashboard/labels/export", "dashboard", export_labels, "All labels as JSONL", None, {200: None}),
    Route("POST", "/dashboard/labels/skip", "dashboard", skip, "Label it later", SkipRequest, {204: None}),
    Route("GET", "/dashboard/texts/<int:text_id>", "dashboard", show_text, "A kept text", None, {200: Checked}),
    Route("POST", "/dashboard/texts/<int:text_id>", "dashboard", decide, "Decide", DecideRequest, {204: None}),
    Route("DELETE", "/dashboard/texts/<int:text_id>", "dashboard", drop_text, "Delete a text", None, {204: None}),
)
