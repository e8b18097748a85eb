"""The API's routes, in one table: path, who may call, what goes in and out. Guard and OpenAPI read the same table."""

from flask import Response, g, jsonify, request

from detector.verdict import API_VERSION
from server.compare import compare_sides
from server.errors import BadFieldError
from server.evidence import original, report
from server.extract import Article
from server.fields import read_fields, read_json
from server.history import HISTORY_ROUTES
from server.labels import LABEL_ROUTES
from server.metrics import CONTENT_TYPE
from server.models import EvidenceChoice
from server.openapi import openapi_document
from server.original import OriginalFound
from server.payloads import (
    Compared,
    CompareRequest,
    Health,
    ModelSummary,
    OriginalRequest,
    PairDone,
    PairRequest,
    PairStarted,
    ReportRequest,
    Scored,
    ScoreRequest,
)
from server.printable import printable
from server.route import Route
from server.services import Services
from server.tables import tables, wording
from server.version import APP_NAME, VERSION

MAX_NAME_CHARS = 80


def health(services: Services) -> Response:
    """Is this unspun, and which model is it serving?"""
    detector = services.detector()
    thresholds = detector.manifest["thresholds"]
    return jsonify(Health(APP_NAME, VERSION, API_VERSION, detector.id, thresholds))


def score(services: Services) -> Response:
    """The verdict on one text."""
    asked = read_fields(ScoreRequest, read_json(request.get_data()))
    article = Article(asked.text, asked.title, None)
    return jsonify(score_article(services, article, asked.evidence, asked.url, asked.private).as_json())


def score_article(
    services: Services, article: Article, evidence: EvidenceChoice, url: str | None, private: bool
) -> Scored:
    """Score within the queue and the time limit, count the verdict, and keep it unless it is private."""
    detector = services.detector()

    def job() -> Scored:
        verdict = detector.score(article.text, evidence=evidence).with_extractor(article.extractor)
        if services.history is None or private:
            return Scored.of(verdict, ())
        return Scored.of(verdict, services.history.remember(article.text, verdict, url, article.title))

    scored = services.workers.run(job)
    services.metrics.count_verdict(scored.verdict)
    return scored


def pair(services: Services) -> Response:
    """Begin a pairing, or end it with the code."""
    asked = read_fields(PairRequest, read_json(request.get_data()))
    origin = request.headers["Origin"]
    if asked.pairing is not None:
        return _finish_pairing(services, asked.pairing, asked.code, origin)
    if asked.client is None:
        raise BadFieldError('Send "client" to begin a pairing, or "pairing" and "code" to end it.')
    return _start_pairing(services, asked.client, origin)


def _start_pairing(services: Services, client: str, origin: str) -> Response:
    pairing = services.pairings.start(printable(client, MAX_NAME_CHARS) or "a browser", origin)
    services.announce(f"Pairing code: {pairing.code}  (for {pairing.client}, {origin}; lives 3 minutes)")
    answer = jsonify(PairStarted(pairing.id, services.pairings.seconds_left(pairing)))
    answer.status_code = 201
    return answer


def _finish_pairing(services: Services, pairing_id: str, code: str | None, origin: str) -> Response:
    if code is None:
        raise BadFieldError('"code" is missing. It must be the six digits the server shows.')
    pairing = services.pairings.finish(pairing_id, code, origin)
    client, token = services.clients.add(pairing.client, origin)
    services.announce(f"Paired: {client.name}")
    return jsonify(PairDone(token, client.id))


def unpair(services: Services) -> Response:
    """Forget the client that asks."""
    services.clients.revoke(g.client.id)
    return Response(status=204)


def model(services: Services) -> Response:
    """The active model and its manifest."""
    detector = services.detector()
    return jsonify(ModelSummary(detector.id, detector.manifest))


def metrics(services: Services) -> Response:
    """Counts for Prometheus."""
    return Response(services.metrics.as_text(), content_type=CONTENT_TYPE)


def openapi(services: Services) -> Response:
    """The OpenAPI document of the API."""
    return Response(openapi_document(API_ROUTES), content_type="application/json")


API_ROUTES = (
    Route("GET", "/v1/health", "open", health, "Is the server there?", None, {200: Health}),
    Route("POST", "/v1/score", "client", score, "Score one text", ScoreRequest, {200: Scored}),
    Route("POST", "/v1/compare", "client", compare_sides, "Compare two texts", CompareRequest, {200: Compared}),
    Route("POST", "/v1/original", "client", original, "Words to search with", OriginalRequest, {200: OriginalFound}),
    Route("POST", "/v1/report", "client", report, "A report to keep", ReportRequest, {200: None}),
    Route("POST", "/v1/pair", "pair", pair, "Pair a browser", PairRequest, {201: PairStarted, 200: PairDone}),
    Route("DELETE", "/v1/pair", "client", unpair, "Revoke this client", None, {204: None}),
    Route("GET", "/v1/model", "client", model, "The active model", None, {200: ModelSummary}),
    Route("GET", "/v1/model/tables", "client", tables, "What the model weighs", None, {200: None}),
    Route("GET", "/v1/model/wording", "client", wording, "Its dictionaries", None, {200: None, 204: None}),
    *HISTORY_ROUTES,
    *LABEL_ROUTES,
    Route("GET", "/v1/openapi.json", "reader", openapi, "This document", None, {200: None}),
    Route("GET", "/metrics", "reader", metrics, "Counts for Prometheus", None, {200: None}),
)
