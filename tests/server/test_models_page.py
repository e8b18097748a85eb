"""The models page: figures and papers from an allow-list, promoting what loads and nothing else, and the way back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from detector.artefact import save_model
from server.dashboard import offer_login

CHROMIUM = "/usr/bin/chromium"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
REASON = "hits on pivot: 97.00% before, 91.00% now (400 pages)"
METRICS = {
    "hits": [{"kind": "all tools", "length": 400, "hits": 0.9698}],
    "false_alarms": [
        {"kind": "news", "length": 400, "suspicious_or_worse": 0.002},
        {"kind": "manuals", "length": 400, "suspicious_or_worse": 0.0125},
    ],
    "calibration_error": 0.0028,
}


@pytest.fixture
def models(tmp_path: Path, tiny_built: Any) -> Path:
    """Two models that load, the active "old" and its refused child "new", and one that is damaged."""
    folder = tmp_path / "models"
    retrained = {"labels": 40, "spun": 20, "sites": 9, "gate": [REASON]}
    for name, more in (("old", {}), ("new", {"parents": ["old"], "retrained": retrained}), ("bad", {})):
        save_model(folder / name, tiny_built.manifest | {"id": name, "created": "2026-11-24"} | more, tiny_built.arrays)
    (folder / "bad" / "tables.npz").write_bytes(b"damaged")
    (folder / "old" / "metrics.json").write_text(json.dumps(METRICS))
    (folder / "old" / "figures").mkdir()
    (folder / "old" / "figures" / "roc.png").write_bytes(PIXEL)
    (folder / "old" / "figures" / "notes.txt").write_text("canary")
    (folder / "old" / "figures" / "link.png").symlink_to(folder / "ACTIVE")
    (folder / "new" / "GATE.md").write_text("# Refused\n<script>alert(1)</script>")
    (folder / "old" / "pipeline.joblib").write_text("canary")
    (folder / "ACTIVE").write_text("old\n")
    return folder


@pytest.fixture
def browser(make_desk: Any, models: Path) -> Any:
    """The dashboard of a server with these models."""
    return make_desk(models_dir=str(models)).browser()


def test_models_are_listed_with_what_was_measured_and_why_the_gate_refused(browser: Any) -> None:
    found = browser.call("GET", "/dashboard/models").json
    assert (found["active"], found["previous"]) == ("old", None)
    rows = {row["id"]: row for row in found["models"]}
    assert next(iter(rows)) == "old"
    assert rows["old"]["facts"] == {
        "Spun pages found, 400 words": "97.0% at 1 % false alarms",
        "Human pages flagged, worst genre, 400 words": "1.25% (manuals)",
        "Calibration error": "0.003",
    }
    assert (rows["new"]["parents"], rows["new"]["gate"], rows["new"]["papers"]) == (["old"], [REASON], ["GATE.md"])
    assert rows["new"]["facts"] == {"Learned from": "40 labels (20 spun) of 9 sites"}
    assert (rows["old"]["figures"], rows["old"]["papers"]) == (["roc.png"], [])


def test_a_model_is_promoted_and_rolled_back(browser: Any, models: Path) -> None:
    assert browser.call("POST", "/dashboard/models/new", {}).json == {"active": "new"}
    assert (models / "ACTIVE").read_text() == "new\n"
    assert browser.call("GET", "/dashboard/models").json["previous"] == "old"
    assert browser.call("DELETE", "/dashboard/models/active").json == {"active": "old"}
    again = browser.call("DELETE", "/dashboard/models/active")
    assert (again.status_code, again.json["reason"]) == (409, "model_refused")
    assert (models / "ACTIVE").read_text() == "old\n"


def test_a_damaged_model_is_never_promoted(browser: Any, models: Path) -> None:
    answer = browser.call("POST", "/dashboard/models/bad", {})
    assert (answer.status_code, answer.json["reason"]) == (409, "model_refused")
    assert "damaged" in answer.json["detail"]
    assert (models / "ACTIVE").read_text() == "old\n"


@pytest.mark.parametrize("name", ["nowhere", "..", "%2e%2e", "ACTIVE"])
def test_only_a_model_that_is_there_is_promoted(browser: Any, models: Path, name: str) -> None:
    assert browser.call("POST", f"/dashboard/models/{name}", {}).status_code == 404
    assert (models / "ACTIVE").read_text() == "old\n"


def test_a_figure_is_served_to_the_browser_that_has_the_cookie_only(browser: Any, make_desk: Any, models: Path) -> None:
    answer = browser.call("GET", "/dashboard/models/old/figures/roc.png", X_Unspun="", Origin="", Content_Type="")
    assert (answer.status_code, answer.content_type, answer.data) == (200, "image/png", PIXEL)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    stranger = make_desk(models_dir=str(models)).call("GET", "/dashboard/models/old/figures/roc.png")
    assert stranger.status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "old/figures/notes.txt",
        "old/figures/link.png",
        "old/figures/gone.png",
        "old/figures/..%2fmanifest.json",
        "old/figures/..%2f..%2fACTIVE",
        "..%2fmodels%2fold/figures/roc.png",
        "old/papers/manifest.json",
        "old/papers/pipeline.joblib",
        "old/papers/GATE.md",
        "nowhere/papers/GATE.md",
    ],
)
def test_nothing_else_of_a_model_is_served(browser: Any, path: str) -> None:
    answer = browser.call("GET", f"/dashboard/models/{path}")
    assert answer.status_code == 404
    assert b"canary" not in answer.data


def test_the_gates_report_is_plain_text(browser: Any) -> None:
    answer = browser.call("GET", "/dashboard/models/new/papers/GATE.md")
    assert (answer.content_type, answer.text[:9]) == ("text/plain; charset=utf-8", "# Refused")


@pytest.fixture
def page(playwright: Playwright, serve_desk: Any, models: Path) -> Iterator[Page]:
    """The models page on a phone's screen; fails on any error in the console."""
    desk, _ = serve_desk(models_dir=str(models))
    offer_login(desk.services)
    launched = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    page = launched.new_context(viewport={"width": 360, "height": 740}).new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(desk.said[-1].removeprefix("Dashboard: "))
    page.get_by_role("link", name="Models", exact=True).click()
    yield page
    launched.close()
    assert troubles == []


def test_a_model_is_promoted_after_a_warning_and_rolled_back_on_the_page(page: Page, models: Path) -> None:
    expect(page.locator("h2")).to_have_text(["oldactive", "new", "bad"])
    expect(page.locator(".reasons li")).to_have_text([REASON])
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("document.querySelector('img[alt=roc]').naturalWidth") == 1
    page.get_by_role("button", name="Use model new").click()
    expect(page.locator("#question-words")).to_contain_text("Its gate found it worse than the model before.")
    page.get_by_role("button", name="Leave it").click()
    assert (models / "ACTIVE").read_text() == "old\n"
    page.get_by_role("button", name="Use model new").click()
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("status")).to_have_text("new is active.")
    assert (models / "ACTIVE").read_text() == "new\n"
    page.get_by_role("button", name="Roll back to old").click()
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("status")).to_have_text("old is active again.")
    expect(page.get_by_role("button", name="Roll back")).to_be_hidden()
    assert (models / "ACTIVE").read_text() == "old\n"
