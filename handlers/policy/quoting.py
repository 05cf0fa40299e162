"""The attached text of a pack, cut as its locators count it. Not here: the cutting itself (clauses, split)."""

from functools import lru_cache

from handlers.policy.clauses import Sentence, cut, fingerprint
from handlers.policy.pack import Pack


def own(text: str | None, pack: Pack) -> str | None:
    """Return the attached text if it is the one that the pack was written for: in another its locators would lead astray."""
    return text if text and _words(text) == pack.fingerprint else None


def sentences(text: str | None, pack: Pack) -> tuple[Sentence, ...]:
    """Return the sentences of the pack's own text, none of any other."""
    known = own(text, pack)
    return _cut(known, pack.addresses) if known else ()


@lru_cache(maxsize=64)  # districts: their texts are looked at once each
def _words(text: str) -> str:
    return fingerprint(text)


@lru_cache(maxsize=64)
def _cut(text: str, addresses: str) -> tuple[Sentence, ...]:
    return _printed(text) if addresses == "printed" else cut(text)


def _printed(text: str) -> tuple[Sentence, ...]:
    from handlers.policy.split.addressed import parts  # noqa: PLC0415  # eleven modules that few packs need
    from handlers.policy.split.clauses import divide  # noqa: PLC0415

    return tuple(part.sentence for part in parts(divide(text).clauses))
