"""Measures of several ways to score the same pages, as a table and a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from training.figures import ACCENT, DPI, INK, QUIET
from training.pages import Page

RATE = 0.01
MIN_GENRE_PAGES = 100  # of fewer pages a share of 1 % says nothing


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to score and what it gave: every page's score, and how long a page of 5 KB takes."""

    name: str
    learned: str
    scores: NDArray[np.float64]
    microseconds: float


@dataclass(frozen=True, slots=True)
class Told:
    """How well spun pages are told from human ones."""

    pages: int
    hits: float
    auroc: float


@dataclass(frozen=True, slots=True)
class Sets:
    """The pages every way has scored, in one list, and where each kind stands in it."""

    pages: Sequence[Page]
    human: NDArray[np.bool_]  # unseen human documents
    spun: NDArray[np.bool_]  # unseen documents, tools of training
    strangers: NDArray[np.bool_]  # unseen documents, tools that are never trained on
    own: NDArray[np.bool_]  # texts given by the caller, human and spun

    def of(self, chosen: NDArray[np.bool_], length: int, kind: str | None = None) -> NDArray[np.intp]:
        """Places of the chosen pages of a length, and of a kind."""
        fits = [page.length == length and kind in (None, page.kind) for page in self.pages]
        return np.flatnonzero(chosen & np.array(fits, dtype=bool))

    def kinds(self, chosen: NDArray[np.bool_]) -> list[str]:
        """The kinds of the chosen pages."""
        return sorted({self.pages[place].kind for place in np.flatnonzero(chosen).tolist()})


def told(spun: NDArray[np.float64], human: NDArray[np.float64]) -> Told:
    """Hits: the share of spun pages above the score that 1 % of the human ones exceed."""
    labels = np.repeat((1, 0), (len(spun), len(human)))
    auroc = float(roc_auc_score(labels, np.concatenate((spun, human))))
    return Told(len(spun), float(np.mean(spun > np.quantile(human, 1 - RATE))), auroc)


def alarms_by_genre(measured: Measured, sets: Sets, length: int) -> dict[str, float]:
    """The share of each genre's human pages above what 1 % of the human pages of all other genres exceed."""
    alarms = {}
    everywhere = sets.of(sets.human, length)
    for kind in sets.kinds(sets.human):
        inside = sets.of(sets.human, length, kind)
        elsewhere = np.setdiff1d(everywhere, inside)
        if len(inside) >= MIN_GENRE_PAGES and len(elsewhere):
            threshold = np.quantile(measured.scores[elsewhere], 1 - RATE)
            alarms[kind] = float(np.mean(measured.scores[inside] > threshold))
    return alarms


def markdown(rows: Sequence[Measured], sets: Sets, lengths: Sequence[int]) -> str:
    """All tables, each with what it shows."""
    parts = [
        "## Tools of training, unseen documents",
        _main_table(rows, sets, lengths),
        "## Tools that are never trained on",
        _strangers_table(rows, sets, lengths),
        "## False alarms by genre",
        _genres_table(rows, sets, lengths[-1]),
    ]
    if sets.own.any():
        parts += ["## Texts given by hand", _own_table(rows, sets)]
    return "\n\n".join(parts) + "\n"


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, the first column to the left, the others to the right."""
    lines = [titles, ["---", *["---:"] * (len(titles) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _main_table(rows: Sequence[Measured], sets: Sets, lengths: Sequence[int]) -> str:
    titles = ["", "learned from"]
    for length in lengths:
        titles += [f"hits, {length} words", f"AUROC, {length}", f"worst genre's false alarms, {length}"]
    cells = []
    for row in rows:
        line = [row.name, row.learned]
        for length in lengths:
            each = told(row.scores[sets.of(sets.spun, length)], row.scores[sets.of(sets.human, length)])
            alarms = alarms_by_genre(row, sets, length)
            worst = max(alarms, key=alarms.__getitem__, default="")
            line += [f"{each.hits:.3f}", f"{each.auroc:.4f}", f"{alarms[worst]:.1%} ({worst})" if worst else "-"]
        cells.append([*line, f"{row.microseconds:,.0f}"])
    return table([*titles, "µs a page of 5 KB"], cells)


def _strangers_table(rows: Sequence[Measured], sets: Sets, lengths: Sequence[int]) -> str:
    kinds = sets.kinds(sets.strangers)
    if not kinds:
        return "None of them could be had on this machine."
    cells = []
    for row in rows:
        line = [row.name]
        for kind in kinds:
            for length in lengths:
                spun = row.scores[sets.of(sets.strangers, length, kind)]
                each = told(spun, row.scores[sets.of(sets.human, length)]) if len(spun) else None
                line.append(f"{each.hits:.2f} / {each.auroc:.3f}" if each else "-")
        cells.append(line)
    return "Hits / AUROC.\n\n" + table(["", *(f"{kind}, {length}" for kind in kinds for length in lengths)], cells)


def _genres_table(rows: Sequence[Measured], sets: Sets, length: int) -> str:
    columns = [alarms_by_genre(row, sets, length) for row in rows]
    genres = sorted(columns[0], key=lambda genre: -columns[0][genre])
    if not genres:
        return f"No genre has {MIN_GENRE_PAGES} unseen pages."
    cells = [[genre, *(f"{column[genre]:.1%}" for column in columns)] for genre in genres]
    return table([f"{length} words", *(row.name for row in rows)], cells)


def _own_table(rows: Sequence[Measured], sets: Sets) -> str:
    length = next(sets.pages[place].length for place in np.flatnonzero(sets.own).tolist())
    kinds = sets.kinds(sets.own)
    places = {kind: sets.of(sets.own, length, kind) for kind in kinds}
    are = {kind: "spun" if sets.pages[at[0]].spun else "human" for kind, at in places.items()}
    cells = []
    for row in rows:
        threshold = np.quantile(row.scores[sets.of(sets.human, length)], 1 - RATE)
        cells.append([row.name, *(f"{np.mean(row.scores[places[kind]] > threshold):.3f}" for kind in kinds)])
    titles = (f"{kind} ({len(places[kind])} {are[kind]})" for kind in kinds)
    return f"Share above what 1 % of the unseen human pages of {length} words exceed.\n\n" + table(["", *titles], cells)


def draw(rows: Sequence[Measured], sets: Sets, lengths: Sequence[int], path: Path) -> None:
    """Hits at 1 % false alarms of every way: tools of training, then each tool that is never trained on."""
    groups: Mapping[str, NDArray[np.bool_]] = {"tools of training": sets.spun}
    kinds = np.array([page.kind for page in sets.pages])
    groups = {**groups, **{kind: sets.strangers & (kinds == kind) for kind in sets.kinds(sets.strangers)}}
    figure, panels = plt.subplots(1, len(groups), figsize=(3 + 2.3 * len(groups), 0.5 * len(rows) + 1.4), sharey=True)
    for axes, (title, chosen) in zip(np.atleast_1d(panels), groups.items(), strict=True):
        for number, length in enumerate(lengths):
            human, spun = sets.of(sets.human, length), sets.of(chosen, length)
            hits = [told(row.scores[spun], row.scores[human]).hits if len(spun) else 0.0 for row in rows]
            places = np.arange(len(rows)) + 0.38 * (number - (len(lengths) - 1) / 2)
            colour = ACCENT if number == len(lengths) - 1 else QUIET
            axes.barh(places, hits, 0.34, color=colour, label=f"{length} words")
        axes.set_title(title, color=INK, fontsize=10)
        axes.set(xlim=(0, 1), xticks=(0, 0.5, 1), yticks=range(len(rows)))
        axes.set_yticklabels([row.name for row in rows], fontsize=9)
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="x", color="#e4e7eb", lw=0.6)
        axes.set_axisbelow(True)
    handles, labels = np.atleast_1d(panels)[0].get_legend_handles_labels()
    figure.legend(handles, labels, frameon=False, loc="lower right", ncols=len(lengths), fontsize=9)
    figure.suptitle("Hits at 1 % false alarms, unseen documents", color=INK, fontsize=11)
    figure.tight_layout(rect=(0, 0.07, 1, 1))
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(figure)
