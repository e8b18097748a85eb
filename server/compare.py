"""The comparison of two texts or addresses, for paired clients and for the dashboard alike."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Response, jsonify, request

from comparison import Comparison, compare
from detector.errors import InputError
from server.asked import article_of
from server.compare_report import report_html, report_name
from server.compare_words import compared_in_words
from server.errors import BadFieldError, UnreadableError
from server.extract import Article
from server.fields import read_fields, read_json
from server.payloads import CheckRequest, Compared, ComparedSide, SideRequest
from server.report import MEDIA_TYPES, ReportFormat
from server.services import Services

SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class _Form:
    format: ReportFormat = "json"


def compare_sides(services: Services) -> Response:
    """What the two texts have in common, and what was changed."""
    body = read_json(request.get_data())
    asked, form = _asked(body), read_fields(_Form, body).format
    a, b = (_article(services, side) for side in asked)
    comparison = _compare(services, a, b)
    if form == "html":
        names = [article.title or side.url or name for article, side, name in zip((a, b), asked, SIDES, strict=True)]
        response = Response(report_html(comparison, names[0], names[1]), content_type=MEDIA_TYPES["html"])
        response.headers["Content-Disposition"] = f'attachment; filename="{report_name(comparison, datetime.now())}"'
        return response
    return jsonify(Compared(_side(a), _side(b), comparison, compared_in_words(comparison)))


def _side(article: Article) -> ComparedSide:
    return ComparedSide(article.title, article.extractor)


def _article(services: Services, side: SideRequest) -> Article:
    article = article_of(services, CheckRequest(side.text, side.url))
    return article if article.title else replace(article, title=side.title or None)


def _asked(body: dict[str, Any]) -> list[SideRequest]:
    """Both sides, checked before any address is fetched."""
    sides = []
    for name in SIDES:
        if not isinstance(body.get(name), dict):
            raise BadFieldError(f'"{name}" must be an object with "text" or "url".')
        side = read_fields(SideRequest, body[name])
        if (side.text is None) == (side.url is None):
            raise BadFieldError(f'"{name}" must have either "text" or "url".')
        sides.append(side)
    return sides


def _compare(services: Services, a: Article, b: Article) -> Comparison:
    detector = services.detector()

    def job() -> Comparison:
        return compare(a.text, b.text, lambda text: detector.score(text, evidence="none").score)

    try:
        return services.workers.run(job)
    except InputError as exc:
        raise UnreadableError(str(exc), exc.reason) from exc
