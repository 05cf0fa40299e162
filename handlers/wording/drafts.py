"""What an answer from an unreviewed draft looks like: always labelled so, the clauses quoted, a verdict only as what it seems."""

from collections.abc import Iterator

from handlers.actions import Request
from handlers.cards import Block, Button, Card, Facts, Listing, Note, Quote, Text, Tone
from handlers.ids import AnswerId
from handlers.policy.explain import Explained
from handlers.policy.pack import Pack, Ruling
from handlers.wording import feedback, terms
from handlers.wording.sources import sources

UNREVIEWED = "unreviewed draft"
ABOUT = "Unreviewed draft: a program wrote these rules from the text, and nobody has checked them."
LONGEST = 900  # characters of a clause that are quoted
SEEMS = {
    Ruling.allowed: "this seems to be allowed",
    Ruling.prohibited: "this seems not to be allowed",
    Ruling.needs_approval: "this seems to need approval",
    Ruling.must_act: "there seems to be something you have to do",
    Ruling.discouraged: "you should not, it seems, though it is not banned",
    Ruling.information: "this is what the policy says",
    Ruling.not_covered: "this is not what the policy is about",
    Ruling.unclear: "I cannot tell",
}
DECIDED = frozenset({Ruling.allowed, Ruling.prohibited, Ruling.needs_approval, Ruling.must_act, Ruling.discouraged})


def draft_answer(explained: Explained, pack: Pack, answer_id: AnswerId) -> Card:
    """Return the card for an answer from a draft."""
    title = f"Unreviewed draft: {'I did not understand that' if explained.lost == 'lost' else SEEMS[explained.ruling]}."
    buttons = (Button("Ask for approval", Request(answer_id), Tone.plain),) if explained.process else ()
    buttons = (*buttons, *feedback.buttons(explained, answer_id))
    return Card(title, tuple(_blocks(explained, pack)), buttons, summary=title, sources=sources(explained))


def _blocks(explained: Explained, pack: Pack) -> Iterator[Block]:
    ask = f"{terms.ROLES[explained.ask]} (district setting)"
    if explained.lost == "safety":
        yield Text(
            "If a child may be in danger, do not wait: call 911, and tell your principal or a counselor now. Where you suspect abuse, call"
            " the child abuse hotline of your state as well. This is our advice; I found no clause on reporting it."
        )
    if explained.lost == "lost":
        yield Text("Please say in a sentence or two what you would like to do, with whom, and how.")
    if explained.lost == "draft":
        yield Text("No clause settles it surely enough. The nearest ones are below.")
    if explained.ruling in DECIDED and explained.citations:
        yield Text(explained.citations[0].says)
    if explained.approvers or explained.notified:
        yield Facts(tuple(_people(explained)))
    yield from (Quote(_short(one.quote), one.locator) if one.quote else Note(f"{one.says} ({one.locator})") for one in explained.citations)
    if explained.instead:
        yield Listing("Do this instead", (explained.instead,))
    yield Note(f"{ABOUT} Read the clauses, and ask {ask} before you rely on this.")
    yield Note(f"{pack.policy} ({pack.dates}), {pack.name}.")


def _people(explained: Explained) -> Iterator[tuple[str, str]]:
    if explained.approvers:
        yield "Who seems to decide", terms.capital(terms.roles(explained.approvers))
    if explained.notified:
        yield "Who seems to be told", terms.capital(terms.roles(explained.notified))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
