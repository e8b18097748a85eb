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

FORMAT = 1
MANIFEST, TABLES = "manifest.json", "tables.npz"
ARRAYS = (
    "char_codes",
    "char_book",
    "word_entries",
    "word_book",
    "phrase_keys",
    "phrase_families",
    "originals",
)


def load_detector(folder: Path) -> Detector:
    """Read a model folder. Raises ModelError when it is missing, damaged, or made for another version of unspun."""
    manifest = read_manifest(folder)
    arrays = _read_tables(folder, manifest)
    return Detector(manifest, tables_from_arrays(arrays))


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


def _read_tables(folder: Path, manifest: dict[str, Any]) -> dict[str, NDArray[Any]]:
    try:
        blob = (folder / TABLES).read_bytes()
    except OSError as exc:
        raise ModelError(f"The {TABLES} of model {folder.name} cannot be read ({exc}).") from exc
    found, wanted = hashlib.sha256(blob).hexdigest(), manifest["tables_sha256"]
    if found != wanted:
        raise ModelError(
            f"The {TABLES} of model {folder.name} is damaged: sha256 {found[:12]}…, wanted {wanted[:12]}…."
        )
    try:
        with np.load(io.BytesIO(blob), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (ValueError, BadZipFile, KeyError) as exc:
        raise ModelError(f"The {TABLES} of model {folder.name} is not a table file ({exc}).") from exc


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


def save_model(folder: Path, manifest: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Write tables.npz and manifest.json whole: the manifest last, since a folder without one is no model."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    blob = buffer.getvalue()
    sealed = manifest | {"tables_sha256": hashlib.sha256(blob).hexdigest()}
    write_whole(folder / TABLES, blob)
    write_whole(folder / MANIFEST, (json.dumps(sealed, indent=1, ensure_ascii=False) + "\n").encode())


def write_whole(path: Path, blob: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of one."""
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(blob)
    temporary.replace(path)
