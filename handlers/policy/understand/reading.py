"""A conversation's turns become facts: the later word counts, and what was said before stays. Not here: words and rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.policy.facts import Fact, Facts
from handlers.policy.understand.turns import GRAVE, Turn, turn, without

TURNS = 12  # of a conversation are read, the last ones
_SITUATION = frozenset({Fact.asked, Fact.act, Fact.channel, Fact.content})  # with one of these a situation was spoken of, not only oneself


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known after the last turn.

    `understood`: that turn was about something we know. `afresh`: it left the earlier ones behind. `ours`: it has a word of our subject.
    """

    facts: Facts
    understood: bool
    afresh: bool = False
    ours: bool = True


def understand(turns: Sequence[str]) -> Reading:
    """Return the facts of the conversation, none when the last turn says nothing to us. Never raises, whatever the turns hold."""
    firm, loose = Facts(), Facts()
    understood = begun = afresh = ours = False
    for text in turns[-TURNS:]:
        said = turn(text)
        afresh = _starts_afresh(firm, said)
        if afresh:
            firm, loose = _lasting(firm, said), Facts()
        firm, loose = _merged(firm, said), loose.plus(said.loose)
        ours = said.ours
        understood = said.topical or (begun and said.related)
        begun = begun or said.topical
    return Reading(loose.plus(firm), understood, afresh) if understood else Reading(Facts(), understood=False, ours=ours)


def _starts_afresh(firm: Facts, said: Turn) -> bool:
    """Whether this is a question of its own after another one; what somebody only told of themselves is no other one."""
    return said.whole and not _SITUATION.isdisjoint(firm.known)


def _lasting(firm: Facts, said: Turn) -> Facts:
    """Who asks stays who they are, and a grave matter stays said until another deed is asked about."""
    grave = firm.known.get(Fact.content) in GRAVE and firm.get(Fact.act) == said.firm.get(Fact.act)
    kept = {Fact.asker, Fact.content} if grave else {Fact.asker}
    return without(firm, firm.known.keys() - kept)


def _merged(firm: Facts, said: Turn) -> Facts:
    """What was said before, less what the new turn makes untrue, and the new turn."""
    return without(firm, _undone(firm, said)).plus(without(said.firm, _outweighed(firm)))


def _undone(firm: Facts, said: Turn) -> set[Fact]:
    """The earlier facts that no longer hold although the new turn does not name them."""
    undone = set()
    account = said.firm.known.get(Fact.account)
    if account and account != firm.known.get(Fact.account):
        undone.add(Fact.device)  # another account is on another device, unless the turn says so
    if said.others:
        undone.add(Fact.tie)  # "my players" and "their parents" are not my own child any more
    return undone & firm.known.keys()


def _outweighed(firm: Facts) -> set[Fact]:
    return {Fact.content} if firm.known.get(Fact.content) in GRAVE else set()
