"""The packages that some inputs, outputs and engines need, and what to say where one is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from detector.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Package:
    """A package that not everybody installs."""

    name: str
    missing: str


PARQUET = Package("pyarrow", "Parquet needs pyarrow. Install it: pip install 'unspun[parquet]'.")
WARC = Package("fastwarc", "WARC and WET need FastWARC. Install it: pip install 'unspun[warc]'.")
RESILIPARSE = Package("resiliparse", "Resiliparse is not installed. Install it: pip install 'unspun[warc]'.")
CLUSTER = Package("distributed", "--scheduler needs dask.distributed. Install it: pip install 'unspun[cluster]'.")


def check_packages(needed: Iterable[Package]) -> None:
    """Raises WrongUse for the first that is missing, before a run begins with it."""
    for package in needed:
        if not _is_installed(package.name):
            raise WrongUse(package.missing)


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # marked as missing
        return False
