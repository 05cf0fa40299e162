"""Short turns about the last answer itself, such as "says who?": they change no fact. Not here: turns that ask something new."""

import re

_POLITE = r"(?:ok(?:ay)?|so|but|and|wait|hm+|sorry|please|pls|huh|um+|really)[\s,.!?]+"
_NAMES = "rule|clause|section|paragraph|part|policy|text|wording|words|quote|source|sentence|proof"
_THING = rf"(?:the |that |this |your |exact |actual |policy'?s )*(?:{_NAMES})"
_ASKED = "|".join(
    (
        r"why(?: (?:not|is that|so|is it|that))?",
        r"how (?:come|so)",
        r"(?:says|said) who|who says(?: (?:so|that))?",
        r"(?:can you |could you |let me )?(?:show|see|read|quote|give)(?: me| us)? " + _THING + r"(?: (?:that|which) says (?:so|that|it))?",
        r"(?:which|what) " + _THING + r"(?: (?:is (?:that|it)|says (?:that|so|it)))?",
        r"where (?:does|do|did) (?:it|they|the policy|that|you) (?:say|get|find|read) (?:that|so|it|this)",
        r"where (?:is|was) (?:that|it|this)(?: (?:written|stated|from))?",
        r"(?:what's|what is|whats) (?:the |your )?(?:source|basis|reason)",
        r"(?:are )?(?:you|u) sure(?: about (?:that|this))?",
        r"(?:on|by) what (?:basis|grounds|authority)",
        r"(?:according to|based on) (?:what|whom|who)",
        r"(?:the )?(?:source|reason|explain)(?: (?:that|please|pls))?",
    )
)
_ASIDE = re.compile(rf"(?:{_POLITE})*(?:{_ASKED})(?: (?:please|pls|exactly|then|tho|though))?[\s?!.]*", re.IGNORECASE)


def is_aside(turn: str) -> bool:
    """Say whether a turn asks only for the grounds of the answer that was given."""
    return _ASIDE.fullmatch(turn.strip()) is not None
