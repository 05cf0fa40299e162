"""What a decider may narrow, and that it never becomes more than was asked for."""

from datetime import date

import pytest

from handlers.people import Role
from handlers.policy.fields import Fault, Wrong
from handlers.policy.forms import Asked, Process, Step
from handlers.policy.narrowing import CONDITIONS, UNTIL, Narrowed, narrow, narrowable

TODAY = date(2026, 3, 2)
STUDENTS = Asked(name="students", label="Students", kind="choice", options=("Ada", "Bo"), student_names=True)
REASON = Asked(name="reason", label="Reason", kind="text")
CHANNEL = Asked(name="channel", label="How", kind="choice", options=("texts", "calls"))
STARTS = Asked(name="starts", label="From", kind="date", required=False)
ENDS = Asked(name="ends", label="Until then", kind="date", required=False)
ASKED_FOR = {"reason": "Buses", "channel": "texts", "starts": "2026-04-01", "ends": "2026-06-05"}
AS_ASKED = {"channel": "texts", "starts": "2026-04-01", "ends": "2026-06-05", "conditions": "Fine"}


def a_process(*fields: Asked) -> Process:
    return Process(
        title="A form",
        rule="R1",
        kind="permission",
        intro="Somebody decides.",
        fields=fields,
        stages=(Step(role=Role.supervisor, rule="R1"),),
    )


WHOLE = a_process(STUDENTS, REASON, CHANNEL, STARTS, ENDS)


def test_choices_and_days_are_offered_and_neither_words_nor_students():
    assert narrowable(WHOLE, {}) == (CHANNEL, STARTS, ENDS)


def test_a_last_day_is_always_offered():
    assert narrowable(a_process(REASON), {}) == (UNTIL,)


def test_a_field_of_that_name_that_is_no_day_is_nobodys_last_day():
    assert UNTIL in narrowable(a_process(Asked(name="ends", label="How it ends", kind="text")), {})


def test_nothing_but_a_sentence_leaves_the_fields_as_they_were():
    assert narrow(WHOLE, ASKED_FOR, AS_ASKED, TODAY) == Narrowed(ASKED_FOR, (), "Fine")


def test_what_is_narrowed_is_told_with_both_values():
    given = {"channel": "calls", "starts": "2026-04-02", "ends": "2026-06-04", "conditions": "Shorter", "reason": "No"}

    narrowed = narrow(WHOLE, ASKED_FOR, given, TODAY)

    assert narrowed == Narrowed(
        {"reason": "Buses", "channel": "calls", "starts": "2026-04-02", "ends": "2026-06-04"},
        ((CHANNEL, "texts", "calls"), (STARTS, "2026-04-01", "2026-04-02"), (ENDS, "2026-06-05", "2026-06-04")),
        "Shorter",
    )


def test_days_can_be_set_where_none_was_asked_for():
    narrowed = narrow(WHOLE, {"channel": "texts"}, AS_ASKED, TODAY)

    assert isinstance(narrowed, Narrowed)
    assert [(before, after) for _, before, after in narrowed.changed] == [("", "2026-04-01"), ("", "2026-06-05")]


def test_an_optional_choice_can_be_taken_back():
    optional = CHANNEL.model_copy(update={"required": False})

    narrowed = narrow(a_process(optional), {"channel": "texts"}, {"conditions": "None of it"}, TODAY)

    assert narrowed == Narrowed({}, ((optional, "texts", ""),), "None of it")


@pytest.mark.parametrize(
    ("given", "field", "wrong"),
    [
        ({"starts": "2026-03-31"}, STARTS, Wrong.too_wide),
        ({"starts": ""}, STARTS, Wrong.too_wide),
        ({"ends": "2026-06-06"}, ENDS, Wrong.too_wide),
        ({"ends": ""}, ENDS, Wrong.too_wide),
        ({"ends": "2026-03-01"}, ENDS, Wrong.over),
        ({"ends": "2026-03-31"}, ENDS, Wrong.before_start),
        ({"ends": "soon"}, ENDS, Wrong.not_a_date),
        ({"channel": "pigeons"}, CHANNEL, Wrong.not_a_choice),
        ({"conditions": " "}, CONDITIONS, Wrong.missing),
        ({"conditions": "x" * 1001}, CONDITIONS, Wrong.too_long),
    ],
)
def test_what_is_more_than_was_asked_for_or_makes_no_sense_is_a_fault(given: dict[str, str], field: Asked, wrong: Wrong):
    assert narrow(WHOLE, ASKED_FOR, AS_ASKED | given, TODAY) == (Fault(field, wrong),)


def test_the_last_day_may_be_today_and_the_first_one():
    days = {"starts": "2026-03-02", "ends": "2026-03-02"}

    assert isinstance(narrow(WHOLE, {}, AS_ASKED | days, TODAY), Narrowed)


def test_every_fault_is_told_at_once():
    found = narrow(WHOLE, ASKED_FOR, AS_ASKED | {"starts": "2026-01-01", "ends": "2027-01-01"}, TODAY)

    assert found == (Fault(STARTS, Wrong.too_wide), Fault(ENDS, Wrong.too_wide))


# What is asked only at times

WHERE = Asked(name="where", label="Where", kind="line", when={"channel": ("texts",)})
HEARD = Asked(name="heard", label="Parents have heard of it", kind="check", required=False)
SINCE = Asked(name="since", label="Since", kind="date", when={"heard": ("yes",)})
LAST = ENDS.model_copy(update={"when": {"channel": ("texts",)}})
TEXTS = {"channel": "texts", "where": "Ada Finch's phone"}
CALLS = {"channel": "calls", "conditions": "Calls only"}


def test_words_that_hung_on_the_old_choice_go_with_it():
    narrowed = narrow(a_process(CHANNEL, WHERE), TEXTS, CALLS, TODAY)

    assert narrowed == Narrowed({"channel": "calls"}, ((CHANNEL, "texts", "calls"), (WHERE, TEXTS["where"], "")), "Calls only")


def test_what_the_form_does_not_ask_and_was_not_asked_stays_as_it_was():
    process = a_process(CHANNEL, WHERE)

    narrowed = narrow(process, TEXTS | {"other": "kept"}, {"channel": "texts", "conditions": "Fine"}, TODAY)

    assert narrowed == Narrowed(TEXTS | {"other": "kept"}, (), "Fine")


@pytest.mark.parametrize("kind", ["line", "check"])
def test_a_choice_that_asks_for_what_only_the_requester_can_say_is_a_fault(kind: str):
    words = Asked.model_validate(WHERE.model_dump() | {"kind": kind})

    found = narrow(a_process(CHANNEL, STARTS, words), {"channel": "calls"}, {"channel": "texts", "conditions": "Texts"}, TODAY)

    assert found == (Fault(CHANNEL, Wrong.needs_words),)
    optional = words.model_copy(update={"required": False})
    assert isinstance(narrow(a_process(CHANNEL, optional), {"channel": "calls"}, {"channel": "texts", "conditions": "x"}, TODAY), Narrowed)


def test_a_day_that_hangs_on_a_tick_is_asked_where_it_was_ticked_and_nowhere_else():
    process = a_process(HEARD, SINCE)
    ticked = {"heard": "yes", "since": "2026-02-01"}

    assert narrowable(process, ticked) == (SINCE.model_copy(update={"when": {}}), UNTIL)
    assert narrow(process, ticked, {"since": "2026-02-02", "conditions": "A day later"}, TODAY) == Narrowed(
        {"heard": "yes", "since": "2026-02-02"}, ((narrowable(process, ticked)[0], "2026-02-01", "2026-02-02"),), "A day later"
    )
    assert narrowable(process, {}) == (UNTIL,)
    assert narrow(process, {}, {"conditions": "Fine"}, TODAY) == Narrowed({}, (), "Fine")


def test_a_last_day_that_hangs_on_a_tick_that_was_not_given_can_still_be_set():
    process = a_process(HEARD, ENDS.model_copy(update={"when": {"heard": ("yes",)}}))

    narrowed = narrow(process, {}, {"ends": "2026-06-05", "conditions": "Until June"}, TODAY)

    assert narrowed == Narrowed({"ends": "2026-06-05"}, ((UNTIL, "", "2026-06-05"),), "Until June")


def test_a_day_that_the_new_choice_hides_is_no_fault_and_goes():
    narrowed = narrow(a_process(CHANNEL, LAST), {"channel": "texts", "ends": "2026-06-05"}, CALLS, TODAY)

    assert narrowed == Narrowed({"channel": "calls"}, ((CHANNEL, "texts", "calls"), (LAST, "2026-06-05", "")), "Calls only")


def test_a_day_that_the_choice_still_asks_for_stays_within_bounds():
    given = {"channel": "texts", "ends": "2026-06-06", "conditions": "Longer"}

    assert narrow(a_process(CHANNEL, LAST), {"channel": "texts", "ends": "2026-06-05"}, given, TODAY) == (Fault(LAST, Wrong.too_wide),)


def test_what_hangs_on_a_tick_hangs_on_what_the_tick_hangs_on():
    size = Asked(name="size", label="Size", kind="choice", options=("small", "large"))
    often = HEARD.model_copy(update={"when": {"channel": ("texts", "calls"), "size": ("large",)}})
    since = SINCE.model_copy(update={"when": {"channel": ("texts",), "heard": ("yes",)}})
    process = a_process(CHANNEL, size, often, since)
    fields = {"channel": "texts", "size": "large", "heard": "yes", "since": "2026-02-01"}

    assert narrowable(process, fields)[2].when == {"channel": ("texts",), "size": ("large",)}
    narrowed = narrow(process, fields, {"channel": "texts", "size": "small", "conditions": "Small"}, TODAY)
    assert isinstance(narrowed, Narrowed)
    assert narrowed.fields == {"channel": "texts", "size": "small"}
    assert [field.name for field, _, _ in narrowed.changed] == ["size", "since", "heard"]


def test_what_hangs_on_something_ruled_out_is_ruled_out_too():
    then = Asked(name="then", label="Then", kind="choice", options=("a", "b"), when={"heard": ("yes",)})
    after = Asked(name="after", label="After", kind="date", when={"then": ("a",)})

    assert narrowable(a_process(HEARD, then, after), {}) == (UNTIL,)
    assert [field.name for field in narrowable(a_process(HEARD, then, after), {"heard": "yes"})] == ["then", "after", "ends"]
