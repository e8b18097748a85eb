"""The evidence report: what it says, that it is safe and whole, and how it is had."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from detector import Evidence, Family, Verdict
from server.report import Piece, Report, paragraphs_of, report_bytes, report_name, rows_of

CHROMIUM = "/usr/bin/chromium"
AT = datetime(2026, 11, 24, 9, 5, 7, tzinfo=timezone(timedelta(hours=1)))
TEXT = (
    "😀 They stood on the incorrect aspect of historical past.\n\nThat HISTORICAL PAST <b>odd & new</b> weighs.\nEnd."
)
SPUN = "😀 They were on the <script>alert(1)</script> incorrect aspect of historical past."


def found(words: str, original: str | None, weight: float, nth: int = 0, text: str = TEXT) -> Evidence:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    start = len(text[:at].encode("utf-16-le")) // 2
    return Evidence(start, start + len(words), words, weight, "dictionary swap", original)


EVIDENCE = (
    found("incorrect aspect", "wrong side", 2.0),
    found("historical past", "history", 2.5),
    found("HISTORICAL PAST", "history", 1.0),
    found("odd & new", None, 9.0),
)


def verdict(evidence: tuple[Evidence, ...] = EVIDENCE, **changes: Any) -> Verdict:
    values: dict[str, Any] = {
        **{"verdict": "spun", "reason": None, "score": 7.31, "probability": 0.998, "false_alarm_rate": 0.0005},
        **{"words": 1234, "spun_share": 0.81, "family": Family("pivot", 0.93), "evidence": evidence},
        **{"windows": (), "model": "fake-1", "marks": ("look-alike letters",), "extractor": "trafilatura-fast"},
    }
    return Verdict(**values | changes)


def report(text: str = TEXT, judged: Verdict | None = None, **changes: Any) -> Report:
    values: dict[str, Any] = {
        **{"text": text, "verdict": judged or verdict(), "url": "https://news.example/a?b=1&c=2"},
        **{"title": "A <i>headline</i>", "at": AT, "thresholds": {"suspicious": 0.01, "spun": 0.001}},
    }
    return Report(**values | changes)


def html_of(made: Report) -> str:
    return report_bytes(made, "html").decode("utf-8")


def test_the_same_swap_is_one_row_and_the_most_telling_comes_first() -> None:
    assert [(row.number, row.found.text, row.times) for row in rows_of(verdict())] == [
        (1, "odd & new", 1),
        (2, "historical past", 2),
        (3, "incorrect aspect", 1),
    ]


def test_the_text_is_cut_at_its_findings_although_an_emoji_stands_before_them() -> None:
    odd, past, aspect = rows_of(verdict())
    assert paragraphs_of(TEXT, verdict()) == [
        [
            Piece("😀 They stood on the "),
            Piece("incorrect aspect", aspect, 1, True),
            Piece(" of "),
            Piece("historical past", past, 1, True),
            Piece("."),
        ],
        [
            Piece("That "),
            Piece("HISTORICAL PAST", past, 1, False),
            Piece(" <b>"),
            Piece("odd & new", odd, 3, True),
            Piece("</b> weighs."),
        ],
        [Piece("End.")],
    ]


def test_a_finding_inside_another_is_left_out_of_the_text_and_none_of_it_is_lost() -> None:
    inner = found("past", None, 1.0)
    pieces = paragraphs_of("historical past", verdict((Evidence(0, 15, "historical past", 1, "odd"), inner)))
    assert ["".join(piece.text for piece in line) for line in pieces] == ["historical past"]


def test_no_word_of_the_text_is_lost_or_added() -> None:
    shown = "".join(piece.text for line in paragraphs_of(TEXT, verdict()) for piece in line)
    assert shown == TEXT.replace("\n", "")


def test_the_json_is_the_verdict_with_where_when_and_of_what() -> None:
    row = json.loads(report_bytes(report("😀 a"), "json"))
    assert row == {
        "url": "https://news.example/a?b=1&c=2",
        "title": "A <i>headline</i>",
        "time": "2026-11-24T09:05:07+01:00",
        "text_sha256": "e94da33053c1dc7ddde301e6af07158801c3d733b5ceba45e020ccd6e9997474",
        "version": "0.1.0",
        **verdict().as_json(),
        "text": "😀 a",
    }


def test_the_file_is_named_by_day_and_text() -> None:
    assert report_name(report("abc"), "html") == "unspun-report-2026-11-24-ba7816bf.html"


@pytest.mark.parametrize("form", ["html", "json"])
def test_broken_characters_do_not_stop_a_report(form: Any) -> None:
    text = "\ud800 one \x00 two"
    made = report(text, verdict((Evidence(0, 1, "\ud800", 1.0, "odd"),)), title="\udfff", url="\udfff")
    assert report_bytes(made, form)


def test_the_page_says_it_all_in_words() -> None:
    page = html_of(report())
    for words in [
        "Very likely rewritten by a synonym spinner",
        "About 1 in 2,000 human-written articles of this length score this high.",
        "81 % of the text looks spun.",
        "https://news.example/a?b=1&amp;c=2",
        "A &lt;i&gt;headline&lt;/i&gt;",
        "24 November 2026, 09:05:07 UTC+01:00",
        "1,234",
        "pivot (93 % sure), a family of spinning software",
        "4, of which 3 differ",
        "look-alike letters",
        report().text_sha256,
        "unspun 0.1.0, model <code>fake-1</code>",
        "trafilatura-fast",
        "1 in 100 human-written articles",
        "“very likely” at 1 in 1,000",
        "It does not show who did so",
    ]:
        assert words in page


def test_a_clean_text_is_not_called_proven_honest() -> None:
    clean = verdict((), verdict="clean", false_alarm_rate=0.4, spun_share=0.0, family=None, marks=(), extractor=None)
    page = html_of(report(judged=clean, url=None, title=None))
    assert "That does not prove that a person wrote it" in page
    assert "About 40 in 100 human-written articles of this length score this high." in page
    assert "none given" in page
    assert "<h2>Findings" not in page and 'type="radio"' not in page and "replaces words by synonyms" not in page


def test_a_text_that_was_not_judged_says_so() -> None:
    none = dict.fromkeys(("score", "probability", "false_alarm_rate", "spun_share", "family"))
    page = html_of(report(judged=verdict((), verdict="unscorable", reason="too_short", **none)))
    assert "The text is too short to judge." in page
    assert "says nothing about how it was written" in page


def test_the_page_asks_for_nothing_from_elsewhere_and_holds_no_script() -> None:
    page = html_of(report(SPUN, verdict((found("historical past", "<img src=x>", 1.0, text=SPUN),))))
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    for sign in ("<script", "<img", "<link", "src=", "url(", "@import", 'href="http'):
        assert sign not in page.replace("&lt;img src=x&gt;", "")


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    launched = playwright.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=False)
    yield launched
    launched.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A report opened from a disk by a browser that is offline; fails when it asks for anything or complains."""
    file = tmp_path / "report.html"
    file.write_bytes(report_bytes(report(), "html"))
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("request", lambda request: None if request.url == file.as_uri() else troubles.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert troubles == []


def test_in_a_browser_the_likely_originals_stand_above_and_can_take_the_findings_place(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Very likely rewritten by a synonym spinner")
    expect(page.locator("mark rt").first).to_be_visible()
    page.get_by_label("as found").check()
    expect(page.locator("mark rt").first).to_be_hidden()
    expect(page.locator("mark .here").first).to_be_visible()
    page.get_by_label("un-spun wording").check()
    first = page.locator(".text p").first
    assert first.inner_text().replace("\n", "") == "😀 They stood on the wrong side3 of history2."
    expect(page.get_by_text("A reconstruction, not a quotation")).to_be_visible()
    expect(page.locator("mark", has_text="odd & new")).to_be_visible()


def test_numbers_lead_from_the_text_to_the_list_and_back(page: Page) -> None:
    page.locator("sup a", has_text="1").click()
    expect(page.locator("tr:target")).to_contain_text("odd & new")
    page.locator("td.number a", has_text="2").click()
    expect(page.locator("mark:target")).to_contain_text("historical past")


def test_nothing_is_wider_than_a_phone_or_a_sheet_of_paper(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 650, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 650
    expect(page.locator("#both")).to_be_hidden()
    expect(page.locator("mark rt").first).to_be_visible()
    assert page.locator("mark.w3").first.evaluate("e => getComputedStyle(e).textDecorationStyle") == "solid"
    assert page.locator("mark.w1").first.evaluate("e => getComputedStyle(e).textDecorationStyle") == "dotted"


def ask(desk: Any, body: Any) -> Any:
    return desk.call("POST", "/v1/report", body, Authorization=f"Bearer {desk.pair()}")


def test_a_paired_client_gets_the_page_as_a_file(desk: Any) -> None:
    answer = ask(
        desk, {"text": SPUN, "url": "https://a.example/", "title": "A\u202e title", "extractor": "readability"}
    )
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    name = answer.headers["Content-Disposition"].removeprefix('attachment; filename="').removesuffix('"')
    assert name.startswith("unspun-report-20") and name.endswith(".html")
    assert "A title" in answer.text and "https://a.example/" in answer.text and "readability" in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text and "<script" not in answer.text


def test_or_as_json(desk: Any) -> None:
    answer = ask(desk, {"text": SPUN, "format": "json"})
    assert answer.headers["Content-Disposition"].endswith('.json"')
    assert (answer.json["verdict"], answer.json["text"], answer.json["url"]) == ("spun", SPUN, None)
    assert datetime.fromisoformat(answer.json["time"]).tzinfo is not None
    first = answer.json["evidence"][0]
    units = answer.json["text"].encode("utf-16-le")
    assert units[2 * first["start"] : 2 * first["end"]].decode("utf-16-le") == "historical past"


def test_another_format_is_refused(desk: Any) -> None:
    answer = ask(desk, {"text": SPUN, "format": "pdf"})
    assert (answer.status_code, answer.json["detail"]) == (400, '"format" must be "html" or "json".')


def test_the_call_needs_a_token_on_one_path_and_the_cookie_on_the_other(desk: Any) -> None:
    assert desk.call("POST", "/v1/report", {"text": SPUN}).status_code == 401
    assert desk.call("POST", "/dashboard/report", {"text": SPUN}).status_code == 403
    assert desk.browser().call("POST", "/dashboard/report", {"text": SPUN}).status_code == 200
