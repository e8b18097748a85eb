"""A run: its plan on disk, which of its shards are finished, and what is left to do.

The folder of a run holds `_plan.json`, one `part-…` file for each finished shard and, written after it, one `_done-…`
file. All are written whole, so a run that was killed at any moment goes on with the first shard without a `_done-…`.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from detector.errors import WrongUse
from server.batch.errors import OutputError, telling_of_writing
from server.batch.folder import Folder
from server.batch.score import Task, Wishes, done_name, part_name
from server.batch.shard import Shard
from server.batch.tally import Tally

PLAN_FILE = "_plan.json"
PLAN_VERSION = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. inputs: name, size and time of each file, so that a change of them shows."""

    wishes: Wishes
    inputs: tuple[tuple[str, int, str], ...]
    shards: tuple[Shard, ...]

    def as_bytes(self) -> bytes:
        """The plan as JSON."""
        shards = [shard.as_json() for shard in self.shards]
        plan = {"version": PLAN_VERSION, "wishes": asdict(self.wishes), "inputs": self.inputs, "shards": shards}
        return json.dumps(plan).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> "Plan":
        """The plan that as_bytes told. Raises WrongUse when another version of unspun wrote it."""
        found: dict[str, Any] = json.loads(content)
        if found.get("version") != PLAN_VERSION:
            raise WrongUse("Another version of unspun began this run. Delete its folder and begin again.")
        inputs = tuple((str(name), int(size), str(time)) for name, size, time in found["inputs"])
        return cls(Wishes(**found["wishes"]), inputs, tuple(map(Shard.from_json, found["shards"])))


def begin(folder: Folder, name: str, make: Callable[[], Plan], inputs: Callable[[], Iterable[tuple[str, int, str]]],
          wishes: Wishes, resume: bool) -> Plan:  # fmt: skip
    """The plan of a new run, or of the one in the folder. Raises WrongUse when the two cannot be one run."""
    if PLAN_FILE not in folder.names():
        with telling_of_writing(name):
            folder.make()
            plan = make()
            with folder.writing(PLAN_FILE) as file:
                file.write(plan.as_bytes())
        return plan
    if not resume:
        raise WrongUse(f"{name} holds a run already. Add --resume to go on with it, or delete it first.")
    plan = Plan.from_bytes(folder.read(PLAN_FILE))
    if plan.wishes != wishes:
        raise WrongUse(f"The run in {name} began with other options or another model. Use those, or delete it.")
    if plan.inputs != tuple(inputs()):
        raise WrongUse(f"The inputs changed since the run in {name} began. Delete it and begin again.")
    with telling_of_writing(name):
        folder.make()
    return plan


def finished(plan: Plan, folder: Folder) -> dict[int, Tally]:
    """The tallies of the finished shards."""
    names = folder.names()
    return {
        number: Tally.from_json(json.loads(folder.read(done_name(number))))
        for number in range(len(plan.shards))
        if done_name(number) in names and part_name(number, plan.wishes.format) in names
    }


def tasks_left(plan: Plan, done: Set[int]) -> Iterator[Task]:
    """What is not finished."""
    return (Task(number, shard) for number, shard in enumerate(plan.shards) if number not in done)


@contextmanager
def alone_in(path: Path) -> Iterator[None]:
    """Holds a folder for one run. Raises OutputError when another process has it; a killed one lets go by itself."""
    path.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as exc:
        raise OutputError(f"Another run is writing to {path}. Wait for it, or stop it.") from exc
    finally:
        os.close(handle)
