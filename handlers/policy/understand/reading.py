"""A conversation's turns become facts: the later word counts, and what was said before stays. Not here: words and rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.policy.facts import Fact, Facts
from handlers.policy.understand.turns import GRAVE, Turn, turn, without

TURNS = 12  # of a conversation are read, the last ones


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known after the last turn, and whether that turn was about anything we know."""

    facts: Facts
    understood: bool


def understand(turns: Sequence[str]) -> Reading:
    """Return the facts of the conversation. Never raises, whatever the turns hold."""
    firm, loose = Facts(), Facts()
    understood = begun = False
    for text in turns[-TURNS:]:
        said = turn(text)
        if begun and _starts_anew(firm, said):
            firm, loose = Facts(), Facts()
        firm, loose = _merged(firm, said), loose.plus(said.loose)
        understood = said.topical or (begun and said.related)
        begun = begun or said.topical
    return Reading(loose.plus(firm), understood)


def _starts_anew(firm: Facts, said: Turn) -> bool:
    """Whether a complete question is about another deed than before."""
    return said.whole and firm.get(Fact.act) != said.firm.get(Fact.act)


def _merged(firm: Facts, said: Turn) -> Facts:
    """What was said before, less what the new turn makes untrue, and the new turn."""
    return without(firm, _undone(firm, said)).plus(without(said.firm, _outweighed(firm)))


def _undone(firm: Facts, said: Turn) -> set[Fact]:
    """The earlier facts that no longer hold although the new turn does not name them."""
    undone = set()
    account = said.firm.known.get(Fact.account)
    if account and (said.whole or account != firm.known.get(Fact.account)):
        undone.add(Fact.device)  # another account is on another device, unless the turn says so
    if said.firm.known.get(Fact.to) == "parent" or (said.whole and Fact.activity in said.loose.known):
        undone.add(Fact.tie)  # "my players" and "their parents" are not my own child any more
    return undone & firm.known.keys()


def _outweighed(firm: Facts) -> set[Fact]:
    return {Fact.content} if firm.known.get(Fact.content) in GRAVE else set()
