"""Which roles a sentence of a policy names, in its order. Not here: what they do."""

import re

from handlers.people import OUTSIDE, Role

_NAMES: tuple[tuple[Role, str], ...] = (
    (
        Role.technology_director,
        r"(?:technology|it) (?:director|coordinator)|director of (?:information )?technology|chief (?:information|technology) officer",
    ),
    (
        Role.technology_department,
        r"technology (?:department|office|staff|team|services)|information technology|\bit (?:department|office|staff|team)",
    ),
    (Role.assistant_principal, r"(?:assistant|vice|associate)[ -]principal|dean of students"),
    (Role.superintendent, r"superintendent|central office|director of (?:schools|human resources)|human resources"),
    (Role.compliance_officer, r"compliance (?:officer|coordinator)|title ix|nondiscrimination"),
    (Role.records_officer, r"records? (?:officer|custodian)|custodian of (?:the )?records"),
    (Role.law_enforcement, r"law enforcement|police|911|sheriff"),
    (
        Role.children_division,
        r"hotline|child(?:ren)?(?:'s)? (?:protect\w+|division|services|abuse line)|department of (?:social|human|children)",
    ),
    (Role.counselor, r"counsell?or|social worker|school psychologist"),
    (
        Role.building_principal,
        r"principal|head of (?:the )?school|headmaster|(?:school|building|campus) administrat(?:or|ion)|administrators?|administration",
    ),
    (Role.supervisor, r"supervisors?|athletic director|activities director|department (?:head|chair)"),
    (Role.parents, r"parents?|guardians?|famil(?:y|ies)"),
    (Role.board, r"(?:school|governing) board|board of (?:education|trustees|directors|school)|the board"),
)
_PATTERNS = tuple((role, re.compile(rf"\b(?:{names})\b")) for role, names in _NAMES)
_EITHER = re.compile(r"\bor\b|/")


def roles_in(sentence: str) -> tuple[Role, ...]:
    """Return every role the sentence names, each once, in the order in which it names them."""
    return tuple(role for _, _, role in _places(sentence))


def deciders(sentence: str) -> tuple[Role, ...]:
    """Return who decides by that sentence: the first it names, and the second where both have to agree."""
    places = [one for one in _places(sentence) if one[2] not in OUTSIDE]
    if len(places) > 1 and not _EITHER.search(sentence.casefold()[places[0][1] : places[1][0]]):
        return places[0][2], places[1][2]
    return tuple(role for _, _, role in places[:1])


def _places(sentence: str) -> list[tuple[int, int, Role]]:
    words = sentence.casefold().replace("’", "'")
    found: list[tuple[int, int, Role]] = []
    for role, pattern in _PATTERNS:
        match = pattern.search(words)
        if match:
            found.append((*match.span(), role))
            words = pattern.sub(lambda one: " " * len(one[0]), words)
    return sorted(found)
