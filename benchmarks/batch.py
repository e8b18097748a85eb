"""How fast is batch scoring, end to end, and does it hold? Whole commands, paired, in one run; medians of rounds.

The inputs: benchmarks/batch_inputs.py. Every figure is given twice: by the clock, and by the processor time that the
command and its workers took, which a busy machine disturbs less. --hold adds benchmarks/batch_hold.py.

Usage: python -m benchmarks.batch [--hold] [> benchmarks/BATCH.md]
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batch_hold import measure_dask, measure_million
from benchmarks.batch_inputs import (
    ENGLISH_SHARE,
    ROOT,
    articles,
    mixed,
    page,
    write_jsonl,
    write_parquet,
    write_wet,
)

ROUNDS = 3
ARTICLES, ARTICLE_CHARS = 60_000, 5_000
BARE_ARTICLES = 12_000
PAGES = 600
WET_FILES, WET_RECORDS = 4, 20_000
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


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: by the clock, and of the processors."""

    wall_s: float
    cpu_s: float


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


def measure_texts(folder: Path) -> None:
    """JSONL and Parquet, one worker and two."""
    write_jsonl(folder / "a.jsonl", "text", articles(ARTICLES, ARTICLE_CHARS))
    write_parquet(folder / "a.parquet", articles(ARTICLES, ARTICLE_CHARS))
    write_jsonl(folder / "bare.jsonl", "text", articles(BARE_ARTICLES, ARTICLE_CHARS))
    inputs = [(name, workers) for name in ("a.jsonl", "a.parquet") for workers in (1, 2)]
    commands = [lambda n=name, w=workers: score(folder, str(folder / n), w) for name, workers in inputs]
    *found, bare = medians(*commands, lambda: run_told(BARE, str(folder / "bare.jsonl"), str(active_model())))
    print(f"\n## Texts of 5 KB: {ARTICLES:,} articles, file to file, start of the program included\n")
    print("| input | workers | articles/s | articles per processor second |\n|---|---|---|---|")
    for (name, workers), (wall, cpu) in zip(inputs, found, strict=True):
        print(f"| {name[2:]} | {workers} | {ARTICLES / wall:,.0f} | {ARTICLES / cpu:,.0f} |")
    told = "`detector.score` alone, texts in memory"
    print(f"| {told} | 1 | {BARE_ARTICLES / bare[0]:,.0f} | {BARE_ARTICLES / bare[1]:,.0f} |")


def measure_wet(folder: Path) -> None:
    """WET archives, two workers: as mixed as a crawl, and English throughout."""
    many = WET_FILES * WET_RECORDS
    kinds = {"mixed": mixed(articles(many, ARTICLE_CHARS)), "english": articles(many, ARTICLE_CHARS)}
    sizes = {name: write_wet(folder / name, texts, WET_FILES, WET_RECORDS) for name, texts in kinds.items()}
    found = medians(*(lambda n=name: score(folder, str(folder / n), 2) for name in sizes))
    print(f"\n## WET: {WET_FILES} packed archives of {WET_RECORDS:,} records, two workers\n")
    print("| texts | unpacked MB | MB/s | MB per processor second |\n|---|---|---|---|")
    for (name, size), (wall, cpu) in zip(sizes.items(), found, strict=True):
        print(f"| {name} | {size / 1e6:,.0f} | {size / 1e6 / wall:,.1f} | {size / 1e6 / cpu:,.1f} |")
    print(f"\nMixed: {ENGLISH_SHARE:.0%} English, the rest Spanish, German, Russian, French: recognised, not judged.")


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


def main(arguments: list[str]) -> None:
    """Print the tables."""
    print("# Batch scoring\n\nMade by `python -m benchmarks.batch --hold`.", end=" ")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start, Python {sys.version.split()[0]};")
    print(f"medians of {ROUNDS} rounds. Texts are synthetic: sentences of the samples in tests/pages, shuffled.")
    print("Two per cent of the articles are spun, for which findings and likely originals are looked for and written.")
    measures = [measure_texts, measure_wet, measure_html]
    if "--hold" in arguments:
        measures += [measure_million, measure_dask]
    for measure in measures:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name))
        sys.stdout.flush()
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main(sys.argv[1:])
