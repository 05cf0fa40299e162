"""What `make bench` owes, keeps and shows: each figure beside its anchor of the same run, then a table and a plot in .github/.

The plot has a bar for each figure, as a part of what is owed: a bar that ends before the line keeps its promise.
"""

import json
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".cache" / "bench.json"
TABLE, PLOT = ROOT / ".github" / "BENCH.md", ROOT / ".github" / "bench.png"


@dataclass(frozen=True, slots=True)
class Owed:
    """A line of the scorecard; `least` where a greater ratio is the better one."""

    what: str
    anchor: str
    target: float
    moonshot: float
    least: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of us and of the anchor, in one run."""

    ours: float
    anchor: float
    unit: str

    @property
    def ratio(self) -> float:
        """How many times the anchor's."""
        return self.ours / self.anchor


OWED = {
    "F1": Owed("question in Slack, CPU", "bare Bolt echo, one session", 2.0, 1.3),
    "F1b": Owed("question in Slack, CPU", "Bolt echo as documented", 1.25, 0.8),
    "F2": Owed("64 questions at once, p99 until the answer", "bare Bolt echo, one session", 2.5, 1.5),
    "F3": Owed("64 questions at once, p99 of the acknowledgement", "bare Bolt echo, one session", 2.5, 1.5),
    "F4": Owed("question in Teams, CPU", "CloudAdapter echo, token and client kept", 1.3, 0.8),
    "F4b": Owed("question in Teams, CPU", "CloudAdapter echo as documented", 0.25, 0.12),
    "F5": Owed("press, acknowledgement p50", "Bolt as documented", 0.35, 0.15),
    "F6": Owed("press until kept, CPU", "Bolt and bare SQL", 1.5, 1.1),
    "F6b": Owed("press until kept and told, CPU", "Bolt and bare SQL, telling of it as often", 1.5, 1.1),
    "F7": Owed("presses a second, 64 at once, each kept", "Bolt presses that keep nothing", 0.6, 0.9, least=True),
    "F8": Owed("memory when idle", "Bolt, CloudAdapter and SQLAlchemy loaded", 1.25, 1.05),
    "F9": Owed("cold start until it answers", "Bolt, CloudAdapter and SQLAlchemy loaded", 1.3, 0.7),
    "F10": Owed("question, CPU, 10,000 districts on the disk", "one district", 1.25, 1.1),
    "F11": Owed("`hallpass --version`", "`python -c 'import argparse, sqlite3'`", 4.0, 1.5),
    "F12": Owed("64 people press one button, until decided once", "the same, one after the other", 0.5, 0.1),
    "F13": Owed("press until kept, p50, 100,000 requests kept", "1,000 requests kept", 1.2, 1.05),
    "F14": Owed("turns a second in Teams, tokens take 80 ms", "tokens at once", 0.9, 1.0, least=True),
    "F15": Owed("answers a second in Slack, messages take 50 ms", "messages at once", 0.8, 1.0, least=True),
    "F16": Owed("turns a second, two replicas on PostgreSQL", "one replica", 1.1, 1.5, least=True),
}


def keep(line: str, ours: float, anchor: float, unit: str = "ms") -> None:
    """Print a figure beside its anchor's, and keep it for the table."""
    owed, figure = OWED[line], Figure(ours, anchor, unit)
    print(f"\n{line} {owed.what}: {ours:,.2f} {unit}, {figure.ratio:.2f} times {owed.anchor} ({anchor:,.2f} {unit})")
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({**_kept(), line: {**asdict(figure), "at": f"{datetime.now(UTC):%Y-%m-%d}"}}, indent=1))


def is_kept(owed: Owed, ratio: float) -> bool:
    """Whether the ratio is what is owed."""
    return ratio >= owed.target if owed.least else ratio <= owed.target


def main() -> None:
    """Write the table and draw the plot."""
    figures = {line: (Figure(one["ours"], one["anchor"], one["unit"]), str(one["at"])) for line, one in _kept().items()}
    TABLE.write_text("\n".join(_page(figures)) + "\n", encoding="utf-8")
    _plot({line: figure for line, (figure, _) in figures.items()})
    print(TABLE.read_text(encoding="utf-8"))


def _kept() -> dict[str, dict[str, Any]]:
    return dict(json.loads(KEPT.read_text())) if KEPT.exists() else {}


def _page(figures: dict[str, tuple[Figure, str]]) -> Iterator[str]:
    kit = ", ".join(f"{name} {version(name)}" for name in ("slack-bolt", "botbuilder-core", "aiohttp", "SQLAlchemy", "onnxruntime"))
    yield "# What it costs"
    yield ""
    yield "Written by `make bench`. Each ratio is of one run, product and anchor in turn, on a machine with two shared cores; ratios of"
    yield "processor time repeat within about 15 %, the slowest hundredth within a factor of two."
    yield f"Python {platform.python_version()}, {kit}."
    yield ""
    yield "| | figure | product | anchor, beside it | ratio | owed | hoped for | kept | on |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for line, owed in OWED.items():
        bound = "at least" if owed.least else "at most"
        if line not in figures:
            yield f"| {line} | {owed.what} | | {owed.anchor} | | {bound} {owed.target} | {owed.moonshot} | not measured | |"
            continue
        figure, day = figures[line]
        told = "yes" if is_kept(owed, figure.ratio) else "**no**"
        yield (
            f"| {line} | {owed.what} | {figure.ours:,.2f} {figure.unit} | {owed.anchor}: {figure.anchor:,.2f} {figure.unit} "
            f"| {figure.ratio:.2f} | {bound} {owed.target} | {owed.moonshot} | {told} | {day} |"
        )
    yield ""
    yield "![Each figure as a part of what is owed](bench.png)"


def _plot(figures: dict[str, Figure]) -> None:
    from matplotlib.figure import Figure as Sheet  # noqa: PLC0415  # half a second, and only here

    shown = [(line, owed, figures[line]) for line, owed in OWED.items() if line in figures]
    parts = [owed.target / figure.ratio if owed.least else figure.ratio / owed.target for _, owed, figure in shown]
    sheet = Sheet(figsize=(9, 0.36 * len(shown) + 1.4), layout="constrained")
    axes = sheet.subplots()
    colors = ["#2a7a4b" if part <= 1 else "#b3372f" for part in parts]
    bars = axes.barh([f"{line}  {owed.what}" for line, owed, _ in shown], parts, color=colors)
    axes.bar_label(bars, [f" {figure.ratio:.2f}" for _, _, figure in shown])
    axes.axvline(1.0, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.invert_yaxis()
    axes.set_xlabel("part of what is owed, the numbers are the ratios to the anchor")
    axes.spines[["top", "right"]].set_visible(False)
    sheet.savefig(PLOT, dpi=110)


if __name__ == "__main__":
    main()
