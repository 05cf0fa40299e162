"""A card as plain text, for whoever reads no markup."""

from handlers.cards import Card, Facts, Listing, Note, Quote, Text
from handlers.wording.plain import plain
from tests.samples import NOON


def test_every_block_is_a_paragraph() -> None:
    card = Card(
        "Title.",
        (
            Text("Ours."),
            Quote("Theirs.", "item 1"),
            Facts((("Who", "Maria Ortiz"), ("When", NOON))),
            Listing("Only if", ("one", "two")),
            Note("Small."),
        ),
    )

    assert plain(card) == (
        "Title.\n\nOurs.\n\n“Theirs.” (item 1)\n\nWho: Maria Ortiz\nWhen: 2026-03-02 12:00 UTC\n\nOnly if:\n  - one\n  - two\n\nSmall."
    )
