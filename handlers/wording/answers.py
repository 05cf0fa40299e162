"""What an answer looks like: the verdict in words, the rule, its place in the text, who decides, what would change it."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from handlers.actions import Answer, Request
from handlers.cards import Block, Button, Card, Facts, Listing, Note, Quote, Text, Tone
from handlers.ids import AnswerId
from handlers.people import Role
from handlers.policy.explain import Citation, Explained
from handlers.policy.pack import Pack, Ruling
from handlers.policy.questions import QUESTIONS
from handlers.policy.verdict import Change
from handlers.policy.vocabulary import PRESUMED, Fact, words_for
from handlers.wording import feedback, kinds, terms
from handlers.wording.drafts import draft_answer
from handlers.wording.sources import sources

TONES = {
    Ruling.allowed: Tone.good,
    Ruling.prohibited: Tone.stop,
    Ruling.needs_approval: Tone.warn,
    Ruling.must_act: Tone.warn,
    Ruling.discouraged: Tone.warn,
    Ruling.information: Tone.plain,
    Ruling.not_covered: Tone.plain,
    Ruling.unclear: Tone.plain,
}

CHANGES = {
    Ruling.allowed: "it is allowed",
    Ruling.prohibited: "it is not allowed",
    Ruling.needs_approval: "it needs approval",
    Ruling.must_act: "there is something you must do",
    Ruling.discouraged: "it is discouraged",
    Ruling.unclear: "a person has to decide",
}

CHANGES_SHOWN = 4  # lines: more would bury the answer
CHANGED_FIRST = (Fact.account, Fact.tie, Fact.activity, Fact.form, Fact.emergency, Fact.to, Fact.channel)
NOT_SAID = (Fact.asked, Fact.asker)  # facts about the asking, not about what she would do


def answer(explained: Explained, pack: Pack, answer_id: AnswerId) -> Card:
    """Return the card for an answer of any kind."""
    if explained.draft:
        return draft_answer(explained, pack, answer_id)
    title = _title(explained)
    blocks = tuple(_blocks(explained, pack))
    buttons = tuple(_buttons(explained, pack, answer_id))
    return Card(title, blocks, buttons, TONES[explained.ruling], summary=title, sources=sources(explained))


def _title(explained: Explained) -> str:
    match explained.ruling:
        case Ruling.allowed:
            return "Yes, this is allowed."
        case Ruling.prohibited:
            return "No, this is not allowed."
        case Ruling.needs_approval:
            return f"Only with approval from {terms.roles(explained.approvers)}."
        case Ruling.must_act:
            return _must_act(explained)
        case Ruling.discouraged:
            return "You should not, though it is not banned outright."
        case Ruling.information:
            return "This is what the policy says."
        case Ruling.not_covered:
            return "The policy does not say."
        case Ruling.unclear:
            return _unclear(explained)
        case _:
            assert_never(explained.ruling)


def _must_act(explained: Explained) -> str:
    if explained.notified:
        return f"You have to tell {terms.roles(explained.notified)}."
    return "There is something you have to do."


def _unclear(explained: Explained) -> str:
    if explained.question:
        return QUESTIONS[explained.question]
    return "I did not understand that." if explained.lost else "The policy leaves this to a person."


def _blocks(explained: Explained, pack: Pack) -> Iterator[Block]:
    yield from _opening(explained)
    if explained.citations and not (explained.question or explained.lost):
        yield from _resting_on(explained.citations[0], explained)
    if explained.notified or explained.approvers:
        yield Facts(tuple(_people(explained)))
    if explained.instead:
        yield Listing("Do this instead", (explained.instead,))
    yield from _more(explained)
    yield Note(f"{pack.policy} ({pack.dates}), {pack.name}.")


def _opening(explained: Explained) -> Iterator[Block]:
    if explained.question:
        yield Text("The answer depends on this one thing.")
    if explained.lost == "silent":
        yield Text(
            f"I found nothing about this in the policy, so I will not guess. Please ask {terms.ROLES[explained.ask]} (district setting)."
        )
    if explained.lost == "lost":
        yield Text(
            "Please say in a sentence or two what you would like to do, with whom, and how: for example, “Can I text my players"
            f" from my own phone?” You can also ask {terms.ROLES[explained.ask]} (district setting)."
        )
    if explained.ruling is Ruling.unclear and not (explained.question or explained.lost):
        yield Text(f"Please ask {terms.ROLES[explained.ask]} before you go ahead (district setting).")


def _resting_on(first: Citation, explained: Explained) -> Iterator[Block]:
    yield Text(first.says)
    if explained.provided:
        yield Listing("Only if", explained.provided)
    if first.quote:
        yield Quote(first.quote, first.locator)
    else:
        yield Note(f"Rule {first.rule}, {first.locator}.")


def _people(explained: Explained) -> Iterator[tuple[str, str]]:
    if explained.approvers:
        yield "Who decides", terms.capital(_then(explained.approvers))
    if explained.notified:
        yield "Who is told", terms.capital(terms.roles(explained.notified))


def _then(approvers: Sequence[Role]) -> str:
    first, *others = [terms.ROLES[one] for one in approvers]
    agree = f": {'both' if len(others) == 1 else 'all'} must agree" if others else ""
    return ", then ".join([first, *others]) + agree


def _more(explained: Explained) -> Iterator[Block]:
    others = explained.citations if explained.question or explained.lost else explained.citations[1:]
    if others:
        heading = "Nearest in the policy" if explained.question or explained.lost else "This goes with it"
        yield Listing(heading, tuple(f"{one.says} ({one.locator})" for one in others))
    changes = tuple(_changes(explained.changes))
    if changes:
        yield Listing("What would change this answer", changes[:CHANGES_SHOWN])
    went_by = _went_by(explained)
    if went_by:
        yield Note(f"I went by {terms.joined(went_by)}.{_presumed(explained)}")


def _went_by(explained: Explained) -> list[str]:
    """Return her own words that decided, each once; what she pressed is said in ours."""
    facts = explained.facts
    shown = [
        f"“{facts.words[fact]}”" if fact in facts.words else f"“{words_for(fact, value)}”" for fact, value in facts if fact not in NOT_SAID
    ]
    return [one for one in dict.fromkeys(shown) if not any(one != other and one.strip("“”") in other for other in shown)]


def _presumed(explained: Explained) -> str:
    family = Fact.tie not in explained.facts.known and PRESUMED[Fact.tie] == explained.facts.get(Fact.tie)
    return " I took it that you know the student only through school." if family and explained.facts.known.get(Fact.to) == "student" else ""


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    """Yield one line for each fact and ruling, the facts that people most often change first."""
    telling = [one for one in changes if one.ruling in CHANGES]
    alike = dict.fromkeys((one.fact, one.ruling) for one in sorted(telling, key=lambda one: _rank(one.fact)))
    for fact, ruling in alike:
        values = [f"“{words_for(fact, one.value)}”" for one in telling if (one.fact, one.ruling) == (fact, ruling)]
        yield f"If it were {' or '.join(values[:3])}, {CHANGES[ruling]}."


def _rank(fact: Fact) -> int:
    return CHANGED_FIRST.index(fact) if fact in CHANGED_FIRST else len(CHANGED_FIRST)


def _buttons(explained: Explained, pack: Pack, answer_id: AnswerId) -> Iterator[Button]:
    if explained.process:
        yield Button(kinds.opens(pack.processes[explained.process]), Request(answer_id), Tone.good)
    if explained.question:
        for position, value in enumerate(explained.choices):
            yield Button(terms.capital(words_for(explained.question, value)), Answer(answer_id, position))
    yield from feedback.buttons(explained, answer_id)
