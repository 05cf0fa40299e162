"""How well questions are answered: the project's own questions, each with the verdicts and clauses a careful reader accepts."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import wiring
from handlers.answer import NOTHING_CHOSEN, think
from handlers.people import DistrictKey
from handlers.policy.explain import Explained
from handlers.policy.understand.reading import understand

QUESTIONS = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Score:
    """One question's outcome; `cited` is None where no clause decides."""

    id: str
    kind: str
    right: bool
    dangerous: bool
    unclear: bool
    cited: bool | None


@dataclass(frozen=True)
class Figures:
    """Shares of a set of questions, 0 to 1."""

    questions: int
    verdict: float
    dangerous: float
    unclear: float
    cited: float


def scores(name: str) -> list[Score]:
    """Answer every question of a set, `working` or `held_out`."""
    packs = wiring.packs()
    found = []
    for file in sorted((QUESTIONS / name).glob("*.jsonl")):
        pack = packs.get(DistrictKey(file.stem))
        asked = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
        found += [_score(one, think(pack, None, one["turns"], NOTHING_CHOSEN, understand).explained) for one in asked]
    return found


def figures(found: Sequence[Score]) -> Figures:
    """Return the shares."""
    return Figures(
        len(found),
        _share(one.right for one in found),
        _share(one.dangerous for one in found),
        _share(one.unclear for one in found),
        _share(one.cited for one in found if one.cited is not None),
    )


def _score(asked: dict[str, Any], explained: Explained) -> Score:
    ruling, rules = str(explained.ruling), [citation.rule for citation in explained.citations[:3]]
    right, dangerous = ruling in asked["verdicts"], ruling in asked["dangerous_if"]
    cited = all(_held(group, rules) for group in asked["rows"]) if asked["rows"] else None
    return Score(asked["id"], asked["kind"], right, dangerous, ruling == "unclear", cited)


def _held(rows: Iterable[str], rules: Sequence[str]) -> bool:
    """A row of the policy may be several rules: C3 is C3, C3a, C3b."""
    return any(re.fullmatch(re.escape(row) + r"[a-z]*\d*", rule) for row in rows for rule in rules)


def _share(of: Iterable[bool]) -> float:
    counted = list(of)
    return sum(counted) / len(counted) if counted else 0.0
