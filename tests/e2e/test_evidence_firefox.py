"""Report, comparison and labels in Firefox, where a host permission does not lift the rules between origins."""

from selenium.webdriver import Firefox
from selenium.webdriver.common.by import By

from tests.e2e.firefox import HOME, marked_phrases, press, see, tab_and_badge
from tests.e2e.news_page import news_page, sample
from tests.e2e.programs import Server, Site, wait_for

COMPARED = """const cell = document.querySelector('table.beside th');
  return cell && [document.querySelector('h1').textContent, getComputedStyle(cell).textAlign]"""


def test_firefox_saves_a_report_takes_a_label_and_compares(firefox: Firefox, server: Server, site: Site) -> None:
    firefox.get(f"{HOME}/options/options.html")
    firefox.execute_script("chrome.storage.local.set({port: arguments[0]})", server.port)
    firefox.refresh()
    press(firefox, "Get a code")
    see(firefox, By.ID, "code").send_keys(server.pairing_code())
    press(firefox, "Pair")
    see(firefox, By.XPATH, "//p[.='This browser is paired.']")
    extension_tab = firefox.current_window_handle
    for path in ("/first", "/spun"):
        firefox.switch_to.new_window("tab")
        firefox.get(site.put(path, news_page(sample("spun"))))
        wait_for("marks in the page", lambda: marked_phrases(firefox))

    firefox.switch_to.window(extension_tab)
    tab_id, _ = tab_and_badge(firefox, site.origin + "/spun")
    firefox.get(f"{HOME}/popup/popup.html?tabId={tab_id}")
    press(firefox, "Save a report")
    see(firefox, By.XPATH, "//p[starts-with(., 'Saved as unspun-report-20')]")
    press(firefox, "This is spun")
    see(firefox, By.XPATH, "//p[starts-with(., 'The server has it.')]")
    press(firefox, "Compare with…")
    see(firefox, By.CLASS_NAME, "candidate").click()
    see(firefox, By.XPATH, "//p[starts-with(., 'A copy: the same sentences')]")
    tabs = set(firefox.window_handles)
    press(firefox, "Open side by side")
    opened = wait_for("the comparison's tab", lambda: set(firefox.window_handles) - tabs)
    firefox.switch_to.window(opened.pop())
    headline, align = wait_for("the report", lambda: firefox.execute_script(COMPARED))
    assert headline.startswith("A copy: the same sentences")
    assert align in ("left", "start")  # centred without the report's own style
