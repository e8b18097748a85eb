"""Pairing, a server that is down, something else on its port, and the browsers' Local Network Access rules."""

from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.e2e.chromium import QUIET_S, Browser, chromium
from tests.e2e.news_page import article_html, news_page, plain_page, sample
from tests.e2e.programs import Listener, Server, Site, wait_for


def test_pairing_by_code_from_the_popup_leads_to_a_verdict(browser: Browser, server: Server, site: Site) -> None:
    browser.store(port=server.port)
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    assert browser.settle(page, "verdict")["engine"] == "browser"

    popup = browser.popup(page)
    popup.get_by_text("Add unspun's server").click()
    popup.get_by_role("button", name="Get a code").click()
    popup.get_by_label("Six-digit code").fill(server.pairing_code())
    popup.get_by_role("button", name="Pair", exact=True).click()

    popup.locator("#state").get_by_text("Checked by unspun on this computer").wait_for()
    popup.locator("#state").get_by_text("very likely rewritten by software").wait_for()
    assert popup.locator("details").count() == 0
    assert browser.badge(page) == "!"


def test_a_wrong_code_is_counted_and_the_fifth_ends_the_pairing(browser: Browser, server: Server) -> None:
    browser.store(port=server.port)
    options = browser.options()
    options.get_by_role("button", name="Get a code").click()
    wrong = "000000" if server.pairing_code() != "000000" else "111111"
    for left in (4, 3, 2, 1):
        options.get_by_label("Six-digit code").fill(wrong)
        options.get_by_role("button", name="Pair", exact=True).click()
        options.get_by_text(f"That is not the code. Tries left: {left}.").wait_for()
    options.get_by_label("Six-digit code").fill(wrong)
    options.get_by_role("button", name="Pair", exact=True).click()
    options.get_by_text("Too many wrong codes. Get a new one.").wait_for()


def test_a_code_of_the_wrong_shape_is_not_sent(browser: Browser, server: Server) -> None:
    browser.store(port=server.port)
    options = browser.options()
    options.get_by_role("button", name="Get a code").click()
    options.get_by_label("Six-digit code").fill("12345")
    options.get_by_role("button", name="Pair", exact=True).click()
    options.get_by_text("The code has six digits.").wait_for()
    options.get_by_label("Six-digit code").fill(server.pairing_code())
    options.get_by_role("button", name="Pair", exact=True).click()
    options.get_by_text("This browser is paired.").wait_for()


def test_a_check_in_the_page_does_not_wipe_the_typed_code(browser: Browser, server: Server, site: Site) -> None:
    browser.store(port=server.port)
    page = browser.open(site.put("/spun", news_page(sample("spun"))))
    browser.settle(page, "verdict")
    popup = browser.popup(page)
    popup.get_by_text("Add unspun's server").click()
    popup.get_by_role("button", name="Get a code").click()
    popup.get_by_label("Six-digit code").fill("123")
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", article_html(sample("honest")))
    page.wait_for_timeout(QUIET_S * 1000)
    assert popup.get_by_label("Six-digit code").input_value() == "123"


def test_unpairing_makes_the_token_useless(paired: Browser, site: Site) -> None:
    token = paired.worker.evaluate("async () => (await chrome.storage.local.get('token')).token")
    options = paired.options()
    options.get_by_role("button", name="Un-pair").click()
    options.get_by_text("This browser is not paired.").wait_for()
    paired.store(token=token)
    page = paired.open(site.put("/spun", news_page(sample("spun"))))

    state = paired.settle(page, "verdict")
    assert (state["engine"], state["trouble"]["kind"]) == ("browser", "unpaired")


def test_while_the_server_is_down_the_browser_judges_and_names_the_trouble(
    paired: Browser, server: Server, site: Site
) -> None:
    server.stop()
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    state = paired.settle(page, "verdict")
    assert (state["engine"], state["trouble"]["kind"]) == ("browser", "server_off")
    assert paired.badge(page) == "!"
    popup = paired.popup(page)
    popup.get_by_text("unspun's server did not answer").click()
    popup.locator("#state").get_by_text("unspun's server is not running").wait_for()
    popup.locator("#state").get_by_text("make run").wait_for()

    server.start()
    popup.get_by_role("button", name="Try again").click()
    popup.locator("#state").get_by_text("Checked by unspun on this computer").wait_for()
    assert popup.locator("details").count() == 0
    assert wait_for("marks in the page", lambda: paired.highlighted(page))


def test_opening_the_popup_after_the_server_came_back_is_enough(paired: Browser, server: Server, site: Site) -> None:
    server.stop()
    page = paired.open(site.put("/spun", news_page(sample("spun"))))
    paired.settle(page, "verdict")
    server.start()
    paired.popup(page).locator("#state").get_by_text("Checked by unspun on this computer").wait_for()


def test_another_program_on_the_port_is_not_taken_for_unspun(browser: Browser, site: Site) -> None:
    browser.store(port=int(site.origin.rpartition(":")[2]))
    other = Site()
    page = browser.open(other.put("/spun", news_page(sample("spun"))))
    browser.settle(page, "verdict")
    popup = browser.popup(page)
    popup.get_by_text("Add unspun's server").click()
    popup.get_by_role("button", name="Get a code").click()
    popup.locator("#state").get_by_text("Another program answers on port").wait_for()
    popup.locator("#state").get_by_text("very likely rewritten by software").wait_for()
    other.stop()


def test_a_page_of_the_public_net_cannot_reach_the_server_and_the_extension_can(
    playwright: Playwright, extension: Path, server: Server, listener: Listener, site: Site, tmp_path: Path
) -> None:
    public = f"--ip-address-space-overrides={site.origin.removeprefix('http://')}=public"
    with chromium(playwright, extension, tmp_path / "profile", public) as browser:
        browser.store(port=server.port)
        browser.pair(server)
        page = browser.open(site.put("/spun", news_page(sample("spun"))))
        call_from(page, listener)
        assert listener.requests == []
        assert browser.settle(page, "verdict")["verdict"]["verdict"] == "spun"


def test_without_the_flag_the_pages_request_arrives(browser: Browser, listener: Listener, site: Site) -> None:
    page = browser.open(site.put("/form", plain_page()))
    call_from(page, listener)
    assert listener.requests == ["GET /v1/health"]  # so it is the browser's rule that stops it above


def call_from(page: Page, listener: Listener) -> None:
    """A script of the page tries a request that needs no leave from the server."""
    address = f"http://127.0.0.1:{listener.port}/v1/health"
    page.evaluate("(url) => fetch(url, {mode: 'no-cors'}).then(() => null, () => null)", address)
