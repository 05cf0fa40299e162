"""The message that carries a card: the card, the clauses behind an answer's markers, and how a stale card asks to be drawn anew.

An answer is not labelled as AI-generated: people wrote its sentences, and rules chose them. A network only read the question, and what it
took it to mean stands on the card. Source: msteams-docs, bot-messages-ai-generated-content.md, User-Specific-Views.md.
"""

from adapters.teams.draw import Json, draw, message, words
from handlers.cards import Card, Source

REFRESH = "refresh"  # the verb with which a client asks for a card as it has to look now
MOST_SOURCES = 10  # Teams refuses a message with more citations
LONGEST_NAME, LONGEST_ABSTRACT = 80, 160  # characters


def carried(card: Card, viewer: str = "") -> Json:
    """Return the message; `viewer` is what this bot alone calls whoever reads it (29:…), empty where that is not known."""
    said = message(drawn(card, viewer), card.summary or card.title)
    return {**said, **_cited(card)} if card.sources else said


def drawn(card: Card, viewer: str = "") -> Json:
    """Return the card, which draws itself anew while there is something to press on it.

    Such cards stand in people's own chats, so nobody else sees their buttons, and no card without them is needed. Teams asks by itself
    for everybody named, at most once a minute; where nobody is, for everybody in so small a chat; for an empty list it would never ask.
    """
    if not (card.again and card.buttons):
        return draw(card)
    asks = {"type": "Action.Execute", "title": "Refresh", "verb": REFRESH, "data": {"id": card.again}}
    return {**draw(card), "refresh": {"action": asks, **({"userIds": [viewer]} if viewer else {})}}


def _cited(card: Card) -> Json:
    """Return the answer in a few words with a marker for each clause, and the clauses: Teams shows one where its marker is."""
    sources = card.sources[:MOST_SOURCES]
    marks = "".join(f" [{number}]" for number in range(1, len(sources) + 1))
    claims = [{"@type": "Claim", "position": number, "appearance": _appearance(one)} for number, one in enumerate(sources, 1)]
    root = {"type": "https://schema.org/Message", "@type": "Message", "@context": "https://schema.org", "@id": "", "citation": claims}
    return {"text": f"{words(card.summary or card.title)}{marks}", "entities": [root]}


def _appearance(source: Source) -> Json:
    return {"@type": "DigitalDocument", "name": _cut(source.place, LONGEST_NAME), "abstract": _cut(source.text, LONGEST_ABSTRACT)}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
