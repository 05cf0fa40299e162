"""One turn read as a whole: what it says firmly, what it leaves to be presumed, whether it is our subject. Not here: earlier turns."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.policy.facts import Fact, Facts
from handlers.policy.understand.lexicon.matters import MATTERS
from handlers.policy.understand.lexicon.people import PEOPLE as PEOPLE_WORDS
from handlers.policy.understand.lexicon.ways import WAYS
from handlers.policy.understand.plain import plain
from handlers.policy.understand.sentences import sentences
from handlers.policy.understand.shown import said, unsaid
from handlers.policy.understand.threads import PEOPLE, begins_anew, goes_on, names_others, says_something

GRAVE = frozenset({"sexual", "abuse"})  # said once, it stays said
# Each of these alone is about us, whoever the other person is; the others need somebody or a question of being allowed.
_OURS = frozenset({Fact.account, Fact.direction, Fact.form, Fact.portal, Fact.approval, Fact.device})
_OUR_CHANNELS = frozenset({"text", "chat_app", "social"})
_MATTER = frozenset({"POLICY", "APPROVE", "PUNISHED", "FORMSHEET", "SHEET", "TERM", "REPORT", "SAIDYES", "CONSENT"})
_SUBJECT = frozenset({*PEOPLE_WORDS, *WAYS, *MATTERS, "POLICY", "APPROVE", "PUNISHED"}) - {"ME", "THEM"}
# Done to somebody; the other deeds are a matter of their own, whoever it is about.
_TO_SOMEBODY = frozenset({None, "contact", "report"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn says.

    `whole`: a question complete in itself, not a follow-up. `others`: it names people of its own. `ours`: a word of our subject.
    """

    firm: Facts
    loose: Facts
    topical: bool
    related: bool  # enough for a follow-up
    whole: bool
    others: bool
    ours: bool


def turn(text: str) -> Turn:
    """Read one turn."""
    clean = plain(text)
    firm, loose = Facts(), Facts()
    read = list(sentences(clean))
    read = read if any(map(says_something, read)) else []
    for sentence in read:
        firm = _within(firm, said(clean, sentence))
        loose = loose.plus(unsaid(clean, sentence))
    names = {name for sentence in read for cue in sentence for name in cue.names}
    related = bool(firm.known) or not _MATTER.isdisjoint(names)
    whole = begins_anew(read) or (_complete(firm, names) and not goes_on(read))
    return Turn(firm, loose, _topical(firm, names), related, whole, names_others(read), not _SUBJECT.isdisjoint(names))


def _within(earlier: Facts, later: Facts) -> Facts:
    """Join two sentences of one turn: the later counts, but talk does not undo a deed, nor a small matter a grave one."""
    kept = {fact for fact in (Fact.act, Fact.content) if fact in earlier.known and _weaker(fact, earlier, later)}
    return earlier.plus(without(later, kept))


def _weaker(fact: Fact, earlier: Facts, later: Facts) -> bool:
    if fact is Fact.act:
        return later.known.get(fact) == "contact"
    return earlier.known[fact] in GRAVE


def without(facts: Facts, dropped: Iterable[Fact]) -> Facts:
    """Return the facts without some of them."""
    gone = frozenset(dropped)
    return Facts(
        {fact: value for fact, value in facts.known.items() if fact not in gone},
        {fact: words for fact, words in facts.words.items() if fact not in gone},
    )


def _topical(firm: Facts, names: set[str]) -> bool:
    somebody = not PEOPLE.isdisjoint(names)
    if "OFFTOPIC" in names and not somebody:
        return False
    if not _OURS.isdisjoint(firm.known) or firm.known.get(Fact.channel) in _OUR_CHANNELS or _grave(firm):
        return True
    if not {Fact.channel, Fact.act, Fact.content}.isdisjoint(firm.known):
        return somebody or Fact.asked in firm.known
    return Fact.asked in firm.known and not _MATTER.isdisjoint(names)


def _grave(firm: Facts) -> bool:
    return firm.known.get(Fact.act, "contact") != "contact" or firm.known.get(Fact.content) in GRAVE


def _complete(firm: Facts, names: set[str]) -> bool:
    if Fact.asked not in firm.known or {Fact.act, Fact.channel, Fact.content}.isdisjoint(firm.known):
        return False
    return firm.known.get(Fact.act) not in _TO_SOMEBODY or not PEOPLE.isdisjoint(names)
