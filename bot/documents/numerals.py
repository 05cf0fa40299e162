"""A number as a list shows it: 3, c, C, iii, III, 3rd. Not here: which lists there are."""

from collections.abc import Callable, Mapping

TEENS = range(10, 21)
ROMAN = dict(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True))  # noqa: SIM905  # shorter to read


def numeral(number: int, style: str) -> str:
    """Return the number in a style as Word names it; as digits when the style is unknown, nothing for `none`."""
    return _STYLES.get(style, str)(number)


def roman(number: int) -> str:
    """Return the Roman numeral, in small letters."""
    found = ""
    for value, letters in ROMAN.items():
        found += letters * (number // value)
        number %= value
    return found


def letter(number: int) -> str:
    """Return a to z, then aa, bb: as word processors count on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else "0"


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number % 100 in TEENS else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_STYLES: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": _ordinal,
    "bullet": lambda _: "•",
    "none": lambda _: "",
}
