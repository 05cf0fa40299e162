"""When a policy was adopted, revised, reviewed: found in the lines that say nothing else. Not here: dates inside a rule."""

import re
from dataclasses import dataclass

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\b(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
EVENTS = {
    "re-?adopt|adopt|approv|enact|ratif|issue|re-?affirm": "adopted",
    "revis|amend|updat": "revised",
    "review": "reviewed",
    "effective": "effective",
    "reading|propos": "proposed",
    "rescind|repeal": "rescinded",
    "dated": "dated",
}
EVENT = re.compile("|".join(rf"\b({stem})[a-z]*" for stem in EVENTS), re.IGNORECASE)
FILLERS = frozenset("the of on by and for date dates board education school last first second third final policy history as".split())  # noqa: SIM905  # shorter to read
MOST_OTHER_WORDS = 3
LONGEST = 300  # characters


@dataclass(frozen=True, slots=True)
class Dated:
    """One event in the policy's life (adopted, revised, reviewed, effective, proposed, rescinded, dated) and its date as written."""

    event: str
    when: str


def dated(text: str) -> tuple[Dated, ...]:
    """Return the dates of a line that tells dates alone; none when it says anything else."""
    if len(text) > LONGEST:
        return ()
    found: list[Dated] = []
    start, event = 0, ""
    for match in DATE.finditer(text):
        event = _last_event(text[start : match.start()]) or event
        if not event:
            return ()
        found.append(Dated(event, " ".join(match[0].split())))
        start = match.end()
    others = re.findall(r"[^\W\d_]+", EVENT.sub(" ", DATE.sub(" ", text)))
    return tuple(found) if sum(word.casefold() not in FILLERS for word in others) <= MOST_OTHER_WORDS else ()


def _last_event(text: str) -> str:
    names = tuple(EVENTS.values())
    found = [names[(match.lastindex or 1) - 1] for match in EVENT.finditer(text)]
    return found[-1] if found else ""
