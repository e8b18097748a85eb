"""The API document is the one that was agreed: tests/contract/openapi.json."""

import json
from pathlib import Path
from typing import Any

from server.openapi import openapi_document
from server.routes import API_ROUTES

CONTRACT = Path(__file__).parents[1] / "contract" / "openapi.json"
REMAKE = "If the change is meant, write openapi_document(API_ROUTES) to tests/contract/openapi.json."


def document() -> dict[str, Any]:
    found = json.loads(openapi_document(API_ROUTES))
    assert isinstance(found, dict)
    return found


def test_the_document_matches_the_contract() -> None:
    assert openapi_document(API_ROUTES) == CONTRACT.read_text("utf-8"), REMAKE


def test_the_server_gives_the_same_document(desk: Any) -> None:
    token = desk.pair()
    assert desk.call("GET", "/v1/openapi.json", Authorization=f"Bearer {token}").text == CONTRACT.read_text("utf-8")


def test_every_reference_leads_somewhere() -> None:
    found = document()

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if "$ref" in node else []
            return own + [name for value in node.values() for name in references(value)]
        return [name for value in node for name in references(value)] if isinstance(node, list) else []

    names = {name.removeprefix("#/components/schemas/") for name in references(found)}
    assert names == set(found["components"]["schemas"])


def test_the_verdict_is_described_field_by_field() -> None:
    verdict = document()["components"]["schemas"]["Scored"]
    assert verdict["properties"]["verdict"] == {"enum": ["spun", "suspicious", "clean", "unscorable"]}
    assert verdict["properties"]["score"] == {"anyOf": [{"type": "number"}, {"type": "null"}]}
    assert verdict["properties"]["near"] == {"type": "array", "items": {"$ref": "#/components/schemas/Near"}}
    assert verdict["properties"]["evidence"] == {"type": "array", "items": {"$ref": "#/components/schemas/Evidence"}}


def test_every_api_path_is_described_with_its_errors() -> None:
    paths = document()["paths"]
    assert {"/v1/health", "/v1/score", "/v1/compare", "/v1/pair", "/v1/model", "/v1/history", "/metrics"} <= set(paths)
    assert {path.replace("{label_id}", "<int:label_id>") for path in paths} == {route.path for route in API_ROUTES}
    (parameter,) = paths["/v1/labels/{label_id}"]["delete"]["parameters"]
    assert (parameter["name"], parameter["in"], parameter["schema"]) == ("label_id", "path", {"type": "integer"})
    for path in paths.values():
        for operation in path.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_an_answer_holds_exactly_the_fields_of_its_schema(desk: Any) -> None:
    schemas = document()["components"]["schemas"]
    token = desk.pair()
    text = {"text": "They were on the incorrect aspect of historical past."}
    verdict = desk.call("POST", "/v1/score", text, Authorization=f"Bearer {token}").json
    assert set(verdict) == set(schemas["Scored"]["properties"])
    assert set(verdict["evidence"][0]) == set(schemas["Evidence"]["properties"])
    assert set(desk.call("GET", "/v1/health").json) == set(schemas["Health"]["properties"])
    assert set(desk.call("GET", "/nowhere").json) == set(schemas["Problem"]["properties"])
