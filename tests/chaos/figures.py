"""What a drill measured, line by line of the scorecard: target, measured, passed; as a table, as JSON. Not here: any drill."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEAD = ("line", "what", "target", "measured", "passed")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing of one line of the scorecard."""

    line: int
    what: str
    target: str
    measured: str
    passed: bool


Figures = Sequence[Figure]


def none_of(line: int, what: str, found: Sequence[object]) -> Figure:
    """There must be none; the first few are told."""
    told = f"{len(found)}: {', '.join(map(str, found[:3]))}" if found else "0"
    return Figure(line, what, "0", told, not found)


def at_most(line: int, what: str, target: float, measured: float, unit: str = "s") -> Figure:
    return Figure(line, what, f"<= {target:g} {unit}", f"{measured:.3g} {unit}", measured <= target)


def count(line: int, what: str, wanted: int, measured: int) -> Figure:
    return Figure(line, what, str(wanted), str(measured), measured == wanted)


def told(line: int, what: str, measured: str) -> Figure:
    """How much was tried: nothing to pass or fail, but a drill in which nothing happened shows."""
    return Figure(line, what, "-", measured, passed=True)


def failed(figures: Figures) -> list[str]:
    """What a test of the drill asserts to be empty."""
    return [f"{one.what}: {one.measured} (target {one.target})" for one in figures if not one.passed]


def part(sample: Sequence[float], share: float) -> float:
    """The value below which so much of the sample lies, 0.99 for p99."""
    ranked = sorted(sample)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def table(figures: Figures) -> str:
    rows = [
        HEAD,
        tuple("---" for _ in HEAD),
        *((one.line, one.what, one.target, one.measured, "yes" if one.passed else "NO") for one in figures),
    ]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def write(figures: Figures, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chaos.md").write_text(table(figures) + "\n", encoding="utf-8")
    (folder / "chaos.json").write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", encoding="utf-8")
