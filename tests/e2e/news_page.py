"""A news page round a text, as a reader would meet it: header, menu, side column, article, footer."""

from html import escape
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "pages"

STYLE = """
body { margin: 0; font: 18px/1.65 Georgia, "DejaVu Serif", serif; color: #20242c; background: #fff; }
header { border-bottom: 3px double #c9ced6; padding: 18px 48px; display: flex; align-items: baseline; gap: 32px; }
header b { font-size: 26px; letter-spacing: -.01em; } nav a { font: 13px system-ui, sans-serif; margin-right: 18px;
color: #596273; text-decoration: none; } .columns { display: grid; grid-template-columns: minmax(0, 640px) 200px;
gap: 44px; padding: 28px 48px; } h1 { font-size: 36px; line-height: 1.18; margin: 0 0 10px; }
.byline { font: 13px system-ui, sans-serif; color: #6b7484; margin-bottom: 20px; }
aside { font: 14px/1.5 system-ui, sans-serif; color: #596273; border-left: 1px solid #e3e7ee; padding-left: 24px; }
footer { padding: 24px 48px; font: 13px system-ui, sans-serif; color: #6b7484; border-top: 1px solid #e3e7ee; }
"""


def sample(name: str) -> str:
    """One of our own texts: "spun" or "honest"."""
    return (SAMPLES / f"{name}-sample.txt").read_text("utf-8")


def article_html(text: str) -> str:
    """Title and paragraphs of a text whose first line is its title."""
    title, *paragraphs = [part for part in text.split("\n") if part.strip()]
    body = "".join(f"<p>{escape(part)}</p>" for part in paragraphs)
    return f'<article><h1>{escape(title)}</h1><div class="byline">By a staff writer · 12 May</div>{body}</article>'


def news_page(text: str) -> str:
    """A whole page round the text."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The Harrow Bridge Courier</title>
<style>{STYLE}</style></head><body>
<header><b>The Harrow Bridge Courier</b>
<nav><a href="#">Town</a><a href="#">County</a><a href="#">Sport</a></nav></header>
<div class="columns"><main>{article_html(text)}</main>
<aside><p>Market day moves to Thursday</p><p>Bridge closed for repairs until June</p></aside></div>
<footer>Printed in Harrow Bridge since 1884</footer></body></html>"""


def plain_page() -> str:
    """A page that is no article: a form and a few links."""
    return """<!doctype html><html lang="en"><head><title>Sign in</title></head><body><form><label>Name <input></label>
<button>Sign in</button></form><a href="#">Help</a></body></html>"""
