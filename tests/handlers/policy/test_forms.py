"""The kinds of process: what goes together and what does not."""

from typing import Any

import pytest
from pydantic import ValidationError

from handlers.people import Role
from handlers.policy.forms import Asked, Obligation, Process

PERSON, WHAT = Asked(name="person", label="Whose", kind="person"), Asked(name="what", label="What")
DELIVER = Obligation(key="deliver", what="Hand over", rule="R1", by="addressee")
LOOK = Obligation(key="look", what="Look into it", rule="R1", by="recipients")


def a_process(kind: str, **more: Any) -> Process:
    return Process.model_validate({"title": "Some form", "rule": "R1", "kind": kind, "intro": "Say what.", "fields": (WHAT,)} | more)


def test_each_kind_as_it_should_be() -> None:
    directed = a_process("directed", fields=(PERSON,), duties=(DELIVER,))
    report = a_process("report", fields=(WHAT, PERSON), tells=[Role.supervisor], duties=(LOOK,))

    assert (directed.person, directed.waits) == (PERSON, True)
    assert (report.person, report.waits) == (PERSON, True)
    assert not a_process("report", tells=[Role.supervisor]).waits
    assert a_process("note").person is None


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("directed", {"duties": (DELIVER,)}, "needs a required field of kind person"),
        ("directed", {"fields": (PERSON.model_copy(update={"required": False}),), "duties": (DELIVER,)}, "needs a required field"),
        ("directed", {"fields": (PERSON,)}, "and a duty of the addressee"),
        ("directed", {"fields": (PERSON, PERSON), "duties": (DELIVER,)}, "stands once"),
        ("directed", {"fields": (PERSON,), "duties": (DELIVER, LOOK)}, "recipients only a report"),
        ("report", {"tells": [Role.supervisor], "duties": (DELIVER,)}, "recipients only a report"),
        ("report", {}, "a report needs somebody in `tells`"),
        ("note", {"tells": [Role.supervisor]}, "a note has nobody there"),
        ("note", {"fields": (PERSON,)}, "in what is directed or reported"),
        ("note", {"duties": (LOOK,)}, "recipients only a report"),
        ("notice", {"registers": {"platform": "what", "purpose": "what"}}, "only what is approved or directed comes into the register"),
    ],
)
def test_what_does_not_go_together_is_refused(kind: str, more: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        a_process(kind, **more)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"due": "by", "due_days": 5}, "both say by when"),
        ({"asks": (PERSON,)}, "names nobody from"),
    ],
)
def test_a_duty_is_due_on_one_day_and_asks_for_no_colleague(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Obligation.model_validate({"key": "deliver", "what": "Hand over", "rule": "R1"} | wrong)


def test_a_duty_of_the_people_of_a_request_is_of_no_role() -> None:
    with pytest.raises(ValidationError, match="give `owner` or `by`"):
        Obligation(key="deliver", what="Hand over", rule="R1", by="addressee", owner=Role.staff)
