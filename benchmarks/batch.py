"""How fast is batch scoring, end to end, and does it hold? Whole commands, paired, in one run; medians of rounds.

Texts are the sentences of tests/pages/*.txt, shuffled anew for each article, 5 KB each, one in fifty spun. Pages wrap
such an article in navigation, a sidebar, comments and scripts. Every figure is given twice: by the clock, and by the
processor time that the command and its workers took, which a busy machine disturbs less.

Usage: python -m benchmarks.batch [--million] [> benchmarks/BATCH.md]
"""

import gzip
import html
import json
import os
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
ARTICLES, ARTICLE_CHARS = 12_000, 5_000
PAGES = 600
WET_FILES, WET_RECORDS = 4, 4_000
MILLION, SHORT_CHARS = 1_000_000, 900
SAMPLE_S = 0.25
ALONE = """
import json, sys, logging, trafilatura
logging.getLogger("trafilatura").setLevel(50)
for line in open(sys.argv[1]):
    trafilatura.bare_extraction(json.loads(line)["html"], fast=True, include_comments=False, include_tables=False,
                                with_metadata=True)
"""
SHARE = """
import sys, time
from pathlib import Path
from server.batch.plan import plan
from server.batch.score import Tools, Wishes, load_tools, rows_of
from server.batch.shard import USUAL_COLUMNS
from server.batch.sources import read_shard
tools = load_tools(Wishes(sys.argv[2]))
spent = 0.0
class Timed:
    id, manifest = tools.detector.id, tools.detector.manifest
    def score(self, text, evidence="flagged"):
        global spent
        start = time.process_time()
        verdict = tools.detector.score(text, evidence)
        spent += time.process_time() - start
        return verdict
timed = Tools(Timed(), tools.readers, tools.wishes)
start = time.process_time()
for shard in plan([sys.argv[1]], USUAL_COLUMNS, print):
    for row in rows_of(read_shard(shard), timed):
        row.as_json()
print(spent / (time.process_time() - start))
"""

BARE = """
import json, sys, time
from pathlib import Path
from detector import load_detector
detector = load_detector(Path(sys.argv[2]))
texts = [json.loads(line)["text"] for line in open(sys.argv[1])]
wall, cpu = time.perf_counter(), time.process_time()
for text in texts:
    detector.score(text)
print(time.perf_counter() - wall, time.process_time() - cpu)
"""
FOREIGN = (
    "La reunión de ayer terminó tarde y nadie quiso hablar de lo que se había decidido. ",
    "Der Zug kam erst am Abend an, und die Reisenden waren müde von der langen Fahrt. ",
    "Вчера вечером мы долго сидели у реки и говорили о том, что будет завтра. ",
    "Le marché ouvre tôt le samedi et les habitants du quartier y viennent à pied. ",
)
ENGLISH_SHARE = 0.45  # about what Common Crawl has


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: by the clock, and of the processors."""

    wall_s: float
    cpu_s: float


def sentences(name: str) -> list[str]:
    """The sentences of a sample."""
    text = (ROOT / "tests" / "pages" / name).read_text("utf-8")
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def articles(count: int, chars: int) -> Iterator[str]:
    """Articles of about `chars` characters, one in fifty spun."""
    chance = random.Random(1)
    honest, spun = sentences("honest-sample.txt"), sentences("spun-sample.txt")
    for number in range(count):
        source = spun if number % 50 == 0 else honest
        text = ""
        while len(text) < chars:
            text += " ".join(chance.sample(source, min(8, len(source)))) + "\n\n"
        yield text[:chars]


def page(text: str, number: int) -> str:
    """A web page round an article, about 40 KB."""
    links = "".join(f'<li><a href="/section/{i}">Section {i} of the paper</a></li>' for i in range(150))
    body = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
    comments = "".join(
        f'<div class="comment"><b>reader{i}</b><p>I read this twice, and liked it.</p></div>' for i in range(60)
    )
    script = f"<script>{'var a = 1;' * 900}</script>"
    return (
        f'<!doctype html><html lang="en"><head><title>Article {number}</title>{script}'
        f'<link rel="canonical" href="https://site{number % 50}.example/{number}"></head>'
        f"<body><nav><ul>{links}</ul></nav>"
        f"<main><article><h1>Article {number}</h1>{body}</article></main><aside>{links}</aside>{comments}</body></html>"
    )


def wet_record(text: str, number: int) -> bytes:
    """One record of a WET archive, packed by itself."""
    body = text.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://site{number % 50}.example/{number}\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def run(*command: str) -> Cost:
    """Run a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    wall = time.perf_counter() - start
    assert done.returncode == 0, done.stderr.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def run_told(code: str, *arguments: str) -> Cost:
    """Run a program that prints what it took, by the clock and of the processor."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, check=True)
    return Cost(*map(float, done.stdout.split()))


def active_model() -> Path:
    """The folder of the model in use."""
    return ROOT / "models" / (ROOT / "models" / "ACTIVE").read_text("utf-8").strip()


def score(folder: Path, source: str, workers: int) -> Cost:
    """`unspun score` from file to file."""
    target = folder / "rows.jsonl"
    target.unlink(missing_ok=True)
    return run(sys.executable, "-m", "unspun", "score", source, "--workers", str(workers), "--output", str(target))


def medians(*calls: Callable[[], Cost]) -> list[tuple[float, float]]:
    """Wall and processor seconds of each call, medians of rounds in which all take turns."""
    rounds = [[call() for call in calls] for _ in range(ROUNDS)]
    return [
        (statistics.median(one.wall_s for one in column), statistics.median(one.cpu_s for one in column))
        for column in zip(*rounds, strict=True)
    ]


def write_jsonl(path: Path, field: str, texts: Iterator[str]) -> int:
    """One object a line; the bytes of the texts."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            size += len(text)
            file.write(
                json.dumps({"id": number, "url": f"https://site{number % 50}.example/{number}", field: text}) + "\n"
            )
    return size


def measure_texts(folder: Path) -> None:
    """JSONL and Parquet, one worker and two."""
    import pyarrow as pa
    from pyarrow import parquet

    texts = list(articles(ARTICLES, ARTICLE_CHARS))
    write_jsonl(folder / "a.jsonl", "text", iter(texts))
    parquet.write_table(pa.table({"text": texts}), folder / "a.parquet", row_group_size=2_000)
    active = str(active_model())
    inputs = [(name, workers) for name in ("a.jsonl", "a.parquet") for workers in (1, 2)]
    commands = [lambda n=name, w=workers: score(folder, str(folder / n), w) for name, workers in inputs]
    *found, yard = medians(*commands, lambda: run_told(BARE, str(folder / "a.jsonl"), active))
    print(f"\n## Texts of 5 KB: {ARTICLES:,} articles, file to file\n")
    print("| input | workers | articles/s | articles per processor second |\n|---|---|---|---|")
    for (name, workers), (wall, cpu) in zip(inputs, found, strict=True):
        print(f"| {name[2:]} | {workers} | {ARTICLES / wall:,.0f} | {ARTICLES / cpu:,.0f} |")
    print(f"| `detector.score` alone, texts in memory | 1 | {ARTICLES / yard[0]:,.0f} | {ARTICLES / yard[1]:,.0f} |")


def measure_wet(folder: Path) -> None:
    """WET archives, two workers: English throughout, and as mixed as a crawl."""
    chance = random.Random(2)
    prose = list(articles(WET_FILES * WET_RECORDS, ARTICLE_CHARS))
    mixed = [text if chance.random() < ENGLISH_SHARE else (chance.choice(FOREIGN) * 70)[: len(text)] for text in prose]
    sizes = {name: write_wet(folder / name, texts) for name, texts in (("english", prose), ("mixed", mixed))}
    found = medians(*(lambda n=name: score(folder, str(folder / n), 2) for name in sizes))
    print(f"\n## WET: {WET_FILES} packed archives of {WET_RECORDS:,} records, two workers\n")
    print("| texts | unpacked MB | MB/s | MB per processor second |\n|---|---|---|---|")
    for (name, size), (wall, cpu) in zip(sizes.items(), found, strict=True):
        print(f"| {name} | {size / 1e6:,.0f} | {size / 1e6 / wall:,.1f} | {size / 1e6 / cpu:,.1f} |")
    print(f"\nMixed: {ENGLISH_SHARE:.0%} English, the rest Spanish, German, Russian, French: recognised, not judged.")


def write_wet(folder: Path, texts: list[str]) -> int:
    """Archives of the texts; their size unpacked."""
    folder.mkdir()
    size = 0
    for number in range(WET_FILES):
        with (folder / f"{number}.wet.gz").open("wb") as file:
            for record, text in enumerate(texts[number * WET_RECORDS : (number + 1) * WET_RECORDS]):
                packed = wet_record(text, record)
                size += len(packed)
                file.write(gzip.compress(packed, 6))
    return size


def measure_html(folder: Path) -> None:
    """Pages, beside trafilatura alone."""
    size = write_jsonl(
        folder / "h.jsonl", "html", (page(text, n) for n, text in enumerate(articles(PAGES, ARTICLE_CHARS)))
    )
    name = str(folder / "h.jsonl")
    ours, alone = medians(lambda: score(folder, name, 1), lambda: run(sys.executable, "-c", ALONE, name))
    done = subprocess.run(
        [sys.executable, "-c", SHARE, name, str(active_model())], cwd=ROOT, capture_output=True, check=True
    )
    print(f"\n## HTML: {PAGES} pages of {size / PAGES / 1000:,.0f} KB, one worker, trafilatura's fast mode\n")
    print("| | pages/s | pages per processor second |\n|---|---|---|")
    print(f"| trafilatura alone | {PAGES / alone[0]:,.1f} | {PAGES / alone[1]:,.1f} |")
    print(f"| unspun score | {PAGES / ours[0]:,.1f} | {PAGES / ours[1]:,.1f} |")
    print(f"\nRatio {alone[0] / ours[0]:.2f} by the clock, {alone[1] / ours[1]:.2f} by processor time.", end=" ")
    print(f"Scoring takes {float(done.stdout):.1%} of the processor time of reading, extracting and scoring.")


def measure_million(folder: Path) -> None:
    """A million rows; killed three times, resumed; the most memory of all processes together."""
    name, target = str(folder / "m.jsonl"), folder / "m.out.jsonl"
    pool = list(articles(2_000, SHORT_CHARS))
    write_jsonl(Path(name), "text", (pool[number % len(pool)] for number in range(MILLION)))
    command = (sys.executable, "-m", "unspun", "score", name, "--workers", "2", "--output", str(target), "--resume")
    chance = random.Random(5)
    peak, start, kills = 0, time.perf_counter(), 0
    while not target.exists():
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
        ends = time.perf_counter() + chance.uniform(10, 50) if kills < 3 else float("inf")
        while process.poll() is None:
            peak = max(peak, memory_kb(process.pid))
            if time.perf_counter() > ends:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
                break
            time.sleep(SAMPLE_S)
        process.wait()
    with target.open("rb") as file:
        inputs = [json.loads(line)["input"].rpartition(":")[2] for line in file]
    assert inputs == [str(number) for number in range(1, MILLION + 1)], len(inputs)
    print(
        f"\n## {MILLION:,} rows of {SHORT_CHARS} characters, two workers, killed (kill -9) {kills} times and resumed\n"
    )
    print(f"{len(inputs):,} rows, each once and in order, after {time.perf_counter() - start:,.0f} s in all.", end=" ")
    print(f"Most memory of all processes together: {peak / 1000:,.0f} MB (sum of resident sizes, every {SAMPLE_S} s).")


def memory_kb(pid: int) -> int:
    """The resident sizes of a process and its children; shared pages count once for each."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        statuses = [Path(f"/proc/{one}/status").read_text() for one in (pid, *children)]
    except OSError:
        return 0
    return sum(int(found[1]) for status in statuses if (found := re.search(r"VmRSS:\s+(\d+)", status)))


def main(arguments: list[str]) -> None:
    """Print the tables."""
    print("# Batch scoring\n\nMade by `python -m benchmarks.batch --million`.", end=" ")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start, Python {sys.version.split()[0]};")
    print(f"medians of {ROUNDS} rounds. Texts are synthetic: sentences of the samples in tests/pages, shuffled.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_texts(folder)
        measure_wet(folder)
        measure_html(folder)
        if "--million" in arguments:
            measure_million(folder)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main(sys.argv[1:])
