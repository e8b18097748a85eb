"""Draws icon-16/32/48/128.png from unspun.svg with Chromium. Run: python extension/icons/draw.py"""

from pathlib import Path

from playwright.sync_api import sync_playwright

SIZES_PX = (16, 32, 48, 128)
HERE = Path(__file__).parent


def main() -> None:
    """Write one PNG for each size, with a clear background."""
    svg = (HERE / "unspun.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
        for size in SIZES_PX:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
            page.screenshot(path=HERE / f"icon-{size}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
