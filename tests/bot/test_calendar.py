"""`hallpass calendar`: a calendar file's whole days become days without school; what cannot be meant is refused in a sentence."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import ics
from bot.terminal import Refused

Run = Callable[..., tuple[int, str, str]]

TODAY = date(2026, 9, 1)
THANKSGIVING = ("DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261128", "SUMMARY:Thanksgiving\\, both days")
FOURTH = ("DTSTART;VALUE=DATE:20250704", "RRULE:FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4", "SUMMARY:Independence Day")
EVENING = ("DTSTART:20261222T190000Z", "DTEND:20261222T210000Z", "SUMMARY:Concert")


def a_calendar(*events: tuple[str, ...]) -> str:
    lines = [line for number, event in enumerate(events) for line in ("BEGIN:VEVENT", f"UID:{number}", *event, "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:a calendar program", *lines, "END:VCALENDAR", ""])


def read(folder: Path, *events: tuple[str, ...]) -> dict[date, str]:
    (folder / "holidays.ics").write_bytes(b"\xef\xbb\xbf" + a_calendar(*events).encode())
    return dict(ics.read(folder / "holidays.ics", TODAY).days)


def test_days_are_imported_shown_and_replaced(maple_grove: Path, hallpass: Run) -> None:
    (maple_grove / "a.ics").write_text(a_calendar(THANKSGIVING, EVENING))
    (maple_grove / "b.ics").write_text(a_calendar(("DTSTART;VALUE=DATE:20261127", "SUMMARY:Friday")))

    tried = hallpass("calendar", "import", "maple-grove", "a.ics", "--dry-run")
    nothing = hallpass("calendar", "show", "maple-grove")
    first = hallpass("calendar", "import", "maple-grove", "a.ics")
    shown = hallpass("calendar", "show", "maple-grove", "--json")
    second = hallpass("calendar", "import", "maple-grove", "b.ics")

    said = "+ 2026-11-26  Thanksgiving, both days\n+ 2026-11-27  Thanksgiving, both days\n1 entry was left out: only whole days count.\n"
    assert tried == (0, f"{said}Nothing was written (--dry-run).\n", "")
    assert "no days without school but weekends" in nothing[1]
    assert first == (0, f"{said}maple-grove has 2 days without school from a.ics.\n", "")
    assert json.loads(shown[1])[0] == {"day": "2026-11-26", "name": "Thanksgiving, both days", "from": "a calendar file"}
    assert second == (0, "- 2026-11-26  Thanksgiving, both days\nmaple-grove has 1 day without school from b.ics.\n", "")
    assert "2026-11-27  Friday" in hallpass("calendar", "show", "maple-grove")[1]


def test_what_comes_every_year_is_taken_for_the_next_three(tmp_path: Path) -> None:
    assert sorted(read(tmp_path, FOURTH)) == [date(year, 7, 4) for year in range(2025, 2030)]


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        ("RRULE:FREQ=YEARLY;COUNT=2", [2024, 2025]),
        ("RRULE:FREQ=YEARLY;UNTIL=20260101", [2024, 2025]),
        ("RRULE:FREQ=YEARLY;UNTIL=20260801T000000Z;INTERVAL=1", [2024, 2025, 2026]),
    ],
)
def test_a_rule_that_ends_is_heeded(tmp_path: Path, rule: str, years: list[int]) -> None:
    assert sorted(read(tmp_path, ("DTSTART;VALUE=DATE:20240601", rule))) == [date(year, 6, 1) for year in years]


def test_a_leap_day_comes_only_where_there_is_one(tmp_path: Path) -> None:
    assert sorted(read(tmp_path, ("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"))) == [date(2024, 2, 29), date(2028, 2, 29)]


def test_a_break_over_the_new_year_comes_again_whole(tmp_path: Path) -> None:
    days = read(tmp_path, ("DTSTART;VALUE=DATE:20261231", "DURATION:P2D", "RRULE:FREQ=YEARLY;COUNT=2"))

    assert days == dict.fromkeys([date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1)], "No school")


def test_what_was_cancelled_is_no_holiday(tmp_path: Path) -> None:
    assert list(read(tmp_path, THANKSGIVING, (*FOURTH, "STATUS:CANCELLED"))) == [date(2026, 11, 26), date(2026, 11, 27)]


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (("DTSTART;VALUE=DATE:20260525", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"), "by a rule that is not understood"),
        (("DTSTART;VALUE=DATE:20260704", "RRULE:FREQ=WEEKLY"), "by a rule that is not understood"),
        (("DTSTART;VALUE=DATE:20260704", "RRULE:FREQ=YEARLY;INTERVAL=2"), "by a rule that is not understood"),
        (("DTSTART;VALUE=DATE:20260704", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270704"), "by a rule that is not understood"),
        (("DTSTART;VALUE=DATE:20260704", "RDATE;VALUE=DATE:20270704"), "by a rule that is not understood"),
        (("DTSTART:soon",), "has no day that can be read"),
        (("SUMMARY:Nothing",), "has no day that can be read"),
        (("DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260704"), "lasts 0 days"),
        (("DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:29260704"), "which cannot be meant"),
        (EVENING, "names no whole day without school"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(tmp_path: Path, event: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(tmp_path, event)


@pytest.mark.parametrize("raw", [b"", b"hello", b"\x00\xff", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"PK\x03\x04zip"])
def test_what_is_no_calendar_is_refused_in_a_sentence(maple_grove: Path, hallpass: Run, raw: bytes) -> None:
    (maple_grove / "bad.ics").write_bytes(raw)

    status, out, err = hallpass("calendar", "import", "maple-grove", "bad.ics")

    assert (status, out) == (1, "")
    assert err.startswith("bad.ics is no calendar file that can be read.")


def test_a_file_that_is_not_there_or_far_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.ics").write_bytes(b" " * (ics.LARGEST + 1))

    for name, sentence in (("gone.ics", "cannot be read"), ("large.ics", "larger than 1 MB")):
        with pytest.raises(Refused, match=sentence):
            ics.read(tmp_path / name, TODAY)
