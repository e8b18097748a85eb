"""Does a batch hold? A million rows through three kills, and two dask workers of which one is killed."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.batch_inputs import ROOT, articles, write_jsonl

MILLION, SHORT_CHARS = 1_000_000, 900
DASK_ROWS = 60_000
SAMPLE_S = 0.25
SCORE = (sys.executable, "-m", "unspun", "score")


def measure_million(folder: Path) -> None:
    """A million rows; killed three times, resumed; the most memory of all processes together."""
    name, target = str(folder / "m.jsonl"), folder / "m.out.jsonl"
    pool = list(articles(2_000, SHORT_CHARS))
    write_jsonl(Path(name), "text", (pool[number % len(pool)] for number in range(MILLION)))
    command = (*SCORE, name, "--workers", "2", "--output", str(target), "--resume")
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


def measure_dask(folder: Path) -> None:
    """Two dask workers, one killed while it scores: the same bytes as the pool's?"""
    import distributed

    name, pool, dask = str(folder / "d.jsonl"), folder / "pool.jsonl", folder / "dask.jsonl"
    write_jsonl(Path(name), "text", articles(DASK_ROWS, SHORT_CHARS))
    subprocess.run([*SCORE, name, "--workers", "2", "--output", str(pool)], cwd=ROOT, capture_output=True, check=True)
    with (
        distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        command = (*SCORE, name, "--scheduler", cluster.scheduler_address, "--output", str(dask))
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        victim = _reader(list(client.run(os.getpid).values()), name, process)
        os.kill(victim, signal.SIGKILL)
        assert process.wait() == 0
    same = pool.read_bytes() == dask.read_bytes()
    print(f"\n## Two dask workers, one killed (kill -9) while it scored, {DASK_ROWS:,} rows\n")
    print(f"{'The same' if same else 'OTHER'} bytes as the pool of processes writes: {dask.stat().st_size:,}.")


def _reader(pids: list[int], name: str, process: "subprocess.Popen[bytes]") -> int:
    """The worker that has opened the file, once one has."""
    while process.poll() is None:
        for pid in pids:
            if name in _open_files(pid):
                return pid
    raise AssertionError("the run ended before a worker was seen to read")


def _open_files(pid: int) -> list[str]:
    try:
        return [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:  # closed while we looked
        return []


def memory_kb(pid: int) -> int:
    """The resident sizes of a process and its children; shared pages count once for each."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        statuses = [Path(f"/proc/{one}/status").read_text() for one in (pid, *children)]
    except OSError:
        return 0
    return sum(int(found[1]) for status in statuses if (found := re.search(r"VmRSS:\s+(\d+)", status)))
