"""Writes a model's MODEL_CARD.md from its manifest and its measures."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def model_card(manifest: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    """The card as Markdown. Every figure in it comes from `unspun evaluate`."""
    return "\n".join(_lines(manifest, metrics)) + "\n"


def _lines(manifest: Mapping[str, Any], metrics: Mapping[str, Any]) -> Iterable[str]:
    training, thresholds = manifest["training"], manifest["thresholds"]
    yield f"# Model {manifest['id']}"
    yield ""
    yield "A linear model on character 4-grams and word 1-3-grams. It tells text that synonym-spinning software"
    yield f"re-wrote from text as people write it: English prose of at least {manifest['min_words']} words."
    yield "All figures below: `unspun evaluate`, on documents that no fit has seen."
    yield ""
    yield "## What it learned from"
    yield ""
    yield f"- {training['words'] / 1e6:.1f} million words of human text, {training['documents']:,} documents, "
    yield f"  {len(training['sources'])} sources: {', '.join(training['sources'])}."
    yield f"- The same texts re-written by {len(training['spinners'])} spinners: {', '.join(training['spinners'])}."
    yield f"- Data sha256 `{manifest['data_sha256'][:16]}`, seed {manifest['seed']}."
    yield ""
    yield "## What its verdicts promise"
    yield ""
    suspicious, spun = thresholds["suspicious"], thresholds["spun"]
    yield f"`suspicious` from a false-alarm rate of {suspicious:.1%}, `spun` from {spun:.1%}."
    yield "The rate: the share of human-written articles of that length that score as high, over genres that count the"
    yield "same, judged by models that had not seen their sources; the worst genre exceeds it by at most half."
    yield "Rates below 1 in 1,000 lean on a fitted tail."
    yield f"The probability takes 1 page in {round(1 / manifest['prior'])} to be spun; "
    yield f"its expected calibration error on the pages below is {metrics['calibration_error']:.3f}."
    yield ""
    yield "![Stated and found](figures/calibration.png)"
    yield ""
    yield "## Hits at 1 % false alarms, by tool and length in words"
    yield ""
    yield "![Hits against false alarms](figures/roc.png)"
    yield ""
    yield "![Hits by length and by how much is spun](figures/hits-by-size.png)"
    yield ""
    yield "![Hits by tool](figures/hits-by-tool.png)"
    yield ""
    yield from _hits(metrics["hits"])
    yield ""
    yield "## Tools that it was never trained on"
    yield ""
    yield from _hits(metrics["held_out"]) if metrics["held_out"] else ["None could be had when this was measured."]
    yield ""
    yield "## Pages of which only a part is spun"
    yield ""
    yield from _hits(metrics["partly_spun"])
    yield ""
    if "left_out_dictionaries" in metrics:
        yield from _left_out(metrics["left_out_dictionaries"], metrics["left_out_genres"])
    yield "## Human texts flagged"
    yield ""
    yield "![False alarms by genre](figures/false-alarms.png)"
    yield ""
    yield from _flagged([*metrics["false_alarms"], *metrics["learners"]])
    if metrics["own"]:
        yield ""
        yield "## Texts kept apart by hand"
        yield ""
        yield "Given to `unspun evaluate --human ... --spun ...`; in no training set."
        yield ""
        yield from _flagged(metrics["own"])
    yield ""
    yield "## Limits"
    yield ""
    yield "- It knows the wording of the tools it was trained on best; a tool with a dictionary of its own may pass."
    yield "- It cannot tell who spun a text, or why; and a verdict is not a proof: read the marked phrases."
    yield "- Not for other languages, poetry, code, lists, or texts under the minimum length."


def _left_out(dictionaries: Sequence[Mapping[str, Any]], genres: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    aurocs = [row["auroc"] for row in dictionaries]
    yield "## What if a dictionary were new to it?"
    yield ""
    yield "Models fitted without the dictionary (and those copied from it), to half of the documents; pages of"
    yield f"{dictionaries[0]['length']} words. Mean AUROC {sum(aurocs) / len(aurocs):.3f}, lowest {min(aurocs):.3f}."
    yield ""
    yield "![Dictionaries left out](figures/left-out.png)"
    yield ""
    yield "| left out | pages | AUROC | hits at 1 % false alarms |"
    yield "|---|---|---|---|"
    for row in dictionaries:
        yield f"| {row['kind']} | {row['pages']} | {row['auroc']:.3f} | {_hit(row)} |"
    yield ""
    yield "## What if a genre were new to it?"
    yield ""
    yield "Models fitted without the genre, thresholds set without it: the share of its pages that are then flagged"
    yield "at the stated 1 %."
    yield ""
    yield "| left out | pages | flagged |"
    yield "|---|---|---|"
    for row in genres:
        yield f"| {row['kind']} | {row['pages']} | {row['suspicious_or_worse']:.2%} |"
    yield ""


def _hits(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    lengths = sorted({row["length"] for row in rows})
    pooled = ("all tools", "unseen tools")
    yield "| pages | " + " | ".join(f"{length} words" for length in lengths) + " | AUROC at most words |"
    yield "|---" * (len(lengths) + 2) + "|"
    at = {(row["kind"], row["length"]): row for row in rows}
    for kind in sorted({row["kind"] for row in rows}, key=lambda kind: (kind not in pooled, kind)):
        cells = [_hit(at.get((kind, length))) for length in lengths]
        longest = [at[kind, length] for length in lengths if (kind, length) in at][-1]
        yield f"| {kind} | " + " | ".join(cells) + f" | {longest['auroc']:.3f} |"


def _hit(row: Mapping[str, Any] | None) -> str:
    return f"{row['hits']:.2f} ({row['low']:.2f}-{row['high']:.2f})" if row else ""


def _flagged(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    yield "| texts | words each | how many | suspicious or worse | spun |"
    yield "|---|---|---|---|---|"
    for row in rows:
        rates = f"{row['suspicious_or_worse']:.2%} | {row['spun']:.2%}"
        yield f"| {row['kind']} | {row['length']} | {row['pages']} | {rates} |"
