"""A question becomes an answer: understand, judge, explain, remember. Not here: requests that grow out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.actions import Said
from handlers.ids import AnswerId, key_of
from handlers.kept import Answered
from handlers.people import Person
from handlers.policy.explain import Explained, explain
from handlers.policy.facts import Facts
from handlers.policy.pack import Pack
from handlers.policy.quoting import own, sentences
from handlers.policy.search import nearest
from handlers.policy.understand.reading import Reading
from handlers.policy.verdict import Judgement, Lost, Silence
from handlers.policy.vocabulary import Fact
from handlers.policy.weigh import weigh
from handlers.ports import Work

Understand = Callable[[Sequence[str]], Reading]

NOTHING_CHOSEN = Facts()
REMEMBERED = 6  # turns of a thread: a longer one has left its first question behind


@dataclass(frozen=True, slots=True)
class Thought:
    """A question as it was understood, and what follows from it under one pack."""

    turns: tuple[str, ...]
    chosen: Facts
    explained: Explained


def think(pack: Pack, text: str | None, turns: Sequence[str], chosen: Facts, understand: Understand) -> Thought:
    """Answer the last of the turns in the light of those before; `chosen` are facts set by pressing. Pure."""
    last = tuple(turns[-REMEMBERED:])
    reading = understand(last)
    if pack.draft:
        from handlers.policy.draft.careful import careful  # noqa: PLC0415  # numpy comes with it: 0.1 s and 14 MB that only drafts need

        return Thought(last, chosen, careful(pack, own(text, pack), last, reading))
    doubts = {fact: chances for fact, chances in reading.doubts.items() if fact not in chosen.known}
    alarm = reading.alarm.plus(chosen) if reading.alarm else None
    judgement = weigh(pack, reading.facts.plus(chosen), doubts, alarm) if reading.understood else Lost(reading.facts)
    near = _with_nearest(pack, judgement, last[-1]) if reading.ours else judgement
    return Thought(last, chosen, explain(pack, near, sentences(text, pack)))


def heard(text: str) -> str:
    """Return the words without what cannot be seen: control characters cannot be stored everywhere, and turn sentences round."""
    return "".join(char if char.isprintable() or char == "\n" else " " if char.isspace() else "" for char in text).strip()


def before(work: Work, person: Person, said: Said, text: str, now: datetime) -> tuple[tuple[str, ...], Facts, str | None]:
    """Return the thread's turns with this one, the facts pressed in it, and the district's attached text.

    A delivery that came before finds all as it was then.
    """
    attached = work.texts.get(person.district)
    last = work.answers.latest(person.id, said.thread)  # first: what another process keeps by now for this delivery is no earlier turn
    earlier = work.inbox.result(said.delivery)
    seen = work.answers.get(AnswerId(earlier)) if earlier else None
    if seen is not None and seen.person == person.id:
        return seen.turns, seen.chosen, attached
    if last is not None and said.lasts is not None and now - last.at > said.lasts:
        last = None
    return (*last.turns, text) if last else (text,), last.chosen if last else NOTHING_CHOSEN, attached


def still_chosen(chosen: Facts, turns: Sequence[str], understand: Understand) -> Facts:
    """Return what was pressed and still holds: nothing of it after a new topic, nothing that the last turn says otherwise."""
    if not chosen.known:
        return chosen
    before, now, alone = understand(turns[:-1]), understand(turns), understand(turns[-1:])
    if now.understood and _left_behind(before, now, alone):
        return NOTHING_CHOSEN
    return Facts({fact: value for fact, value in chosen.known.items() if fact not in alone.facts.known})


def _left_behind(before: Reading, now: Reading, alone: Reading) -> bool:
    """Whether the last turn asks something of its own: it took nothing over from those before but who asks."""
    taken_over = {fact for fact, value in now.facts if value != alone.facts.known.get(fact) and value == before.facts.known.get(fact)}
    return not taken_over - {Fact.asker, Fact.asked}


def again(work: Work, answer: AnswerId, person: Person) -> tuple[Answered | None, str | None]:
    """Return an answer of this person's own, None for anybody else's, and the attached text."""
    found = work.answers.get(answer)
    mine = found is not None and found.person == person.id
    return found if mine else None, work.texts.get(person.district)


def kept(thought: Thought, answer: AnswerId, person: Person, pack: Pack, thread: str, now: datetime) -> Answered:
    """Return the answer as it is remembered. Pure."""
    explained = thought.explained
    return Answered(
        answer,
        person.district,
        person.id,
        thread,
        thought.turns,
        thought.chosen,
        explained.facts,
        explained.ruling,
        tuple(citation.rule for citation in explained.citations),
        pack.version,
        now,
        asked=explained.question or "",
        process=explained.process or "",
    )


def remember(work: Work, answered: Answered, delivery: str, claim: str = "") -> tuple[AnswerId, bool]:
    """Keep the answer once, however often the delivery comes; return the id under which it is kept, and whether we claimed to say it."""
    if not work.inbox.first(delivery, answered.id):
        return AnswerId(work.inbox.result(delivery) or answered.id), False
    work.answers.add(answered)
    return answered.id, bool(claim) and work.inbox.mine(f"{claim}{key_of(answered.id)}")


def choose(explained: Explained, answered: Answered, choice: int) -> Facts | None:
    """Return the facts pressed so far and now; None when this is no longer asked, or offers no such choice.

    `explained` is the same conversation as it is answered today: the rules may have changed since.
    """
    if explained.question is None or explained.question != answered.asked or choice >= len(explained.choices):
        return None
    return answered.chosen.having(explained.question, explained.choices[choice])


def _with_nearest(pack: Pack, judgement: Judgement, question: str) -> Judgement:
    match judgement:
        case Silence(facts):
            return Silence(facts, nearest(pack, question))
        case Lost(facts, ()):
            return Lost(facts, nearest(pack, question))
        case _:
            return judgement
