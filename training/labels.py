"""Labelled pages: checked, freed of copies, and put into groups that no split may tear apart."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from detector.errors import InputError
from training.grams import read_grams

SPUN, HONEST = "spun", "not-spun"
# Fewer than this of each kind teach more of their subjects than of their wording.
MIN_OF_A_KIND = 10
# One site gives at most a fifth of what is learned from: its labels stand against this share of all the others'.
SITE_SHARE = 0.25
# Jaccard similarity of the sets of word triples.
SAME, NEAR = 0.9, 0.2
COMMON_PAGES = 500  # a triple that stands in more pages than this is no sign of a copy


@dataclass(frozen=True, slots=True)
class Label:
    """A page somebody judged. site: its host, empty where unknown. time: seconds since 1970. id: how to name it."""

    id: str
    text: str
    spun: bool
    site: str = ""
    time: float = 0.0


@dataclass(frozen=True, slots=True)
class Checked:
    """Labels fit to learn from. groups: int64 (labels,), the same for pages of one site and for texts that are alike.

    copies, crowded: how many labels were left out as copies, and because their site had more than its share.
    """

    labels: tuple[Label, ...]
    groups: NDArray[np.int64]
    copies: int
    crowded: int


def check(labels: Sequence[Label]) -> Checked:
    """Merge copies, keep every site from having more than its share, find what belongs together.

    Raises InputError for labels that contradict each other, by name, and for too few of a kind.
    """
    if not labels:
        raise InputError(f"There are no labels. Wanted {MIN_OF_A_KIND} pages of each kind, {SPUN} and {HONEST}.")
    ordered = sorted(labels, key=lambda label: (-label.time, label.id))
    texts, text_of = np.unique([" ".join(label.text.casefold().split()) for label in ordered], return_inverse=True)
    alike = _similarity(texts.tolist())
    same = connected_components(alike >= SAME, directed=False)[1][text_of]
    _refuse_contradictions(ordered, same)
    first = np.sort(np.unique(same, return_index=True)[1])
    fair = _within_share([ordered[i] for i in first])
    kept = first[fair]
    chosen = tuple(ordered[i] for i in kept)
    _refuse_too_few(chosen, ordered)
    groups = _groups(chosen, (alike >= NEAR)[text_of[kept]][:, text_of[kept]])
    return Checked(chosen, groups, len(ordered) - len(first), len(first) - len(kept))


def _refuse_contradictions(labels: Sequence[Label], same: NDArray[np.int32]) -> None:
    said: dict[int, Label] = {}
    pairs = []
    for label, text in zip(labels, same.tolist(), strict=True):
        other = said.setdefault(text, label)
        if other.spun != label.spun:
            pairs.append(f"{other.id} and {label.id}")
    if pairs:
        shown = "; ".join(pairs[:10]) + (f" and {len(pairs) - 10} more" if len(pairs) > 10 else "")
        raise InputError(f"The same text is labelled {SPUN} and {HONEST}: {shown}. Take back one of each pair.")


def _within_share(labels: Sequence[Label]) -> NDArray[np.bool_]:
    """Which labels stay: of each site and kind the newest, up to its share."""
    sites = Counter((label.site, label.spun) for label in labels if label.site)
    kinds = Counter(label.spun for label in labels)
    seen: Counter[tuple[str, bool]] = Counter()
    kept = []
    for label in labels:
        key = (label.site, label.spun)
        seen[key] += 1
        kept.append(not label.site or seen[key] <= math.ceil(SITE_SHARE * (kinds[label.spun] - sites[key])))
    return np.array(kept)


def _refuse_too_few(chosen: Sequence[Label], given: Sequence[Label]) -> None:
    for spun, name in ((True, SPUN), (False, HONEST)):
        count = sum(label.spun == spun for label in chosen)
        if count < MIN_OF_A_KIND:
            sites = Counter(label.site for label in given if label.spun == spun and label.site)
            told = f", {sites.most_common(1)[0][1]} of them of {sites.most_common(1)[0][0]}" if sites else ""
            raise InputError(
                f"Found {sum(label.spun == spun for label in given)} pages labelled {name}{told}; {count} of them can "
                f"be learned from. Wanted {MIN_OF_A_KIND}: copies count once, and no site for more than a fifth."
            )


def _similarity(texts: Sequence[str]) -> csr_matrix:
    """CSR (texts, texts): the Jaccard similarity of those that share word triples."""
    grams = read_grams(texts, [str(number) for number in range(len(texts))], jobs=1)
    triple = grams.id_orders == 3
    rows = np.repeat(np.arange(len(texts)), np.diff(grams.id_ends, prepend=0))[triple]
    names, columns, counts = np.unique(grams.ids[triple], return_inverse=True, return_counts=True)
    rare = (counts[columns] > 1) & (counts[columns] <= COMMON_PAGES)
    sizes = np.bincount(rows, minlength=len(texts))
    ones = np.ones(int(rare.sum()), np.float32)
    sets = csr_matrix((ones, (rows[rare], columns[rare])), shape=(len(texts), max(1, len(names))))
    shared = (sets @ sets.T).tocoo()
    union = sizes[shared.row] + sizes[shared.col] - shared.data
    return csr_matrix((shared.data / np.maximum(union, 1), (shared.row, shared.col)), shape=shared.shape)


def _groups(labels: Sequence[Label], near: csr_matrix) -> NDArray[np.int64]:
    """Groups: one site, or texts that are alike, and whatever these join."""
    first: dict[str, int] = {}
    joined = [(first.setdefault(label.site, i), i) for i, label in enumerate(labels) if label.site]
    ends = np.array(joined, np.int64).reshape(-1, 2).T
    sites = csr_matrix((np.ones(ends.shape[1], bool), (ends[0], ends[1])), shape=near.shape)
    groups: NDArray[np.int64] = connected_components(near + sites, directed=False)[1].astype(np.int64)
    return groups
