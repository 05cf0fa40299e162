"""A template becomes a letter in a sandbox, or one sentence about the line that breaks it."""

import pytest

from handlers.people import Role
from handlers.policy.forms import Asked, Obligation, Process, Step
from handlers.policy.letters import LONGEST, TOLD, Letter, Unwritable, may_be_told, trial, write
from handlers.policy.read import BrokenPack, Source, read
from tests.handlers.policy.test_read import PROCESSES, RULES, SETTINGS

FIELDS = (
    Asked(name="students", label="Students", kind="text", student_names=True),
    Asked(name="player", label="Player", student_names=True),
    Asked(name="reason", label="Reason", kind="text"),
    Asked(name="sure", label="Sure", kind="check"),
    Asked(name="activity", label="Activity"),
    Asked(name="how", label="How", kind="choice", options=("by phone",)),
    Asked(name="page", label="Page", kind="url", required=False),
    Asked(name="starts", label="From", kind="date", when={"how": ("by phone",)}),
)


def leave(fields: tuple[Asked, ...] = FIELDS) -> dict[str, Process]:
    """A form whose approval owes a letter."""
    duty = Obligation(key="parents", what="Tell the parents.", rule="M2", letter="parents")
    stages = (Step(role=Role.supervisor, rule="M1"),)
    return {"leave": Process(title="Leave", rule="M1", kind="permission", intro="Ask.", fields=fields, stages=stages, duties=(duty,))}


def written(template: str, **told: object) -> Letter:
    letter = write(template, told)
    assert isinstance(letter, Letter)
    return letter


def broken(template: str, **told: object) -> Unwritable:
    letter = write(template, told)
    assert isinstance(letter, Unwritable)
    return letter


def test_a_letter_has_a_heading_paragraphs_and_items() -> None:
    letter = written("# To {{ who }}\n\nOne.\nStill one.\n\n\n  \nTwo:\n- first\n- second\nand its rest\n\nEnd\n", who="parents")

    assert letter == Letter("To parents", ("One.\nStill one.", "Two:", "- first", "- second\nand its rest", "End"))


def test_a_letter_may_do_without_a_heading() -> None:
    assert written("Dear parents") == Letter("", ("Dear parents",))
    assert written("") == Letter("", ())


def test_what_somebody_typed_is_never_read_as_a_template() -> None:
    assert written("{{ said }}", said="{{ 7 }} {% for %}").paragraphs == ("{{ 7 }} {% for %}",)


@pytest.mark.parametrize(
    ("template", "line", "why"),
    [
        ("One\n{{ staf }}", 2, "'staf' is undefined"),
        ("One\n\n{% if x %}", 3, "Unexpected end of template"),
        ("{{ asked.activty }}", 1, "'dict object' has no attribute 'activty'"),
        ("{{ staff.__class__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ ''.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ asked.update({'a': 1}) }}", 1, "access to attribute 'update' of 'dict' object is unsafe"),
        ("{% include '/etc/passwd' %}", 1, "it does what a letter cannot do (TypeError)"),
        ("a\n{{ 'x' * 10 ** 9 }}", 2, "a letter does not reckon"),
        ("{{ '%999999999s' % 'x' }}", 1, "a letter does not reckon"),
        ("{{ staff + 1 }}", 1, "it does what a letter cannot do (TypeError)"),
        ("{{ staff | nothing }}", 1, "No filter named 'nothing'"),
    ],
)
def test_a_template_that_breaks_is_told_by_its_line(template: str, line: int, why: str) -> None:
    found = broken(template, staff="Dana", asked={"activity": "Chess"})

    assert found.line == line
    assert why in found.why


def test_a_letter_that_has_no_end_is_none() -> None:
    assert broken("{% for one in range(9999) %}word {% endfor %}") == Unwritable(
        1, f"it makes a letter of more than {LONGEST:,} characters"
    )


def test_only_what_names_nobody_is_told() -> None:
    assert [field.name for field in FIELDS if may_be_told(field)] == ["activity", "how", "page", "starts"]


@pytest.mark.parametrize("name", ["students", "player", "reason", "sure"])
def test_what_may_name_a_student_is_not_there_to_be_written(name: str) -> None:
    found = trial(f"{{{{ asked.{name} }}}}", leave(), "parents")

    assert found is not None
    assert f"has no attribute '{name}'" in found.why


def test_a_template_is_tried_filled_in_whole_and_as_little_as_may_be() -> None:
    whole = "{% if until %}{{ unto }}{% endif %}"
    little = "{% if not asked.page and not asked.starts and not until %}{{ since | last | nothing_more() }}{% endif %}"

    assert trial(" ".join(f"{{{{ {name} }}}}" for name in TOLD) + "{{ asked.activity }}", leave(), "parents") is None
    assert "unto" in getattr(trial(whole, leave(), "parents"), "why", "")
    assert "nothing_more" in getattr(trial(little, leave(), "parents"), "why", "")
    assert trial("{% if not asked.page %}{% if until %}{{ unto }}{% endif %}{% endif %}", leave(), "parents") is None


def test_a_letter_that_nobody_sends_only_has_to_be_a_template() -> None:
    assert trial("{{ whatever }}", leave(), "others") is None
    assert trial("\n{% if %}", leave(), "others") == Unwritable(2, "Expected an expression, got 'end of statement block'")


def reading(template: str | None, duty: dict[str, object]) -> BrokenPack:
    leave = {**PROCESSES["leave"], "duties": [{**PROCESSES["leave"]["duties"][0], **duty}]}
    letters = {} if template is None else {"parents": template}
    with pytest.raises(BrokenPack) as faults:
        read(
            "maple-grove",
            Source("rules.yaml", RULES),
            Source("processes.yaml", {"leave": leave}),
            Source("settings.toml", SETTINGS),
            letters,
        )
    return faults.value


def test_a_broken_template_is_a_fault_of_the_pack_with_its_line_and_what_to_write() -> None:
    (fault,) = reading("# Hello\n{{ staf }}", {"letter": "parents"}).faults

    assert str(fault).startswith(
        "maple-grove/letters/parents.j2, line 2: No letter can be written from this: 'staf' is undefined. A letter is told "
    )
    assert "staff, school, approved_by" in fault.todo


def test_a_letter_that_is_not_there_is_a_fault_of_the_process() -> None:
    (fault,) = reading(None, {"letter": "parents"}).faults

    assert fault.what == "Process leave, duty parents: there is no letter called parents."
    assert fault.todo == "Write it as letters/parents.j2, or correct the name."


@pytest.mark.parametrize(
    ("duty", "sentence"),
    [
        ({"evidence": "date", "asks": [{"name": "on", "label": "When"}]}, "`evidence` and `asks` say the same in two ways"),
        ({"asks": [{"name": "on", "label": "Who", "student_names": True}]}, "names no student"),
        ({"asks": [{"name": "on", "label": "When"}] * 2}, "two asks are called on."),
        ({"asks": [{"name": "on", "label": "When", "when": {"how": ["so"]}}]}, "field on: `when` names how, which is no field before it."),
    ],
)
def test_what_a_duty_asks_has_to_fit(duty: dict[str, object], sentence: str) -> None:
    assert sentence in str(reading(None, duty))
