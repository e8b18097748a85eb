"""A model folder on disk: manifest.json and tables.npz. The only file input and output of the detector.

The tables are plain numeric arrays, read without pickle and only when their sha256 is the manifest's. Weights are
one byte each, an index into a codebook of 256 values.
"""

import hashlib
import io
import json
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from detector.errors import ModelError
from detector.model import Detector, Tables
from detector.ngrams import CHAR_CODES, NGRAM_VERSION, SLOTS
from detector.text import TEXT_VERSION
from detector.wording import Wording, wording_from_arrays

FORMAT = 1
MANIFEST, TABLES, WORDING = "manifest.json", "tables.npz", "wording.npz"
ARRAYS = (
    "char_codes",
    "char_book",
    "word_entries",
    "word_book",
    "phrase_keys",
    "phrase_families",
    "originals",
)
WORDING_ARRAYS = (
    "phrases",
    "left_alone",
    "sizes",
    "candidates",
    "rates",
    "speakers",
    "originals",
    "entries",
    "words",
)


def load_detector(folder: Path) -> Detector:
    """Read a model folder. Raises ModelError when it is missing, damaged, or made for another version of unspun."""
    manifest = read_manifest(folder)
    arrays = _read_arrays(folder, TABLES, manifest["tables_sha256"])
    return Detector(manifest, tables_from_arrays(arrays), lambda: load_wording(folder))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder, its versions checked."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError as exc:
        raise ModelError(
            f"No model at {folder.name}: {MANIFEST} is missing. Run `make train` or choose another model."
        ) from exc
    except (OSError, ValueError) as exc:
        raise ModelError(f"The {MANIFEST} of model {folder.name} cannot be read ({exc}).") from exc
    found = (manifest.get("format"), manifest.get("text_version"), manifest.get("ngram_version"))
    wanted = (FORMAT, TEXT_VERSION, NGRAM_VERSION)
    if found != wanted:
        raise ModelError(f"Model {folder.name} has versions {found}, this unspun reads {wanted}. Train it again.")
    return manifest


def _read_arrays(folder: Path, name: str, wanted: str) -> dict[str, NDArray[Any]]:
    """The arrays of one file of a model, if its sha256 is the wanted one."""
    try:
        blob = (folder / name).read_bytes()
    except OSError as exc:
        raise ModelError(f"The {name} of model {folder.name} cannot be read ({exc}).") from exc
    found = hashlib.sha256(blob).hexdigest()
    if found != wanted:
        raise ModelError(f"The {name} of model {folder.name} is damaged: sha256 {found[:12]}…, wanted {wanted[:12]}….")
    try:
        with np.load(io.BytesIO(blob), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, BadZipFile, KeyError) as exc:
        raise ModelError(f"The {name} of model {folder.name} is not a table file ({exc}).") from exc


def tables_from_arrays(arrays: dict[str, NDArray[Any]]) -> Tables:
    """Decode the arrays of tables.npz, shapes checked."""
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise ModelError(f"The table file lacks {', '.join(missing)}. Train the model again.")
    for name, size in (("char_codes", CHAR_CODES), ("word_entries", SLOTS)):
        if arrays[name].shape != (size,):
            raise ModelError(f"Table {name} has shape {arrays[name].shape}, wanted ({size},). Train the model again.")
    return Tables(
        char_codes=arrays["char_codes"],
        char_book=arrays["char_book"],
        word_entries=arrays["word_entries"],
        word_book=arrays["word_book"],
        phrase_keys=arrays["phrase_keys"],
        phrase_families=arrays["phrase_families"],
        originals=tuple(arrays["originals"].tobytes().decode().split("\n")),
    )


def load_wording(folder: Path) -> Wording | None:
    """The wording tables of a model folder, None when the model was made without. Raises ModelError when damaged."""
    wanted = read_manifest(folder).get("wording_sha256")
    if wanted is None:
        return None
    arrays = _read_arrays(folder, WORDING, wanted)
    missing = [name for name in WORDING_ARRAYS if name not in arrays]
    if missing:
        raise ModelError(f"The {WORDING} of model {folder.name} lacks {', '.join(missing)}. Train the model again.")
    return wording_from_arrays(arrays)


def save_model(folder: Path, manifest: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Write tables.npz and manifest.json whole: the manifest last, since a folder without one is no model."""
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder, TABLES, "tables_sha256", arrays, manifest)


def save_wording(folder: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Add wording.npz to a model folder, and its sum to the manifest."""
    _save(folder, WORDING, "wording_sha256", arrays, read_manifest(folder))


def _save(folder: Path, name: str, sum_name: str, arrays: dict[str, NDArray[Any]], manifest: dict[str, Any]) -> None:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    blob = buffer.getvalue()
    sealed = manifest | {sum_name: hashlib.sha256(blob).hexdigest()}
    write_whole(folder / name, blob)
    write_whole(folder / MANIFEST, (json.dumps(sealed, indent=1, ensure_ascii=False) + "\n").encode())


def write_whole(path: Path, blob: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of one."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(blob)
    temporary.replace(path)
