"""Runs a round trip: Apertium's programs, which hand every sentence on from one to the next."""

import os
import select
import shlex
import subprocess
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from detector.errors import InputError

Step = tuple[str, ...]  # a program and its options

TAGGER = "apertium-tagger"
# What the programs hold of one batch stays below the size of a pipe, so that none waits for another for ever.
BATCH_CHARACTERS = 4_000
ANSWER_TIMEOUT_S, END_TIMEOUT_S = 60, 10
# Looking words up in two languages waits for one more sign before it answers; an empty bracket is none of the text.
BRACKET = "[]"


@dataclass(slots=True)
class Trip:
    """English through another language and back; see RoundTrip. Its programs stay, in each process that uses it.

    Only the taggers start anew with every text: what they read before would colour what they write.
    """

    steps: tuple[Step, ...]
    environment: Mapping[str, str]
    _running: dict[tuple[int, int], "Programs"] = field(default_factory=dict)

    def __call__(self, sentences: Sequence[str]) -> list[str]:
        """What came back, in order. Raises InputError when a program stops."""
        texts = list(sentences)
        for number, (is_tagger, steps) in enumerate(groupby(self.steps, lambda step: step[0] == TAGGER)):
            texts = self._tag(next(steps), texts) if is_tagger else self._pass(number, tuple(steps), texts)
        return texts

    def __reduce__(self) -> tuple[type["Trip"], tuple[tuple[Step, ...], Mapping[str, str]]]:
        """Running programs do not travel to other processes."""
        return Trip, (self.steps, self.environment)

    def _pass(self, number: int, steps: tuple[Step, ...], texts: list[str]) -> list[str]:
        key = os.getpid(), number  # a forked process must not read its parent's answers
        programs = self._running[key] = self._running.get(key) or Programs(steps, self.environment)
        try:
            return [answer for batch in _batches(texts) for answer in programs.ask(batch)]
        except InputError:
            del self._running[key]  # the next text gets new programs
            raise

    def _tag(self, step: Step, texts: list[str]) -> list[str]:
        try:
            done = subprocess.run(  # noqa: S603 - Apertium's own program and options
                step,
                input=_joined(texts),
                env=self.environment,
                capture_output=True,
                timeout=ANSWER_TIMEOUT_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as exc:
            raise InputError(f"{step[0]} did not run: {exc}.") from exc
        return _parted(done.stdout, len(texts), step[0])


class Programs:
    """Some steps in a row, which stay until they are no longer needed."""

    def __init__(self, steps: tuple[Step, ...], environment: Mapping[str, str]) -> None:
        self._name = steps[0][0]
        self._process = subprocess.Popen(  # noqa: S602 - every part is quoted, and no text is among them
            " | ".join(shlex.join(step) for step in steps),
            shell=True,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # rules that reach beyond a phrase complain each time
            bufsize=0,
        )
        weakref.finalize(self, _end, self._process, os.getpid())

    def ask(self, texts: Sequence[str]) -> list[str]:
        """What the last step makes of each text."""
        assert self._process.stdin and self._process.stdout
        answers = b""
        try:
            self._process.stdin.write(_joined(texts))
            while answers.count(b"\0") < len(texts):
                ready, _, _ = select.select([self._process.stdout], [], [], ANSWER_TIMEOUT_S)
                part = self._process.stdout.read(1 << 16) if ready else b""
                if not part:
                    break
                answers += part
        except BrokenPipeError:
            pass
        return _parted(answers, len(texts), self._name)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _joined(texts: Sequence[str]) -> bytes:
    return "".join(f"{text}{BRACKET}\0" for text in texts).encode()


def _parted(answers: bytes, count: int, name: str) -> list[str]:
    parts = answers.decode("utf-8", "replace").split("\0")[:-1]
    if len(parts) < count:
        raise InputError(f"{name}, or a program after it, stopped after {len(parts)} of {count} sentences.")
    # A tagger whose input has ended adds an empty sentence.
    return [part.replace(BRACKET, "") for part in parts[:count]]


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """They leave when their input ends. A copy of this process made by a fork has nothing to end."""
    if os.getpid() == owner:
        assert process.stdin and process.stdout
        process.stdin.close()
        process.stdout.close()
        process.wait(END_TIMEOUT_S)
