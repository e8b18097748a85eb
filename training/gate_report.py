"""What the gate found, in words and as a figure, and the card of a retrained model."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from training.figures import ACCENT, ALARM, DPI, QUIET
from training.gate import ALARMS_SLACK, HITS_SLACK, Check
from training.issues import Issue

SHOWN_ISSUES = 50


def gate_report(
    manifest: Mapping[str, Any], checks: Sequence[Check], reasons: Sequence[str], issues: Sequence[Issue]
) -> str:
    """GATE.md: whether the model may be promoted, and why not; every check; the labels it did not learn from."""
    return "\n".join(_report(manifest, checks, reasons, issues)) + "\n"


def _report(
    manifest: Mapping[str, Any], checks: Sequence[Check], reasons: Sequence[str], issues: Sequence[Issue]
) -> Iterable[str]:
    yield f"# Gate of model {manifest['id']}"
    yield ""
    yield f"Passed: no worse than {manifest['parents'][0]} in any check." if not reasons else "Not promoted:"
    yield ""
    yield from (f"- {reason}" for reason in reasons)
    yield ""
    yield "Pages flagged by the parent and by this model, at each model's own threshold for `suspicious`: frozen pages"
    yield "that neither learned from, and the labels, each judged by a model that had not seen its site. A check fails"
    yield "when the 95 % interval of the change (paired bootstrap) lies on the wrong side and the change is larger than"
    yield f"{HITS_SLACK:.1%} of the hits or {ALARMS_SLACK:.1%} of the honest pages."
    yield ""
    yield "![Before and after](figures/gate.png)"
    yield ""
    yield "| | on | pages | parent | this model | change, 95 % | |"
    yield "|---|---|---|---|---|---|---|"
    for check in checks:
        shares = f"{check.parent:.2%} | {check.challenger:.2%} | {check.low:+.2%} to {check.high:+.2%}"
        yield f"| {check.measure} | {check.kind} | {check.pages} | {shares} | {'' if check.passed else 'failed'} |"
    if issues:
        yield ""
        yield "## Labels that are likely wrong"
        yield ""
        yield "Models that had not seen their site are sure of the other answer. They were not learned from."
        yield ""
        yield "| label | site | says | chance that it is spun |"
        yield "|---|---|---|---|"
        for issue in issues[:SHOWN_ISSUES]:
            said = "spun" if issue.labelled_spun else "not spun"
            yield f"| {issue.id} | {issue.site} | {said} | {issue.spun_chance:.2f} |"
        if len(issues) > SHOWN_ISSUES:
            yield f"| and {len(issues) - SHOWN_ISSUES} more | | | |"


def card(manifest: Mapping[str, Any]) -> str:
    """MODEL_CARD.md of a retrained model."""
    told, parent = manifest["retrained"], manifest["parents"][0]
    gate = "passed" if told["gate"] == "passed" else "not passed"
    return "\n".join(
        (
            f"# Model {manifest['id']}",
            "",
            f"Retrained from [{parent}](../{parent}/MODEL_CARD.md), whose card tells all that is not said here.",
            "",
            f"- Learned from {told['labels']} labelled pages of {told['sites']} sites, {told['spun']} of them spun.",
            f"  Left out: {told['copies']} copies, {told['crowded']} of sites with more than their share,",
            f"  {told['unscorable']} that cannot be judged, {told['set_aside']} that are likely wrong.",
            f"- Words of spun pages were pushed {told['push']:g} times their log ratio, as labels kept apart asked.",
            f"- Thresholds rose by {told['shift']:.2f}, so that honest pages are not flagged more often.",
            f"- Gate: {gate}. See [GATE.md](GATE.md).",
            f"- Labels sha256 `{told['labels_sha256'][:16]}`, seed {manifest['seed']}.",
            "",
            "![Before and after](figures/gate.png)",
            "",
        )
    )


def draw_checks(checks: Sequence[Check], path: Path) -> None:
    """The shares flagged before and after, one row for each check, as PNG."""
    figure, panels = plt.subplots(1, 2, figsize=(10, 0.2 * len(checks) / 1.6 + 1.6))
    for axes, measure in zip(panels, ("hits", "false alarms"), strict=True):
        rows = [check for check in checks if check.measure == measure][::-1]
        for at, check in enumerate(rows):
            colour = ACCENT if check.passed else ALARM
            axes.plot([100 * check.parent, 100 * check.challenger], [at, at], color=colour, lw=2, alpha=0.5)
            axes.plot(100 * check.parent, at, "o", color=QUIET, ms=5)
            axes.plot(100 * check.challenger, at, "o", color=colour, ms=5)
        axes.set_yticks(range(len(rows)), [check.kind for check in rows], fontsize=7)
        axes.set_xlabel(f"{measure}, % of pages flagged (grey: before)")
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, dpi=DPI)
    plt.close(figure)
