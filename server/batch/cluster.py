"""The same shards on a dask.distributed cluster. The model travels along; files must be where the workers see them."""

import atexit
import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from detector.artefact import MANIFEST
from detector.errors import WrongUse
from server.batch.folder import folder_at
from server.batch.packages import CLUSTER
from server.batch.pool import WORKER_DIED
from server.batch.score import Done, Task, Tools, Wishes, load_tools, score_shard

LOCAL = "local"
RETRIES = 3
TABLES_SUFFIX = ".npz"


def score_on_cluster(
    tasks: Iterable[Task], folder: str, wishes: Wishes, scheduler: str, workers: int
) -> Iterator[Done]:
    """Shards as they are finished. scheduler: its address, or "local" for a cluster of `workers` processes here."""
    distributed = _distributed()
    with contextlib.ExitStack() as stack:
        if scheduler == LOCAL:
            cluster = distributed.LocalCluster(workers, threads_per_worker=1, processes=True, dashboard_address=None)
            client = stack.enter_context(distributed.Client(stack.enter_context(cluster)))
        else:
            client = stack.enter_context(_connected(distributed, scheduler))
        yield from _score(distributed, client, tasks, folder, wishes)


def _connected(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler)
    except (OSError, ValueError) as exc:
        detail = f"No scheduler answers at {scheduler} ({exc}). Start one: dask scheduler; or use --scheduler local."
        raise WrongUse(detail) from exc


def _score(distributed: Any, client: Any, tasks: Iterable[Task], folder: str, wishes: Wishes) -> Iterator[Done]:
    # A large argument is sent once to each worker when it is scattered, and again with every task when it is not.
    model = client.scatter(model_bytes(Path(wishes.model)), broadcast=True)
    given = {}
    for task in tasks:
        given[client.submit(_work, task, folder, wishes, model, retries=RETRIES, pure=False)] = task
    coming = distributed.as_completed(given)
    for future in coming:
        task = given.pop(future)
        try:
            done: Done = future.result()
        except distributed.KilledWorker:
            again = client.submit(_work, replace(task, failure=WORKER_DIED), folder, wishes, model, pure=False)
            given[again] = task
            coming.add(again)
        else:
            future.release()
            yield done


def model_bytes(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """The files of a model that scoring takes: its manifest and its tables."""
    return tuple(
        (path.name, path.read_bytes()) for path in (folder / MANIFEST, *sorted(folder.glob(f"*{TABLES_SUFFIX}")))
    )


def _work(task: Task, folder: str, wishes: Wishes, model: tuple[tuple[str, bytes], ...]) -> Done:
    return score_shard(task, folder_at(folder), _tools(wishes, model))


@lru_cache(maxsize=1)
def _tools(wishes: Wishes, model: tuple[tuple[str, bytes], ...]) -> Tools:
    """Loaded once for each worker; the files stay as long as its process, since some are read when first needed."""
    folder = tempfile.mkdtemp(prefix="unspun-model-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    there = Path(folder, Path(wishes.model).name)
    there.mkdir()
    for name, content in model:
        (there / name).write_bytes(content)
    return load_tools(replace(wishes, model=str(there)))


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as exc:
        raise WrongUse(CLUSTER.missing) from exc
    return distributed
