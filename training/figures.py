"""The model card's figures, drawn from the measures of training/evaluate.py."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import matplotlib.ticker

INK, QUIET, ACCENT, ALARM = "#1f2933", "#9aa5b1", "#2f6fb3", "#c0392b"
DPI = 110
LEAST = 5e-4


def draw_all(metrics: Mapping[str, Any], thresholds: Mapping[str, float], folder: Path) -> None:
    """Write every figure as PNG into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _draw_roc(metrics["roc"], folder / "roc.png")
    _draw_hits(metrics["hits"], folder / "hits-by-tool.png")
    _draw_alarms(metrics["false_alarms"], thresholds["suspicious"], folder / "false-alarms.png")
    _draw_bands(metrics["hits"], metrics["partly_spun"], folder / "hits-by-size.png")
    _draw_calibration(metrics["reliability"], folder / "calibration.png")
    if "left_out_dictionaries" in metrics:
        _draw_left_out(metrics["left_out_dictionaries"], folder / "left-out.png")


def _draw_roc(curves: Mapping[str, Sequence[Sequence[float]]], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(6, 4))
    shades = plt.get_cmap("Blues")
    for number, (length, points) in enumerate(sorted(curves.items(), key=lambda item: int(item[0]))):
        rates, hits = zip(*points, strict=True)
        axes.plot(
            rates, hits, color=shades(0.35 + 0.6 * number / max(1, len(curves) - 1)), label=f"{length} words", lw=2
        )
    axes.axvline(0.01, color=QUIET, lw=1, ls="--")
    axes.set(xscale="log", xlim=(5e-4, 1), ylim=(0, 1.01))
    axes.set_xlabel("share of human texts flagged (false alarms)")
    axes.set_ylabel("share of spun texts found (hits)")
    axes.set_title("Hits against false alarms, unseen documents", color=INK, fontsize=11)
    axes.legend(frameon=False, loc="lower right")
    _finish(figure, axes, path)


def _draw_hits(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    lengths = sorted({row["length"] for row in rows})
    wanted = [length for length in (100, 400) if length in lengths] or lengths[-1:]
    last = {row["kind"]: row["hits"] for row in rows if row["length"] == wanted[-1]}
    kinds = sorted(last, key=last.__getitem__)
    figure, axes = plt.subplots(figsize=(7, 0.24 * len(kinds) + 1.2))
    for length, colour in zip(wanted, (QUIET, ACCENT), strict=False):
        at = {row["kind"]: row for row in rows if row["length"] == length}
        found = [kind for kind in kinds if kind in at]
        places = [kinds.index(kind) for kind in found]
        axes.hlines(
            places, [at[kind]["low"] for kind in found], [at[kind]["high"] for kind in found], colour, lw=3, alpha=0.35
        )
        axes.plot([at[kind]["hits"] for kind in found], places, "o", color=colour, ms=5, label=f"{length} words")
    axes.set_yticks(range(len(kinds)), kinds, fontsize=8)
    axes.set_xlim(0, 1.01)
    axes.set_xlabel("hits at 1 % false alarms (bars: 95 % bootstrap interval)")
    axes.legend(frameon=False, loc="lower left")
    _finish(figure, axes, path)


def _draw_alarms(rows: Sequence[Mapping[str, Any]], nominal: float, path: Path) -> None:
    kinds = sorted({row["kind"] for row in rows})
    figure, axes = plt.subplots(figsize=(7, 0.3 * len(kinds) + 1.2))
    for row in rows:
        size = 6 + row["length"] / 20
        axes.scatter(row["suspicious_or_worse"] * 100, kinds.index(row["kind"]), s=size, color=ALARM, alpha=0.6, lw=0)
    axes.axvline(nominal * 100, color=QUIET, lw=1, ls="--")
    axes.set_yticks(range(len(kinds)), kinds, fontsize=8)
    axes.set_xlim(left=0)
    axes.set_xlabel("% of human texts flagged at the stated 1 % (larger dot: longer texts)")
    _finish(figure, axes, path)


def _draw_bands(lengths: Sequence[Mapping[str, Any]], shares: Sequence[Mapping[str, Any]], path: Path) -> None:
    """All tools together: by length, and on pages of which a part is spun."""
    pooled = sorted((row for row in lengths if row["kind"] == "all tools"), key=lambda row: row["length"])
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3), sharey=True)
    _bars(left, [f"{row['length']}" for row in pooled], pooled, "words, all of them spun")
    words = shares[0]["length"] if shares else 0
    _bars(right, [row["kind"].removesuffix(" spun") for row in shares], shares, f"of {words} words spun")
    left.set_ylabel("hits at 1 % false alarms")
    left.set_ylim(0, 1.01)
    _finish(figure, left, path, right)


def _bars(axes: Any, names: Sequence[str], rows: Sequence[Mapping[str, Any]], label: str) -> None:
    hits = [row["hits"] for row in rows]
    reach = [[row["hits"] - row["low"] for row in rows], [row["high"] - row["hits"] for row in rows]]
    axes.bar(range(len(rows)), hits, color=ACCENT, width=0.6, yerr=reach, ecolor=INK, capsize=3)
    axes.set_xticks(range(len(rows)), names)
    axes.set_xlabel(label)


def _draw_calibration(points: Sequence[Sequence[float]], path: Path) -> None:
    """On log-odds axes: at a prior of a few per cent most pages lie at the ends."""
    stated, found = ([min(max(point[side], LEAST), 1 - LEAST) for point in points] for side in (0, 1))
    figure, axes = plt.subplots(figsize=(4.5, 4))
    axes.plot([LEAST, 1 - LEAST], [LEAST, 1 - LEAST], color=QUIET, lw=1, ls="--")
    axes.plot(stated, found, "o-", color=ACCENT, lw=2, ms=5)
    axes.set(xscale="logit", yscale="logit", xlim=(LEAST / 2, 1 - LEAST / 2), ylim=(LEAST / 2, 1 - LEAST / 2))
    ticks = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999]
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(mpl.ticker.NullLocator())
        axis.set_ticks(ticks, [f"{tick:g}" for tick in ticks], fontsize=8)
    axes.set_xlabel("stated probability")
    axes.set_ylabel("share that was spun")
    _finish(figure, axes, path)


def _draw_left_out(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    ordered = sorted(rows, key=lambda row: row["auroc"])
    places = range(len(ordered))
    figure, axes = plt.subplots(figsize=(7, 0.24 * len(ordered) + 1.2))
    axes.hlines(places, 0.5, [row["auroc"] for row in ordered], color="#e4e7eb", lw=2)
    axes.plot([row["auroc"] for row in ordered], places, "o", color=ACCENT, ms=5, label="AUROC")
    axes.plot([row["hits"] for row in ordered], places, "o", color=QUIET, ms=5, label="hits at 1 % false alarms")
    axes.set_yticks(places, [row["kind"] for row in ordered], fontsize=8)
    axes.set_xlim(min(0.5, *(row["hits"] for row in ordered)) - 0.02, 1.01)
    axes.set_xlabel("with the dictionary left out of training")
    axes.legend(frameon=False, loc="lower left")
    _finish(figure, axes, path)


def _finish(figure: Any, axes: Any, path: Path, *others: Any) -> None:
    for each in (axes, *others):
        each.spines[["top", "right"]].set_visible(False)
        each.tick_params(colors=INK)
        each.grid(axis="x", color="#e4e7eb", lw=0.6)
        each.set_axisbelow(True)
    figure.tight_layout()
    # Without the version of the drawing library in it, the same numbers give the same file.
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(figure)
