"""Which model of a folder is in use, which were before it, and changing that: ACTIVE and PREVIOUS beside the models.

Both files are replaced whole, and in an order that a crash at any moment leaves a model in use and a way back.
"""

from pathlib import Path

from detector.artefact import MANIFEST, write_whole
from detector.errors import ModelError

ACTIVE_FILE, PREVIOUS_FILE = "ACTIVE", "PREVIOUS"
KEPT_STEPS = 50


def active_id(folder: Path) -> str:
    """The id in ACTIVE. Raises ModelError."""
    try:
        name = (folder / ACTIVE_FILE).read_text("utf-8").strip()
    except OSError as exc:
        raise ModelError(
            f"There is no active model: {folder / ACTIVE_FILE} cannot be read. "
            "Write a model's id there, or run make train."
        ) from exc
    if not name:
        raise ModelError(f"{folder / ACTIVE_FILE} is empty. Write a model's id there.")
    return name


def previous_id(folder: Path) -> str | None:
    """The model that was active before, if it is still there: where rolling back leads."""
    steps = _steps_back(folder)
    return steps[-1] if steps else None


def activate(folder: Path, model_id: str) -> None:
    """Make a model the active one, and remember the one before. Raises ModelError where there is no such model."""
    if not (folder / model_id / MANIFEST).is_file() or Path(model_id).name != model_id:
        raise ModelError(f"There is no model {model_id} in {folder.name}/. See `unspun models list`.")
    before = _active_or_none(folder)
    if before == model_id:
        return
    # Remembered first: killed between the two, the way back leads to the model in use, and is passed over.
    if before is not None:
        _write(folder, (*_steps_back(folder), before))
    write_whole(folder / ACTIVE_FILE, f"{model_id}\n".encode())


def roll_back(folder: Path) -> str:
    """Make the model active that was before; its id. Raises ModelError where none is remembered."""
    steps = _steps_back(folder)
    if not steps:
        raise ModelError("No earlier model is remembered. Choose one of `unspun models list` and promote it.")
    write_whole(folder / ACTIVE_FILE, f"{steps[-1]}\n".encode())
    _write(folder, steps[:-1])
    return steps[-1]


def _steps_back(folder: Path) -> tuple[str, ...]:
    """The remembered models that are still there, the latest last, without the one in use at the end."""
    try:
        lines = (folder / PREVIOUS_FILE).read_text("utf-8").split()
    except OSError:
        return ()
    there = [name for name in lines if Path(name).name == name and (folder / name / MANIFEST).is_file()]
    while there and there[-1] == _active_or_none(folder):
        there.pop()
    return tuple(there)


def _active_or_none(folder: Path) -> str | None:
    try:
        return active_id(folder)
    except ModelError:
        return None


def _write(folder: Path, steps: tuple[str, ...]) -> None:
    write_whole(folder / PREVIOUS_FILE, "".join(f"{name}\n" for name in steps[-KEPT_STEPS:]).encode())
