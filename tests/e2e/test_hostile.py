"""Pages that mean harm: they flood, swell, lie, grasp at our UI, and post to the server by every means a page has."""

import pytest
from playwright.sync_api import Page

from tests.e2e.chromium import EXTENSION_ID, Browser
from tests.e2e.news_page import article_html, news_page, sample
from tests.e2e.programs import Server, Site, wait_for

LONGEST_BLOCK_MS = 1_500  # of a page's main thread, at 5 MB of text and on a busy machine


def open_with(browser: Browser, site: Site, script: str, html: str | None = None) -> tuple[Page, list[str]]:
    """A spun article, or the page given, whose own script runs first; and the errors the page saw."""
    page = browser.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    whole = html or news_page(sample("spun"))
    page.goto(site.put("/hostile", whole.replace("<head>", f"<head><script>{script}</script>")))
    return page, errors


def test_a_flood_of_changes_leads_to_few_looks_and_a_verdict(browser: Browser, site: Site) -> None:
    browser.worker.evaluate(
        "() => { self.looks = 0; chrome.runtime.onMessage.addListener(({type}) => { looks += type === 'changed' }); }"
    )
    flood = """setInterval(() => {
      const box = document.querySelector('aside') ?? document.documentElement;
      const more = () => Object.assign(document.createElement('i'), {textContent: 'flood'.repeat(40)});
      for (let i = 0; i < 300; i++) box.append(more());
      while (box.childNodes.length > 900) box.firstChild.remove();
    }, 20)"""
    page, errors = open_with(browser, site, flood)
    assert browser.settle(page, "verdict")["verdict"]["verdict"] == "spun"
    page.wait_for_timeout(5_000)
    assert browser.worker.evaluate("looks") <= 7
    assert errors == []


@pytest.mark.parametrize("paragraphs", [1, 20_000])
def test_five_megabytes_of_text_neither_freeze_the_page_nor_break_the_check(
    browser: Browser, site: Site, paragraphs: int
) -> None:
    sentences = "The water rose, and then it fell again. " * (130_000 // paragraphs)
    html = f"<!doctype html><head></head><main>{f'<p>{sentences}</p>' * paragraphs}</main>"
    watch = "new PerformanceObserver((list) => { for (const {duration} of list.getEntries()) blocks.push(duration); })"
    page, errors = open_with(browser, site, f"var blocks = []; {watch}.observe({{entryTypes: ['longtask']}})", html)
    page.evaluate("blocks.length = 0")
    state = browser.settle(page, "verdict")
    assert 50_000 < state["verdict"]["words"] < 70_000
    assert max(page.evaluate("blocks") or [0]) < LONGEST_BLOCK_MS
    assert errors == []


def test_overridden_prototypes_and_getters_do_not_reach_us(browser: Browser, site: Site) -> None:
    lies = """
      const fail = () => { throw new Error("not yours") };
      for (const name of ["map", "filter", "flatMap", "reduce", "push"]) Array.prototype[name] = fail;
      for (const name of ["cloneNode", "getRootNode", "appendChild"]) Node.prototype[name] = fail;
      for (const name of ["matches", "closest", "querySelectorAll", "attachShadow"]) Element.prototype[name] = fail;
      Document.prototype.querySelectorAll = Document.prototype.createRange = fail;
      for (const [type, name] of [[Node, "textContent"], [Node, "childNodes"], [CharacterData, "data"]])
        Object.defineProperty(type.prototype, name, {get: fail, set: fail});
      String.prototype.matchAll = RegExp.prototype.test = JSON.parse = JSON.stringify = fail;
      window.MutationObserver = window.Highlight = window.setTimeout = undefined;"""
    page, errors = open_with(browser, site, lies)
    assert browser.settle(page, "verdict")["verdict"]["verdict"] == "spun"
    assert wait_for("the tooltip's element", lambda: page.locator("unspun-tooltip").count()) == 1
    assert [error for error in errors if "not yours" not in error] == []


def test_elements_named_like_the_documents_methods_break_nothing(browser: Browser, site: Site) -> None:
    names = ["querySelectorAll", "querySelector", "cloneNode", "createRange", "createElement", "body", "title"]
    images = "".join(f"<img name={name} src='data:,'>" for name in names)
    fields = "".join(
        f"<input name={name}>" for name in ["childNodes", "matches", "localName", "getAttribute", "closest"]
    )
    html = f"<!doctype html><head></head>{images}<form>{fields}{article_html(sample('spun'))}</form>"
    page, errors = open_with(browser, site, "", html)
    wait_for("an end of the check", lambda: browser.status(page) in ("verdict", "not_article"))
    assert errors == []


def test_a_page_can_neither_read_nor_work_our_ui(browser: Browser, site: Site) -> None:
    page, errors = open_with(browser, site, "")
    wait_for("marks in the page", lambda: browser.highlighted(page))
    reached = page.evaluate(
        """async (id) => {
          const host = document.querySelector("unspun-tooltip");
          const style = document.createElement("style");
          style.textContent = "unspun-tooltip, unspun-tooltip * { display: block !important; width: 900px !important }";
          document.head.append(style);
          const range = [...CSS.highlights.get("unspun-strong")][0];
          range.startContainer.parentElement.scrollIntoView({block: "center"});
          const {left, top} = range.getBoundingClientRect();
          for (const type of ["pointermove", "pointerdown", "click", "mouseover"])
            dispatchEvent(new PointerEvent(type, {clientX: left + 4, clientY: top + 4, bubbles: true}));
          host.click();
          const frame = document.createElement("iframe");
          frame.src = `chrome-extension://${id}/options/options.html`;
          document.body.append(frame);
          await new Promise((done) => { frame.onload = done; });
          const found = {shadow: host.shadowRoot, text: host.textContent, runtime: typeof chrome?.runtime?.sendMessage};
          const size = host.getBoundingClientRect().width;
          return {...found, size, frame: frame.contentDocument?.body?.innerText ?? ""};
        }""",
        EXTENSION_ID,
    )
    assert reached == {"shadow": None, "text": "", "runtime": "undefined", "size": 0, "frame": ""}
    assert browser.tooltip(page) == []
    assert not any(frame.url.endswith("options.html") and frame.content().count("Port") for frame in page.frames)

    page.evaluate("document.querySelector('unspun-tooltip').remove(); CSS.highlights.clear()")
    page.mouse.move(300, 300)
    assert browser.popup(page).locator(".finding").count() >= 15
    assert errors == []


TRIES = """async (origin) => {
  const text = "The river rose. ".repeat(60), json = JSON.stringify({text}), learnt = [];
  const url = (path) => `${origin}${path}`;
  const add = (element, fields) => document.body.append(Object.assign(element, fields));
  const tell = (what) => () => learnt.push(what);
  const read = (path, wish) =>
    fetch(url(path), wish).then((r) => r.text()).then((t) => t && learnt.push(`fetch ${path} ${t}`), () => 0);
  const headers = {"Content-Type": "application/json", "X-Unspun": "1"};
  const waits = [];
  for (const path of ["/v1/score", "/v1/labels", "/v1/pair", "/v1/model/reload"]) {
    const wishes = [{headers}, {mode: "no-cors"}, {mode: "no-cors", credentials: "include", keepalive: true}];
    for (const wish of wishes)
      waits.push(read(path, {method: "POST", body: json, ...wish}));
    navigator.sendBeacon(url(path), new Blob([json], {type: "text/plain"}));
    const frame = document.createElement("iframe");
    add(frame, {name: `f${path}`});
    const form = document.createElement("form");
    add(form, {method: "post", action: url(path), target: `f${path}`, enctype: "text/plain"});
    const field = document.createElement("input");
    Object.assign(field, {name: '{"text": "', value: `${text}"}`});
    form.append(field);
    form.submit();
    waits.push(new Promise((done) => { frame.onload = done; setTimeout(done, 3000); }).then(() => {
      try { const t = frame.contentDocument?.body?.innerText; if (t) learnt.push(`form ${path} ${t}`); } catch {}
    }));
  }
  for (const path of ["/v1/health", "/v1/history", "/v1/model", "/"]) {
    for (const credentials of ["omit", "include"])
      waits.push(read(path, {credentials}));
    add(document.createElement("img"), {src: url(path), onload: tell(`image ${path}`)});
    add(document.createElement("script"), {src: url(path), onload: tell(`script ${path}`)});
    add(document.createElement("link"), {rel: "stylesheet", href: url(path), onload: tell(`style ${path}`)});
    add(document.createElement("iframe"), {src: url(path)});
    const socket = new WebSocket(url(path).replace("http", "ws"));
    socket.onopen = tell(`socket ${path}`);
    const events = new EventSource(url(path));
    events.onopen = tell(`events ${path}`);
    const request = new XMLHttpRequest();
    request.onload = () => learnt.push(`xhr ${path} ${request.responseText}`);
    request.open("GET", url(path));
    request.send();
  }
  await Promise.all(waits);
  await new Promise((done) => setTimeout(done, 1500));
  return learnt;
}"""


def test_posts_to_the_server_are_answered_by_nothing_a_page_can_read(
    paired: Browser, server: Server, site: Site
) -> None:
    address = site.put("/evil", "<!doctype html><head></head><body></body>").replace("127.0.0.1", "evil.localhost")
    page = paired.context.new_page()
    answered: list[str] = []
    page.on("response", lambda r: answered.append(f"{r.request.method} {r.url} {r.status}"))
    page.goto(address)
    learnt = page.evaluate(TRIES, f"http://127.0.0.1:{server.port}")
    assert learnt == []
    served = {line for line in answered if f":{server.port}/" in line and line[-3] != "4"}
    assert served <= {f"GET http://127.0.0.1:{server.port}/v1/health 200"}  # open to all, yet no page can read it
    spun = paired.open(site.put("/spun", news_page(sample("spun"))))
    assert paired.settle(spun, "verdict")["engine"] == "server"  # it still serves who is paired


def test_private_windows_are_closed_to_us_unless_the_reader_allows_it(browser: Browser) -> None:
    assert browser.worker.evaluate("chrome.runtime.getManifest().incognito") == "spanning"
    assert browser.worker.evaluate("() => chrome.extension.isAllowedIncognitoAccess()") is False
