"""What a reader sees on spun, honest and other pages."""

from playwright.sync_api import Page

from tests.e2e.chromium import QUIET_S, Browser
from tests.e2e.news_page import article_html, news_page, plain_page, sample
from tests.e2e.programs import Site, wait_for

DOM = "document.documentElement.cloneNode(true).outerHTML"


def test_a_spun_article_is_flagged_on_badge_popup_and_page(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    state = paired.settle(page, "verdict")

    assert state["verdict"]["verdict"] == "spun"
    assert paired.badge(page) == "!"
    assert "very likely rewritten" in paired.title(page)
    assert len(state["verdict"]["evidence"]) >= 15

    popup = paired.popup(page)
    assert "This text was very likely rewritten by software" in popup.inner_text("#state")
    assert "human-written articles of this length" in popup.inner_text("#state")
    assert popup.locator(".finding").count() >= 15


def test_every_marked_phrase_is_the_phrase_the_server_named(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    evidence = paired.settle(page, "verdict")["verdict"]["evidence"]
    marked = wait_for("marks in the page", lambda: paired.highlighted(page))

    assert sorted(marked) == sorted(finding["text"] for finding in evidence)


def test_an_honest_article_shows_nothing(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/honest", news_page(sample("honest"))))
    state = paired.settle(page, "verdict")

    assert state["verdict"]["verdict"] == "clean"
    assert paired.badge(page) == ""
    assert paired.highlighted(page) == []
    assert "No sign of word-swapping" in paired.popup(page).inner_text("#state")


def test_a_page_that_is_no_article_is_left_alone(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/form", plain_page()))
    paired.settle(page, "not_article")

    assert paired.badge(page) == ""
    assert "No article here" in paired.popup(page).inner_text("#state")


def test_the_page_gains_one_element_and_no_other_change(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    wait_for("marks in the page", lambda: paired.highlighted(page))
    after = str(page.evaluate(DOM))
    paired.store(sitesOff=["127.0.0.1"])
    page.reload()
    page.wait_for_timeout(QUIET_S * 1000)

    assert after.replace("<unspun-tooltip></unspun-tooltip>", "") == str(page.evaluate(DOM))
    assert after.count("<unspun-tooltip></unspun-tooltip>") == 1


def test_pointing_at_a_phrase_shows_what_it_probably_was(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    wait_for("marks in the page", lambda: paired.highlighted(page))
    point_at(page, "its historical past")
    shown = wait_for("the tooltip", lambda: paired.tooltip(page))
    assert shown[:1] == ["its historical past"]
    assert "its history" in shown

    page.keyboard.press("Escape")
    wait_for("the tooltip to go", lambda: paired.tooltip(page) == [])


def test_a_page_with_a_strict_content_policy_is_marked_all_the_same(paired: Browser, site: Site) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"
    page = paired.open(site.put("/strict", news_page(sample("spun")).replace("<head>", f"<head>{policy}")))
    assert len(wait_for("marks in the page", lambda: paired.highlighted(page))) >= 15
    point_at(page, "its historical past")
    wait_for("the tooltip", lambda: paired.tooltip(page))


def test_a_tab_survives_an_update_of_the_extension(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    marked = wait_for("marks in the page", lambda: paired.highlighted(page))
    paired.run_page_side_again(page)
    wait_for(
        "the new page side's check", lambda: paired.status(page) == "verdict" and paired.highlighted(page) == marked
    )
    assert page.locator("unspun-tooltip").count() == 1
    point_at(page, "its historical past")
    wait_for("the tooltip", lambda: paired.tooltip(page))


def test_a_verdict_outlives_the_worker(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    paired.settle(page, "verdict")
    popup = paired.popup(page)
    paired.stop_worker(popup)
    popup.reload()
    popup.locator("#state").get_by_text("very likely rewritten by software").wait_for()
    popup.locator("#state").get_by_text("Checking").wait_for(state="detached")
    popup.get_by_role("button", name="Check again").click()
    popup.locator("#state").get_by_text("very likely rewritten by software").wait_for()


def test_a_click_on_a_finding_brings_it_into_view(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    wait_for("marks in the page", lambda: paired.highlighted(page))
    popup = paired.popup(page)
    popup.locator(".finding").last.click()
    pulsed = wait_for("the pulse", lambda: page.evaluate("[...(CSS.highlights.get('unspun-pulse') ?? [])].map(String)"))
    assert pulsed == [popup.locator(".finding .phrase").last.inner_text()]


def test_an_article_that_arrives_late_is_checked(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/late", plain_page()))
    paired.settle(page, "not_article")
    page.evaluate("(html) => { document.body.innerHTML = html }", article_html(sample("spun")))

    assert paired.settle(page, "verdict")["verdict"]["verdict"] == "spun"


def test_a_page_that_swaps_its_article_in_place_is_checked_again(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    wait_for("marks in the page", lambda: paired.highlighted(page))
    page.evaluate(
        "(html) => { history.pushState({}, '', '/honest'); document.querySelector('main').innerHTML = html }",
        article_html(sample("honest")),
    )
    wait_for("the marks to go", lambda: paired.highlighted(page) == [])
    wait_for("a clean verdict", lambda: verdict_of(paired, page) == "clean")
    assert paired.badge(page) == ""


def test_a_jump_within_the_page_keeps_the_verdict(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    marked = wait_for("marks in the page", lambda: paired.highlighted(page))
    page.evaluate("location.hash = 'comments'")
    page.wait_for_timeout(QUIET_S * 1000)

    assert paired.badge(page) == "!"
    assert paired.highlighted(page) == marked


def test_the_back_button_brings_the_verdict_back(paired: Browser, site: Site) -> None:
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    paired.settle(page, "verdict")
    page.goto(site.put("/honest", news_page(sample("honest"))))
    wait_for("a clean verdict", lambda: verdict_of(paired, page) == "clean")
    page.go_back()
    wait_for("the spun verdict", lambda: verdict_of(paired, page) == "spun")
    assert wait_for("marks in the page", lambda: paired.highlighted(page))


def test_hostile_text_stays_text(paired: Browser, site: Site) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"> "
    text = sample("spun").replace("synthetic intelligence", f"synthetic intelligence {attack}")
    page = paired.open(site.put("/hostile", news_page(text)))
    state = paired.settle(page, "verdict")
    key = f"tab:{paired.tab_id(page)}"
    for finding in state["verdict"]["evidence"]:
        finding["text"] = finding["why"] = attack
    paired.worker.evaluate("([key, state]) => chrome.storage.session.set({[key]: state})", [key, state])
    popup = paired.popup(page)

    assert popup.locator("img").count() == 1  # our own icon
    assert "<img src=x onerror=" in popup.inner_text("#state")
    assert popup.title() == "unspun"


def verdict_of(browser: Browser, page: Page) -> str | None:
    state = browser.state(page) or {}
    label: str | None = state.get("verdict", {}).get("verdict")
    return label


def point_at(page: Page, phrase: str) -> None:
    """Bring the phrase into view and move the mouse onto it."""
    page.mouse.move(*middle_of(page, phrase, "range.startContainer.parentElement.scrollIntoView({block: 'center'})"))


def middle_of(page: Page, phrase: str, first: str = "") -> tuple[float, float]:
    """Where in the window the phrase stands."""
    x, y = page.evaluate(
        """(phrase) => {
          const walker = document.createTreeWalker(document.body, 4);
          while (walker.nextNode() && !walker.currentNode.data.includes(phrase));
          const range = document.createRange();
          const at = walker.currentNode.data.indexOf(phrase);
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + phrase.length);
          FIRST;
          const box = range.getClientRects()[0];
          return [box.left + box.width / 2, box.top + box.height / 2];
        }""".replace("FIRST", first),
        phrase,
    )
    return x, y
