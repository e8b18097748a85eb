"""The same extension in Firefox: paired by code, a spun page flagged and marked, the popup in words."""

from selenium.webdriver import Firefox
from selenium.webdriver.common.by import By

from tests.e2e.firefox import HOME, marked_phrases, press, see, tab_and_badge
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Server, Site, wait_for


def test_firefox_pairs_flags_a_spun_page_and_says_so(firefox: Firefox, server: Server, site: Site) -> None:
    address = site.put("/spun", news_page(sample("spun")))
    firefox.get(f"{HOME}/options/options.html")
    firefox.execute_script("chrome.storage.local.set({port: arguments[0]})", server.port)
    firefox.refresh()
    press(firefox, "Get a code")
    see(firefox, By.ID, "code").send_keys(server.pairing_code())
    press(firefox, "Pair")
    see(firefox, By.XPATH, "//p[.='This browser is paired.']")

    extension_tab = firefox.current_window_handle
    firefox.switch_to.new_window("tab")
    firefox.get(address)
    marked = wait_for("marks in the page", lambda: marked_phrases(firefox))
    assert "historical past" in marked
    assert len(marked) >= 15

    firefox.switch_to.window(extension_tab)
    tab_id, badge = tab_and_badge(firefox, address)
    assert badge == "!"
    firefox.get(f"{HOME}/popup/popup.html?tabId={tab_id}")
    see(firefox, By.XPATH, "//h2[.='This text was very likely rewritten by software']")
    assert len(firefox.find_elements(By.CLASS_NAME, "finding")) == len(marked)
