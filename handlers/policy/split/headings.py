"""Which pieces of a document name a part of it, and which of them names the whole. Not here: where the parts begin and end."""

import re
from collections.abc import Sequence

from handlers.policy.split.blocks import Block, is_open
from handlers.policy.split.dates import dated
from handlers.policy.split.labels import KEYWORDS, follows

LONGEST, LONGEST_TITLE = 90, 140  # characters
LONGEST_NAMED = 60  # characters of a section's heading that ends with a full stop, as statutes write it
MOST_WORDS = 8  # of a heading that ends with a colon, or that has a plain label
MOST_BEFORE_PROSE = 10  # words of one that a paragraph without a label follows
MOST_PLAIN = 5  # words of a labelled heading without capitals
DEEPEST_TITLE = 15  # pieces before the first paragraph: names of the site and the district stand there, too
SMALL = frozenset("a an and as at by for from in into nor of on or per the to under upon via with without".split())  # noqa: SIM905  # shorter to read
GOES_ON = SMALL | frozenset("if when that which who may must shall should will not is are be following include includes including".split())  # noqa: SIM905  # shorter to read
CODED = frozenset({"decimal", "regulation", "procedure", "rule", "guideline"})  # labels that a document, too, may bear
CODE = re.compile(
    r"(?:policy|regulation|procedure|p|r|ar|bp)?\s*(?:no\.?|#)?\s*[A-Z]{0,6}[- ]?\d[\w.:-]*\s*[-–—:.]*\s*\S|[A-Z]{3,6}(?:-[A-Z]{1,3})?\s",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"electronic|communicat|social|media|network|technolog|internet|texting|messag|online|acceptable use|relations|boundar", re.IGNORECASE
)
DEED = re.compile(r"\b(?:shall|may|must|will|can|should|is|are|be|was|were|has|have|do|does|not|all|every|see)\b", re.IGNORECASE)
KIND = re.compile(r"\b(?:policy|policies|regulation|procedures?|guidelines?|rules?|handbook|code)\b", re.IGNORECASE)
SITE = re.compile(r"\b(?:home|skip|search|menu|login|log in|sign in|results|template|website|page|translate|contact us)\b", re.IGNORECASE)
DISTRICT = re.compile(r"\b(?:district|schools?|board of education|county|r-[ivx\d]+)\b", re.IGNORECASE)


def is_heading(block: Block, following: Block | None) -> bool:
    """Tell whether a piece names what comes after it."""
    text = block.text
    if not text or block.cells or len(text) > (LONGEST_TITLE if block.heading else LONGEST):
        return False
    if block.heading:
        return True
    if block.label is None:
        return _stands_alone(text)
    if block.label.word in {"q", "a", "bullet"} or (following is not None and following.label and follows(block.label, following.label)):
        return False
    return _named(block, following)


def is_question(block: Block, following: Block | None) -> bool:
    """Tell whether a piece without a label asks what the next one answers."""
    if following is None or following.cells or following.text.endswith("?") or (following.label and following.label.word != "bullet"):
        return False
    return block.label is None and not block.cells and block.text.endswith("?") and len(block.text) <= LONGEST_TITLE


def title_place(blocks: Sequence[Block]) -> tuple[int | None, int]:
    """Return which of the first pieces is the title, None when the text begins at once, and where the text begins."""
    begins = next((place for place, block in enumerate(blocks[:DEEPEST_TITLE]) if not _may_be_title(block)), len(blocks[:DEEPEST_TITLE]))
    scores = [_score(block.whole) for block in blocks[:begins]]
    return (scores.index(max(scores)), begins) if scores else (None, 0)


def _stands_alone(text: str) -> bool:
    if text.isupper() and len(text.split()) > 1:
        return text[-1] not in ".;"
    if not (text[0].isupper() or text[0].isdigit() or text[0] in '"“('):
        return False
    if text.endswith(":"):
        return _has_capitals(text)
    return is_open(text) and text[-1] != "," and _last(text) not in GOES_ON


def _named(block: Block, following: Block | None) -> bool:
    """Tell whether a labelled piece is a heading: one with a keyword, or with capitals; an item with nothing under it is none."""
    text = block.text
    prose = following is not None and following.label is None and len(following.text) > LONGEST
    short = len(text.split()) <= (MOST_BEFORE_PROSE if prose else MOST_PLAIN)
    if following is None or not (text[0].isupper() or text[0].isdigit()):
        return False
    if text.endswith(":"):
        return _has_capitals(text)
    if text.endswith("?"):
        return following.label is None
    if text.endswith(".") and block.label and block.label.word in KEYWORDS:
        return not DEED.search(text) and len(text) <= LONGEST_NAMED and not (following.label and following.label.word == block.label.word)
    if not is_open(text) or text[-1] == "," or _last(text) in GOES_ON:
        return False
    return bool(block.label and block.label.word in KEYWORDS) or text.isupper() or short or _has_capitals(text)


def _has_capitals(text: str) -> bool:
    words = [word.strip("\"'“”()/:,&-–—") for word in re.split(r"[\s/-]+", text)]
    words = [word for word in words if word.isalpha() and word.casefold() not in SMALL]
    return 0 < len(words) <= MOST_WORDS and all(word[0].isupper() for word in words)


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1].casefold()


def _may_be_title(block: Block) -> bool:
    if block.label is not None and block.label.word not in CODED and (block.label.marks != "-" or block.label.is_first):
        return False
    if block.text.endswith(":") and not SITE.search(block.text):
        return False  # it introduces a list
    return len(block.text) <= LONGEST_TITLE and not block.cells and (block.text[-1:] not in {".", ";", "!", "?"} or block.heading)


def _score(text: str) -> int:
    if dated(text):
        return -9
    known = 2 * bool(CODE.match(text)) + 3 * bool(ABOUT.search(text)) + 2 * bool(KIND.search(text))
    return known - 4 * bool(SITE.search(text)) - 3 * (bool(DISTRICT.search(text)) and not known) - 3 * text.endswith(":")
