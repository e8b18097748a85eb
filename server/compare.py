"""The comparison of two texts or addresses, for paired clients and for the dashboard alike."""

from typing import Any

from flask import Response, jsonify, request

from comparison import Comparison, compare
from detector.errors import InputError
from server.asked import article_of
from server.compare_words import compared_in_words
from server.errors import BadFieldError, UnreadableError
from server.extract import Article
from server.fields import read_fields, read_json
from server.payloads import CheckRequest, Compared, ComparedSide
from server.services import Services

SIDES = ("a", "b")


def compare_sides(services: Services) -> Response:
    """What the two texts have in common, and what was changed."""
    asked = _asked(read_json(request.get_data()))
    a, b = (article_of(services, side) for side in asked)
    comparison = _compare(services, a, b)
    return jsonify(Compared(_side(a), _side(b), comparison, compared_in_words(comparison)))


def _side(article: Article) -> ComparedSide:
    return ComparedSide(article.title, article.extractor)


def _asked(body: dict[str, Any]) -> list[CheckRequest]:
    """Both sides, checked before any address is fetched."""
    sides = []
    for name in SIDES:
        if not isinstance(body.get(name), dict):
            raise BadFieldError(f'"{name}" must be an object with "text" or "url".')
        side = read_fields(CheckRequest, body[name])
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
