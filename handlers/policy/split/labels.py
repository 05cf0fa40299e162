"""What numbers a clause: "Article III", "Section 2.", "4.2.1", "1.", "(a)", "iv)", "Q4:", a bullet. Not here: how they nest."""

import re
from dataclasses import dataclass

KEYWORDS = {  # the smaller, the more it encloses
    "title": 0,
    "appendix": 0,
    "exhibit": 0,
    "chapter": 1,
    "part": 1,
    "division": 1,
    "article": 2,
    "regulation": 3,
    "procedure": 3,
    "rule": 3,
    "section": 4,
    "guideline": 4,
    "standard": 4,
    "step": 5,
    "subsection": 5,
    "subdivision": 5,
    "paragraph": 6,
    "clause": 6,
}
SHORT = {"sec": "section", "sec.": "section", "§": "section", "§§": "section", "art.": "article"}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
LARGEST_ROMAN = 60
LONGEST_LETTER = 2  # aa comes after z
LONGEST_HEADING = 90  # characters

_WORD = "|".join(re.escape(word) for word in sorted((*KEYWORDS, *SHORT), key=len, reverse=True))
_KEYWORD = re.compile(
    rf"(?P<word>{_WORD})(?P<gap>\s*)(?P<id>\d{{1,3}}[a-z]?(?:[.–-]\d{{1,3}}[a-z]?)*|[ivxlc]+|[a-z])(?![\w(])"
    r"(?P<end>\s*[.:)–—-]*)(?:\s+|$)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?P<id>\d{1,3}(?:\.\d{1,3})+)(?P<end>[.):]?)(?:\s+[–—-])?(?:\s+|$)")
_MIXED = re.compile(r"(?P<number>\d{1,3})[.-]?\(?(?P<letter>[a-z])\)?[.)](?:\s+|$)")
_PLAIN = re.compile(
    r"(?P<open>\()?(?P<id>\d{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7}|([a-z])\3?|([A-Z])\4?)(?P<close>\)\.?|[.])(?:\s+[–—-])?(?:\s+|$)"
)
_DASHED = re.compile(r"(?P<id>\d{1,2}|[A-Z]|[IVX]{1,5})\s*[:–—-]\s+(?=[A-Z\"“])")
_QUESTION = re.compile(r"(?P<word>Q|Question|A|Answer)\s*(?P<id>\d{1,3})?\s*(?P<end>[.:)–—-]+)\s+", re.IGNORECASE)
_BULLET = re.compile(r"(?P<mark>[•●▪■◦○‣\u2043∙·\uf0b7\uf0a7\uf0d8➢✓*–—-]|o(?=\s+[A-Z]))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as one reads it: its family, and what it may stand for ("i" is a letter or a Roman one)."""

    word: str  # a keyword, "q", "a", "decimal", "bullet", or "" for a plain number or letter
    marks: str  # what stands around it: "()", ")", ".", …
    shown: str  # III, 2, b, 4.2.1
    meanings: tuple[tuple[str, int], ...]  # shape and value
    length: int  # characters of the line, with the blanks after it
    path: tuple[int, ...] = ()  # of a decimal one

    @property
    def is_first(self) -> bool:
        """Whether a list may begin with it."""
        return any(value == 1 for _, value in self.meanings)


def label_of(line: str) -> Label | None:
    """Return the label that a line begins with, None when it has none."""
    return _question(line) or _keyword(line) or _decimal(line) or _plain(line) or _bullet(line)


def follows(before: Label, after: Label) -> bool:
    """Tell whether one label is the next in the same list."""
    same = before.word == after.word and before.marks == after.marks
    return same and any((shape, value + 1) in after.meanings for shape, value in before.meanings)


def _question(line: str) -> Label | None:
    match = _QUESTION.match(line)
    if match is None or (match["id"] is None and len(match["word"]) == 1 and match["end"][0] not in ":." + ")"):
        return None
    word = match["word"][0].lower()
    if match["id"] is None and word == "a" and match["end"] != ":":
        return None  # "A. Scope" is a letter
    value = int(match["id"] or 0)
    return Label(word, ":", match["id"] or "", (("number", value),), match.end())


def _keyword(line: str) -> Label | None:
    match = _KEYWORD.match(line)
    if match is None or not _is_heading_like(match, line[match.end() :]):
        return None
    raw = match["word"].lower()
    word = SHORT.get(raw, raw)
    shown = match["id"].upper() if match["id"].isalpha() else match["id"]
    return Label(word, "", shown, _meanings(match["id"]) or (("code", 0),), match.end())


def _is_heading_like(match: re.Match[str], rest: str) -> bool:
    """A sentence may begin with "Section 504 of the Act" or "Title IX": then it is no label."""
    sign = match["word"].startswith("§")
    if not (sign or match["gap"]) or not (sign or match["word"][0].isupper()):
        return False
    if match["end"].strip() or not rest:
        return True
    short = len(rest) <= LONGEST_HEADING and rest[-1] not in ".;,"
    return not rest[0].islower() and (short or KEYWORDS.get(match["word"].lower(), 0) == KEYWORDS["section"] or sign)


def _decimal(line: str) -> Label | None:
    match = _DECIMAL.match(line)
    if match is None:
        return None
    rest = line[match.end() :]
    if rest[:1].islower() or rest[:1] in {"%", "("}:
        return None
    path = tuple(map(int, re.sub(r"(?:\.0+)+$", "", match["id"]).split(".")))  # 2.0 encloses 2.1
    return Label("decimal", "", match["id"], (("decimal", path[-1]),), match.end(), path)


def _plain(line: str) -> Label | None:
    if mixed := _MIXED.match(line):
        shown = f"{mixed['number']}({mixed['letter']})"
        return Label(
            "decimal", "", shown, (("decimal", _letter(mixed["letter"])),), mixed.end(), (int(mixed["number"]), _letter(mixed["letter"]))
        )
    if match := _PLAIN.match(line):
        meanings = _meanings(match["id"])
        marks = ("(" if match["open"] else "") + match["close"].rstrip(".") if ")" in match["close"] else "."
        return Label("", marks, match["id"], meanings, match.end()) if meanings else None
    if match := _DASHED.match(line):
        return Label("", "-", match["id"], _meanings(match["id"]), match.end())
    return None


def _bullet(line: str) -> Label | None:
    match = _BULLET.match(line)
    return Label("bullet", match["mark"], "", (("bullet", 0),), match.end()) if match else None


def _meanings(shown: str) -> tuple[tuple[str, int], ...]:
    """Return everything that a number, letter or Roman numeral may stand for."""
    if shown.isdigit():
        return (("number", int(shown)),)
    if not shown.isalpha():
        return ()
    case = "upper" if shown[0].isupper() else "lower"
    found: list[tuple[str, int]] = []
    if len(set(shown.lower())) == 1 and len(shown) <= LONGEST_LETTER:  # a letter, or aa after z
        found.append((f"{case} letter", _letter(shown.lower())))
    if value := _roman(shown.lower()):
        found.append((f"{case} roman", value))
    return tuple(found)


def _letter(shown: str) -> int:
    return ord(shown[0]) - ord("a") + 1 + 26 * (len(shown) - 1)


def _roman(shown: str) -> int:
    if not re.fullmatch(r"(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})", shown):
        return 0
    digits = [ROMAN[letter] for letter in shown]
    value = sum(-one if any(one < later for later in digits[place + 1 :]) else one for place, one in enumerate(digits))
    return value if value <= LARGEST_ROMAN else 0
