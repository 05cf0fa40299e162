"""What a sentence of a policy does, read from its modal verbs and set phrases: forbid, allow, oblige, … Not here: what it is about."""

import re
from dataclasses import dataclass

from handlers.policy.pack import Kind

_YES = r"(?:approv|permission|authori[sz]|consent|agree(?:s|d|ment)\b)"
_STAFF = r"(?:employees?|staff(?: members?)?|teachers?|coach(?:es)?|sponsors?|personnel|adults|they|you|we)"
_DEED = r"(?:ask|call|contact|copy|end|get|inform|keep|log|notify|report|save|send|stay|tell|use|write)s?"
_TELL = r"(?:report|notif|inform|tell|alert|contact|bring)\w*"


def _any(*signs: str) -> re.Pattern[str]:
    return re.compile("|".join(signs))


# Words that look like a ruling and are none.
_EMPTY = _any(
    r"\b(?:includ\w*,? )?(?:but )?(?:(?:is|are) )?not limited to|\bno matter\b|\bnot only\b",
    r"\b(?:is|are) not intended\b(?! to (?:infringe|limit|restrict|prevent|interfere))|\bmay not be (?:secure|possible|private)",
    r"\b(?:that|which|who|what|how|when|where|as|it|this) (?:may|can)\b(?! not)",
    r"\bencouraged to (?:keep|ensure|be|exercise|consider|familiari|review|set|limit|maintain|make|adhere|check)\w*",
    r"\b(?:may|can) (?:also )?(?:impact|affect|lead|cause|become|arise|give rise|contain|fall|reflect|change|want|wish|have|result)",
)
# Heard in this order: the first that a sentence holds is what it does.
_SIGNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.exemption,
        _any(
            r"\b(?:do(?:es)?|shall|will|is|are) not (?:apply|bind|cover|required)|\bexempt\b|\bneed(?:s)? not\b",
            r"\bright to (?:speak|express|associate)|\bnot interfere",
            r"\bnot (?:intended|meant) to (?:infringe|limit|restrict|prevent|interfere)",
        ),
    ),
    (
        Kind.information,
        _any(
            r"\bdisciplin|\btermination\b|\bdismissal\b|\bresult in\b|\bmeans\b|\bis defined|\brefers? to\b",
            r"\bfor (?:the )?purposes? of this",
            r"\b(?:district|board|school|administration) (?:may|will|shall|reserves?|recogni[sz]es|believes|wants|understands|supports)\b",
            r"\breserves? the right\b|\bpurpose of this\b|\bmonitor|\bexpectation of privacy\b",
            r"\bthis (?:policy|regulation|guide|procedure) \w+s\b",
        ),
    ),
    (
        Kind.permission,
        _any(
            rf"\b(?:prior|written|express|advance|without|with|unless|obtain\w*|receiv\w*|request\w*)\b.{{0,60}}{_YES}",
            rf"\bonly (?:with|if|when|after)\b.{{0,60}}{_YES}",
            r"\bmay (?:authori[sz]e|approve|allow|permit|grant|consent|make an exception)",
            rf"\b(?:be|been|has|have|is|are)\s(?:pre-?)?{_YES}\w*|\bpre-?approv|\bsubject to .{{0,40}}approval",
            r"\bask\b.{0,60}\b(?:first|before|beforehand|in advance)\b",
        ),
    ),
    (Kind.duty, _any(rf"\bshould (?:\w+ )?{_TELL}")),
    (
        Kind.caution,
        _any(
            r"\bshould (?:not|never|avoid|refrain)|\bshould\b.{0,60}\b(?:not|never)\b|\bdiscourag",
            r"\bought not\b|\bnot (?:recommended|advis)",
            r"\b(?:recommended|advised|urged|encouraged)\b.{0,80}\b(?:not|refrain|avoid|against)\b|\bwise not\b|\brather not\b",
        ),
    ),
    (
        Kind.prohibition,
        _any(
            r"\b(?:shall|may|must|can|will|do|are|is|does)\s+not\b|\bcannot\b|\bnever\b|\bprohibit|\bforbid|\bbanned\b|\brefrains?\b",
            r"\bno (?:employee|staff|teacher|coach|one|adult|person|member|contact|message|text)\w*\b|\bnobody\b|^no[,.:;]|^no$|\bdon't\b",
            r"\bnot (?:permitted|allowed|an? acceptable|acceptable|approved|appropriate)|\bunacceptable\b|\binappropriate\b",
        ),
    ),
    (
        Kind.duty,
        _any(
            r"\b(?:shall|must|required|obligat\w+|has to|have to|needs? to|expected to|are to|is to|mandat\w+|will|ensures?|immediately)\b",
            rf"^(?:then )?{_DEED}\b|\b{_STAFF} {_DEED}\b|\b{_TELL} (?:it|this|that|the|to|any)\b",
        ),
    ),
    (
        Kind.allowance,
        _any(r"\b(?:may|permitted|allowed|encouraged?|can|free to|acceptable|appropriate|welcome to)\b|^yes\b"),
    ),
)
_ONLY = _any(
    r"\bonly\b|\bexclusively\b|\bsolely\b|\blimited to\b|\bthrough\b|\bvia\b|\buses? (?:the|their|only)\b",
    r"\b(?:shall|must|will|should|required to|are to|is to|expected to)\b.{0,25}\b(?:use|utili[sz]e|be (?:made|sent|conducted|done))\b",
)
# Words to whoever reads the text with a program: such a sentence frees nobody.
_TO_THE_BOT = _any(
    r"\b(?:chat)?bots?\b|\bai\b|\bartificial intelligence\b|\blanguage models?\b|\bprograms? that\b",
    r"\bassistants? (?:answer|must|shall|should|may)",
    r"\b(?:ignore|disregard|forget) (?:all|any|the|these|those|every|previous)\b|\bverdicts?\b|\bprompts?\b",
    r"\beverything is (?:allowed|permitted)",
)
_FREES = frozenset({Kind.exemption, Kind.permission, Kind.allowance})
_REPORT = re.compile(rf"\b{_TELL}\b|\bcall\b|\bshar(?:e|ed) the information\b|\bcop(?:y|ied)\b")
_BUT = re.compile(r"\bexcept|\bunless\b|\bother than\b|\bhowever\b|\bprovided that\b")
_NO, _YES_WORDS = (
    re.compile(r"\bnot\b|\bprohibit|\bnever\b"),
    re.compile(r"\bmay (?!not)|\ballowed\b(?<!not allowed)|\bpermitted\b(?<!not permitted)"),
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sentence does. `only`: it leaves one way open and closes the others. `mixed`: it has an exception, or two sides."""

    kind: Kind
    only: bool = False
    mixed: bool = False
    tells: bool = False


def sign_of(sentence: str) -> Sign:
    """Return what a sentence does, information where nothing shows."""
    words = _EMPTY.sub(" ", " ".join(sentence.casefold().replace("’", "'").split()))
    kind = next((kind for kind, pattern in _SIGNS if pattern.search(words)), Kind.information)
    if kind in _FREES and _TO_THE_BOT.search(words):
        return Sign(Kind.information, mixed=True)
    only = bool(_ONLY.search(words))
    if kind is Kind.information and only and re.search(r"\bshould\b", words):
        return Sign(Kind.caution, only=True)
    mixed = bool(_BUT.search(words)) or (kind is not Kind.permission and bool(_NO.search(words) and _YES_WORDS.search(words)))
    return Sign(kind, only and kind in {Kind.duty, Kind.allowance}, mixed, kind is Kind.duty and bool(_REPORT.search(words)))
