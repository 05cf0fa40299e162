"""Names of students are withheld where the pack marks them, and wherever else they stand."""

from dataclasses import replace

from bot.records.withheld import WITHHELD, withheld
from handlers.kept import Happening
from handlers.policy.forms import Asked, Process
from handlers.workflow.said import Change, Departure, Left
from tests.samples import DANA, MAPLE_GROVE, MARIA, NOON, a_duty, a_request

PROCESS = Process.model_construct(
    title="Permission",
    rule="R1",
    kind="permission",
    intro="",
    fields=(
        Asked.model_construct(name="students", label="Students", kind="text", student_names=True),
        Asked.model_construct(name="reason", label="Reason", kind="text", student_names=False),
    ),
)


def test_a_marked_field_is_withheld_and_its_names_everywhere() -> None:
    request = a_request(duties=[replace(a_duty("d", "Copy"), evidence="Copied to ADA FINCH and her mother")])
    stage = replace(request.stages[0], reason="Only Ada; Bo may ride along", changes=(Change("students", "Students", "both", "Bo"),))
    fields = {"students": "Ada Finch, Bo Reyes\nWill & May Lund", "reason": "May I? Ada's bus is late, and Will too; Reyes will not"}
    request = replace(request, fields=fields, stages=(stage, *request.stages[1:]), why_stopped="Finch moved")

    hide = withheld(request, PROCESS)
    shown = hide.request(request)

    assert shown.fields["students"] == WITHHELD
    assert shown.fields["reason"].endswith(f"and {WITHHELD} too; {WITHHELD} will not")
    assert shown.stages[0].reason.startswith(f"Only {WITHHELD}; Bo may")  # two letters alone are a word in too many tongues
    assert shown.stages[0].changes[0].after == WITHHELD
    assert shown.duties[0].evidence == f"Copied to {WITHHELD} and her mother"
    assert shown.why_stopped == f"{WITHHELD} moved"
    line = Happening(request.id, MAPLE_GROVE, NOON, MARIA.id, "denied", "", "", "Bo Reyes has a bus")
    assert hide.happening(line).detail == f"{WITHHELD} has a bus"


def test_a_marked_text_that_is_no_list_of_names_is_withheld_and_names_nobody() -> None:
    request = replace(a_request(), fields={"students": "The whole team asked whether the Bus would wait for them", "reason": "the Bus"})

    shown = withheld(request, PROCESS).request(request)

    assert (shown.fields["students"], shown.fields["reason"]) == (WITHHELD, "the Bus")


def test_staff_are_named() -> None:
    request = replace(a_request(), fields={"students": "Ada Finch", "reason": f"{DANA.name} drives"})

    assert withheld(request, PROCESS).request(request).fields["reason"] == "Dana Whitlock drives"


def test_who_has_left_is_withheld_like_who_is_still_named() -> None:
    gone = (Departure(NOON, DANA.id, "Bo Reyes", Left.school),)
    request = replace(a_request(), fields={"students": "Ada Finch", "reason": "Reyes and Finch ride along"}, departures=gone)

    shown = withheld(request, PROCESS).request(request)

    assert shown.departures[0].name == WITHHELD
    assert shown.fields["reason"] == f"{WITHHELD} and {WITHHELD} ride along"
