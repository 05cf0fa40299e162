from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.policy.fields import Fault, Wrong, check
from tests.rulebook import a_field

WHY = a_field("why", kind="text")
TEAM = a_field("team", kind="choice", options=("Tennis", "Debate"))
SEEN = a_field("seen", kind="check")
SITE = a_field("site", kind="url")
START = a_field("start", kind="date")
NOTE = a_field("note", required=False, longest=10)


def wrong(field, value: str) -> Wrong | None:
    checked = check([field], {field.name: value})
    return checked[0].wrong if isinstance(checked, tuple) else None


def test_a_form_that_is_filled_in_well_is_kept_as_it_was_filled_in():
    filled = {"why": "Bus times", "team": "Tennis", "seen": "yes", "site": "https://team.example/a?b=1", "start": "2026-03-02", "note": "-"}

    assert check([WHY, TEAM, SEEN, SITE, START, NOTE], filled) == filled


def test_what_is_left_out_is_left_out_and_what_nobody_asked_for_is_dropped():
    assert check([WHY, NOTE], {"why": "Bus times", "note": "  ", "requester": "somebody else"}) == {"why": "Bus times"}


def test_every_fault_is_told_at_once_in_the_order_of_the_form():
    faults = check([WHY, TEAM, SEEN, SITE, START, NOTE], {"team": "Chess", "site": "team", "start": "soon", "note": "x" * 11})

    assert faults == (
        Fault(WHY, Wrong.missing),
        Fault(TEAM, Wrong.not_a_choice),
        Fault(SEEN, Wrong.not_ticked),
        Fault(SITE, Wrong.not_an_address),
        Fault(START, Wrong.not_a_date),
        Fault(NOTE, Wrong.too_long),
    )


@pytest.mark.parametrize("value", ["", " \t\n ", "\u200b\u200b", "\u00a0"], ids=ascii)
def test_what_cannot_be_seen_does_not_fill_a_field(value: str):
    assert wrong(a_field("reason"), value) is Wrong.missing


def test_a_line_stays_one_line():
    assert check([a_field("reason")], {"reason": " Bus\r\ntimes\tchange \u2028 often "}) == {"reason": "Bus times change often"}


def test_a_text_keeps_its_lines():
    assert check([WHY], {"why": "\nBus times:\r\nmorning\n\nevening\r"}) == {"why": "Bus times:\nmorning\n\nevening"}


def test_a_space_that_was_pasted_is_a_space():
    assert check([a_field("reason"), WHY], {"reason": "Ms\u00a0Ortiz", "why": "at\u202f7\tpm"}) == {"reason": "Ms Ortiz", "why": "at 7 pm"}


def test_what_could_mislead_a_reader_is_taken_out():
    assert check([a_field("reason")], {"reason": "safe\u202etxt.exe\x00\x1b[31m\ud800"}) == {"reason": "safetxt.exe[31m"}


def test_a_field_holds_as_much_as_it_says_and_not_more():
    assert wrong(NOTE, "x" * 10) is None
    assert wrong(NOTE, "x" * 11) is Wrong.too_long
    assert wrong(NOTE, f" {'x' * 10} ") is None


@pytest.mark.parametrize("value", ["tennis", "Tennis, Debate", "Tenni"])
def test_a_choice_is_one_of_the_options(value: str):
    assert wrong(TEAM, value) is Wrong.not_a_choice


@pytest.mark.parametrize("value", ["2026-02-30", "02.03.2026", "20260302", "2026-W10-1", "2026-3-2", "2026-03-02T08:00", "0000-01-01"])
def test_a_date_is_a_day_that_exists_written_as_everywhere(value: str):
    assert wrong(START, value) is Wrong.not_a_date


def test_a_leap_day_exists():
    assert wrong(START, "2028-02-29") is None


@pytest.mark.parametrize(
    "value",
    [
        "team",
        "team.example",
        "ftp://team.example",
        "javascript:alert(1)",
        "https://",
        "https://.",
        "http://[::1",
        "https://a.b c",
        "https:/a.b",
    ],
)
def test_an_address_is_one_that_a_browser_opens(value: str):
    assert wrong(SITE, value) is Wrong.not_an_address


@pytest.mark.parametrize("value", ["http://team.example", "HTTPS://Team.example:8443/a#b", "https://team.example/ä"])
def test_an_address_may_be_written_in_many_ways(value: str):
    assert wrong(SITE, value) is None


def test_a_box_is_ticked_or_it_is_not():
    assert wrong(SEEN, "yes") is None
    assert wrong(SEEN, "") is Wrong.not_ticked
    assert wrong(SEEN, "no") is Wrong.not_ticked
    assert wrong(a_field("seen", kind="check", required=False), "") is None


PLACE = a_field("place", when={"team": ("Debate",)})
ROOM = a_field("room", when={"place": ("Hall",)})


def test_a_field_that_is_not_asked_is_not_wanted_and_what_stands_in_it_is_dropped():
    assert check([TEAM, PLACE], {"team": "Tennis", "place": "Hall"}) == {"team": "Tennis"}
    assert check([TEAM, PLACE], {"team": "Debate", "place": "Hall"}) == {"team": "Debate", "place": "Hall"}


def test_a_field_is_wanted_as_soon_as_it_is_asked():
    assert check([TEAM, PLACE], {"team": "Debate"}) == (Fault(PLACE, Wrong.missing),)
    assert check([TEAM, PLACE], {}) == (Fault(TEAM, Wrong.missing),)


def test_what_hangs_on_a_hidden_field_is_hidden_with_it():
    assert check([TEAM, PLACE, ROOM], {"team": "Tennis", "place": "Hall", "room": "2"}) == {"team": "Tennis"}


@given(st.sampled_from([WHY, TEAM, SEEN, SITE, START, NOTE]), st.text())
def test_what_was_taken_once_is_taken_again_unchanged(field, value: str):
    checked = check([field], {field.name: value})

    if isinstance(checked, dict):
        assert all(kept and kept == kept.strip() for kept in checked.values())
        assert check([field], checked) == checked


@pytest.mark.parametrize(("value", "wrong"), [("2026-03-02", None), ("2026-03-03", Wrong.not_yet), ("soon", Wrong.not_a_date)])
def test_a_day_of_what_has_happened_does_not_lie_ahead(value: str, wrong: Wrong | None):
    checked = check([START], {START.name: value}, date(2026, 3, 2))

    assert checked == ({START.name: value} if wrong is None else (Fault(START, wrong),))


def test_a_day_of_what_is_planned_may_lie_ahead():
    assert check([START], {START.name: "2099-01-01"}) == {START.name: "2099-01-01"}


def test_only_days_can_lie_ahead():
    assert check([WHY], {WHY.name: "2099-01-01"}, date(2026, 3, 2)) == {WHY.name: "2099-01-01"}
