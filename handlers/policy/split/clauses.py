"""A district's text becomes clauses with addresses; its title and dates are recognised. The way in to everything beside it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from handlers.policy.split.blocks import Block, blocks_of
from handlers.policy.split.dates import Dated, dated
from handlers.policy.split.headings import is_heading, title_place
from handlers.policy.split.lines import lines_of
from handlers.policy.split.walk import Clause, Walk

__all__ = ["Clause", "Dated", "Divided", "divide"]


@dataclass(frozen=True, slots=True)
class Divided:
    """What a text is made of. Lines before the title are in no clause: they name the site or the district."""

    title: str
    dates: tuple[Dated, ...]
    clauses: tuple[Clause, ...]


def divide(text: str, headings: Collection[int] = ()) -> Divided:
    """Return the clauses of a text in its order; `headings` are the numbers of lines that its file marks as headings."""
    blocks = blocks_of(lines_of(text, headings))
    dates = {place: when for place, block in enumerate(blocks) if (when := dated(block.whole))}
    place, begins = title_place(blocks)
    title = _first(blocks) if place is None else blocks[place].whole
    rest = [
        _named(block, title) if number < begins else block
        for number, block in enumerate(blocks)
        if number not in dates and (place is None or number >= place)
    ]
    return Divided(title, tuple(one for when in dates.values() for one in when), _distinct(Walk(rest).clauses()))


def _first(blocks: Sequence[Block]) -> str:
    """Return the heading of a chapter or a section that is all of the text."""
    named = len(blocks) > 1 and blocks[0].label is not None and is_heading(blocks[0], blocks[1])
    return blocks[0].whole if named else ""


def _named(block: Block, title: str) -> Block:
    """Return a piece of the title page as a heading; one that is not the last there is in no clause."""
    if block.whole == title:
        return replace(block, text=title, label=None, label_text="", heading=True, named=True)
    return replace(block, named=True)


def _distinct(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses, each with an address of its own: a text that counts wrongly has some twice."""
    known = {clause.locator for clause in clauses}
    seen: Counter[str] = Counter()
    found: list[Clause] = []
    for clause in clauses:
        locator = _shortened(clause.locator, known)
        seen[locator] += 1
        again = f", occurrence {seen[locator]}" if seen[locator] > 1 else ""
        found.append(replace(clause, locator=locator + again))
    return tuple(found)


def _shortened(locator: str, known: Collection[str]) -> str:
    """The only paragraph of a section needs no number."""
    around, mark, rest = locator.partition(", paragraph 1")
    lonely = (
        mark and not rest and around not in known and not any(one.startswith(f"{around}, paragraph") and one != locator for one in known)
    )
    return around if lonely else locator
