"""The OpenAPI document, made from the route table and the dataclasses it names."""

import json
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from server.errors import PROBLEM_TYPE, Problem
from server.fields import dataclasses_in, json_schema, object_schema
from server.route import Route
from server.version import VERSION

OPENAPI_VERSION = "3.1.0"
PLACEHOLDER = re.compile(r"<(?:(int):)?(\w+)>")
JSON_TYPE = "application/json"


def openapi_document(routes: Iterable[Route]) -> str:
    """The document as JSON text, the same for the same code."""
    routes = tuple(routes)
    paths: dict[str, dict[str, Any]] = {}
    kinds: set[type] = {Problem}
    for route in routes:
        paths.setdefault(PLACEHOLDER.sub(r"{\2}", route.path), {})[route.method.lower()] = _operation(route)
        for kind in (route.takes, *route.gives.values()):
            kinds |= dataclasses_in(kind)
    document = {
        "openapi": OPENAPI_VERSION,
        "info": {"title": "unspun", "version": VERSION},
        "paths": paths,
        "components": {
            "schemas": {kind.__name__: object_schema(kind) for kind in sorted(kinds, key=lambda k: k.__name__)},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return json.dumps(document, indent=1) + "\n"


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {"summary": route.summary, "responses": {}}
    if route.access in ("client", "reader") or route.method == "DELETE":
        operation["security"] = [{"token": []}]
    if PLACEHOLDER.search(route.path):
        operation["parameters"] = [_parameter(*found) for found in PLACEHOLDER.findall(route.path)]
    if route.takes is not None:
        operation["requestBody"] = {"required": True, "content": _content(JSON_TYPE, route.takes)}
    for status, kind in route.gives.items():
        answer: dict[str, Any] = {"description": HTTPStatus(status).phrase}
        if kind is not None:
            answer["content"] = _content(JSON_TYPE, kind)
        operation["responses"][str(status)] = answer
    operation["responses"]["default"] = {
        "description": "What went wrong",
        "content": _content(PROBLEM_TYPE, Problem),
    }
    return operation


def _parameter(kind: str, name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if kind else "string"}}


def _content(media_type: str, kind: type) -> dict[str, Any]:
    return {media_type: {"schema": json_schema(kind)}}
