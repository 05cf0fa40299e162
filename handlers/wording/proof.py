"""A proof as tables and sentences: what the text became, what is ruled on each matter, what is to be mended. Not here: the proof."""

from collections import Counter
from collections.abc import Iterator

from handlers.policy.pack import Ruling
from handlers.policy.prove import Proof
from handlers.policy.topics import TOPICS

HEADS = ("matter", "situations", "ruled on", "asked about", "silent")


def rows(proof: Proof) -> Iterator[tuple[str, ...]]:
    """Yield one row a matter."""
    for matter in proof.matters:
        silent, open_ = matter.rulings.get(Ruling.not_covered, 0), matter.rulings.get(Ruling.unclear, 0)
        ruled = matter.situations - silent - open_
        yield TOPICS[matter.topic], *(str(number) for number in (matter.situations, ruled, open_, silent))


def summary(proof: Proof) -> str:
    """Return in a sentence what the text's sentences became."""
    if not proof.sentences:
        return "No text is attached: what became of its sentences cannot be proven. Attach it with `hallpass policy attach`."
    became = Counter(one.what for one in proof.sentences)
    return (
        f"{len(proof.sentences)} sentences: {became['rule']} became rules, {became['quoted']} are shown as they are,"
        f" {became['information']} are good to know, {became['heading']} are headings, {became['']} became nothing."
    )
