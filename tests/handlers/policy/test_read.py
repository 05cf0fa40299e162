"""Whoever writes a pack is told everything that is wrong with it, where it stands, and what to do."""

import copy
from typing import Any

import pytest

from handlers.people import Role
from handlers.policy.pack import Pack
from handlers.policy.read import BrokenPack, Fault, Source, read

RULES: dict[str, Any] = {
    "name": "Maple Grove",
    "policy": "P 12 Messages",
    "dates": "Adopted 2020",
    "fingerprint": "0" * 64,
    "rules": [
        {
            "id": "M1",
            "locator": "item 1",
            "says": "You may write with leave.",
            "kind": "permission",
            "when": {"channel": ["text"]},
            "also": ["M2"],
            "over": ["M2"],
            "process": "leave",
        },
        {"id": "M2", "locator": "item 2", "says": "You keep a copy.", "kind": "duty"},
    ],
}
PROCESSES: dict[str, Any] = {
    "leave": {
        "title": "Ask for leave",
        "rule": "M1",
        "kind": "permission",
        "intro": "Your supervisor decides.",
        "fields": [{"name": "reason", "label": "Reason", "kind": "text"}],
        "stages": [{"role": "supervisor", "rule": "M1"}],
        "duties": [{"key": "parents", "what": "Tell the parents.", "rule": "M2"}],
    }
}
SETTINGS: dict[str, Any] = {"owners": {"parents": "building_principal"}, "facts": {"portal": "yes"}}


DUTY = {"key": "told", "what": "Tell them.", "rule": "M1", "owner": "staff"}
ASKED = {"name": "what", "label": "What"}
DIRECTED = {
    "kind": "directed",
    "stages": [],
    "fields": [{"name": "person", "label": "Who", "kind": "person"}],
    "duties": [{"key": "told", "what": "Tell them.", "rule": "M1", "by": "addressee"}],
}


def asked_when(when: object) -> dict[str, Any]:
    """A form whose last field is asked only at times."""
    before = [
        {"name": "team", "label": "Team", "kind": "choice", "options": ["Tennis", "Debate"]},
        {"name": "seen", "label": "Seen", "kind": "check"},
    ]
    return {"fields": [*PROCESSES["leave"]["fields"], *before, {"name": "why", "label": "Why", "when": when}]}


class Draft:
    """A pack somebody is writing: change it, then have it read."""

    def __init__(self) -> None:
        self.rules = copy.deepcopy(RULES)
        self.processes = copy.deepcopy(PROCESSES)
        self.settings = copy.deepcopy(SETTINGS)

    @property
    def first(self) -> dict[str, Any]:
        rule: dict[str, Any] = self.rules["rules"][0]
        return rule

    @property
    def leave(self) -> dict[str, Any]:
        process: dict[str, Any] = self.processes["leave"]
        return process

    def read(self) -> Pack:
        return read(
            "maple-grove",
            Source("rules.yaml", self.rules, {("rules",): 5, ("rules", 0): 6, ("rules", 0, "kind"): 9, ("name",): 1}),
            Source("processes.yaml", self.processes, {("leave",): 1, ("leave", "stages"): 7}),
            Source("settings.toml", self.settings, {("owners",): 3}),
        )

    def faults(self) -> tuple[Fault, ...]:
        with pytest.raises(BrokenPack) as broken:
            self.read()
        return broken.value.faults


@pytest.fixture
def draft() -> Draft:
    return Draft()


def told(draft: Draft) -> str:
    return "\n".join(map(str, draft.faults()))


def test_a_sound_pack_is_read(draft: Draft) -> None:
    pack = draft.read()

    assert pack.key == "maple-grove"
    assert pack.rule("M1").process == "leave"
    assert pack.settings.owners == {"parents": Role.building_principal}


def test_a_policy_without_forms_and_settings_is_read(draft: Draft) -> None:
    draft.rules["rules"] = [RULES["rules"][1]]

    pack = read("maple-grove", Source("rules.yaml", draft.rules), Source("processes.yaml", None), Source("settings.toml", None))

    assert pack.processes == {}


def test_a_fault_says_file_line_what_and_what_to_do(draft: Draft) -> None:
    draft.first["kind"] = "permision"

    (fault,) = draft.faults()

    assert (fault.file, fault.line) == ("rules.yaml", 9)
    assert fault.what == "Rule M1: `kind` says 'permision', which means nothing here."
    assert fault.todo.startswith("Write one of stop, report,")
    assert str(fault).startswith("rules.yaml, line 9: Rule M1")


def test_all_faults_are_told_at_once_in_the_order_of_the_files(draft: Draft) -> None:
    draft.first["also"] = ["M9"]
    draft.leave["rule"] = "M9"
    del draft.settings["owners"]
    del draft.rules["dates"]

    faults = draft.faults()

    assert [fault.file for fault in faults] == ["processes.yaml", "rules.yaml", "rules.yaml", "settings.toml"]
    assert list(faults) == sorted(faults)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"says": None}, "Rule M1: `says` has to be text. Write words there, in quotation marks if they look like a number."),
        ({"says": "no"}, "Rule M1: `says` says too little. Write at least 3 characters."),
        ({"says": "x" * 901}, "Rule M1: `says` is too long. Keep it to 900 characters."),
        ({"colour": "red"}, "Rule M1: `colour` is not something a pack can say. Check the spelling, or take it out."),
        ({"process": "Big Form"}, "Rule M1: `process` says 'Big Form', which is not a key."),
        ({"also": "M2"}, "Rule M1: `also` has to be a list."),
        ({"when": ["text"]}, "Rule M1: `when` has to be a table of names and values."),
        ({"when": {"shoe": ["left"]}}, "Rule M1: `when`, `shoe` says 'shoe', which means nothing here. Write one of topic,"),
        ({"when": {"channel": ["pigeon"]}}, "Rule M1 is not consistent: channel has no value 'pigeon'; write one of text,"),
        ({"alone": "perhaps"}, "Rule M1: `alone` has to be true or false."),
        ({"locator": "L33"}, "Rule M1: nobody can follow the locator 'L33'. Write it as in"),
        ({"also": ["M9"]}, "Rule M1: `also` names rule M9, which does not exist. Correct the id, or add the rule."),
        ({"over": ["M9"]}, "Rule M1: `over` names rule M9, which does not exist."),
        ({"process": "lost"}, "Rule M1: there is no process called lost. Add it to the processes, or correct the name."),
        ({"process": None}, "Rule M1: it asks for permission, but nobody can apply for it. Name the `process` that it opens."),
        ({"id": "M2"}, "A second rule is called M2. Give each rule an id of its own."),
        ({"id": "m-1"}, "Rule m-1: `id` says 'm-1', which is not a rule id. Use a capital letter,"),
        ({"id": 7}, "The rule number 1: `id` has to be text."),
    ],
)
def test_a_rule_is_corrected_with_one_clear_sentence(draft: Draft, change: dict[str, Any], sentence: str) -> None:
    draft.first.update(change)

    assert sentence in told(draft)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rule": "M9"}, "Process leave names rule M9, which does not exist."),
        ({"stages": []}, "Process leave is not consistent: a permission needs at least one stage, and a notice has none"),
        ({"fields": []}, "Process leave: `fields` is empty. Write at least one entry."),
        ({"stages": [{"role": "supervisor", "rule": "M9"}]}, "Process leave, stage 1: names rule M9, which does not exist."),
        ({"stages": [{"role": "parents", "rule": "M1"}]}, "Process leave, stage 1: parents never uses the bot and cannot decide."),
        ({"stages": [{"role": "king", "rule": "M1"}]}, "Process leave: `stages`, `role` says 'king', which means nothing here."),
        ({"duties": [{"key": "parents", "what": "Tell.", "rule": "M9"}]}, "Process leave, duty parents: names rule M9,"),
        ({"fields": PROCESSES["leave"]["fields"] * 2}, "Process leave: two fields are called reason. Give each a name of its own."),
        ({"duties": PROCESSES["leave"]["duties"] * 2}, "Process leave: two duties are called parents."),
        ({"fields": [{"name": "reason", "label": "Reason", "longest": 9999}]}, "says 9999, which is out of range. The limit is 3000."),
        ({"fields": [{"name": "reason", "label": "Reason", "longest": "long"}]}, "`longest` has to be a whole number."),
        ({"fields": [{"name": "reason", "label": "Reason", "kind": "choice"}]}, "a field of kind choice needs options, and only such"),
        ({"fields": [{"name": "reason", "label": "Reason", "kind": "song"}]}, "`kind` says 'song', which means nothing here."),
        (asked_when({"size": ["large"]}), "Process leave, field why: `when` names size, which is no field before it."),
        (asked_when({"why": ["large"]}), "`when` names why, which is no field before it. Name a field that stands above it in the form."),
        (asked_when({"reason": ["large"]}), "`when` names reason, which is neither a choice nor a box to tick."),
        (asked_when({"team": ["Chess"]}), "`when` wants a value that team cannot have. Write some of Tennis, Debate."),
        (asked_when({"team": []}), "`when` wants a value that team cannot have."),
        (asked_when({"seen": ["no"]}), "`when` wants a value that seen cannot have. Write some of yes."),
        (asked_when("team"), "`when` has to be a table of names and values."),
        (
            {"duties": [{**DUTY, "due": "reason"}]},
            "duty told: `due` names reason, which is no date in the form. Name a field of kind date.",
        ),
        ({"duties": [{**DUTY, "asks": [ASKED, ASKED]}]}, "Process leave, duty told: two asks are called what."),
        ({"duties": [{**DUTY, "asks": [{**ASKED, "when": {"x": ["y"]}}]}]}, "`when` names x, which is no field"),
        (DIRECTED, "Nobody may start leave: the policy leaves it open, and so do the settings. Add leave to [starters],"),
    ],
)
def test_a_form_is_corrected_with_one_clear_sentence(draft: Draft, change: dict[str, Any], sentence: str) -> None:
    draft.leave.update(change)

    assert sentence in told(draft)


def test_a_field_may_be_asked_only_where_another_has_one_of_some_values(draft: Draft) -> None:
    draft.leave.update(asked_when({"team": ["Debate"], "seen": ["yes"]}))

    assert draft.read().processes["leave"].fields[-1].when == {"team": ("Debate",), "seen": ("yes",)}


def test_a_form_that_no_rule_opens_is_told(draft: Draft) -> None:
    draft.processes["other"] = copy.deepcopy(draft.leave)

    assert "Process other: no rule opens it. Name it as the `process` of a rule, or take it out." in told(draft)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "Nobody owns the duty parents: the policy leaves it open, and so do the settings. Add parents to [owners],"),
        ({"owners": {"parents": "staff", "grandparents": "staff"}}, "`owners` names grandparents, which is no duty that waits"),
        ({"starters": {"leave": ["staff"]}}, "`starters` names leave, which is no directed process that waits for somebody."),
        (SETTINGS | {"facts": {"portal": "maybe"}}, "`facts` says 'maybe' for portal, which means nothing here. Write one of no, yes."),
        (SETTINGS | {"ask": "the king"}, "The settings: `ask` says 'the king', which means nothing here."),
        (SETTINGS | {"deadline": 3}, "The settings: `deadline` is not something a pack can say."),
    ],
)
def test_settings_are_corrected_with_one_clear_sentence(draft: Draft, settings: dict[str, Any], sentence: str) -> None:
    draft.settings = settings

    assert sentence in told(draft)


def test_what_has_a_file_of_its_own_does_not_belong_to_the_rules(draft: Draft) -> None:
    draft.rules["settings"] = {}

    assert "`settings` does not belong here." in told(draft)


def test_a_fingerprint_and_the_rules_are_needed(draft: Draft) -> None:
    draft.rules = {"name": "Maple Grove", "policy": "P 12", "dates": "2020", "fingerprint": "abc"}

    told_so = told(draft)

    assert "`fingerprint` says 'abc', which is not a fingerprint." in told_so
    assert "`rules` is missing. Add it." in told_so


def test_rules_that_are_no_list_and_rules_that_are_no_table_are_told(draft: Draft) -> None:
    draft.rules["rules"] = "none"
    assert "`rules` has to be a list." in told(draft)

    draft.rules["rules"] = ["none"]
    assert "The rule number 1 has to be a table of names and values." in told(draft)


def test_a_file_that_is_no_table_is_told() -> None:
    with pytest.raises(BrokenPack) as broken:
        read("maple-grove", Source("rules.yaml", ["x"]), Source("processes.yaml", None), Source("settings.toml", None))

    assert "rules.yaml, line 1: This is not a table of names and values. Write `name: value` lines." in str(broken.value)
    assert broken.value.key == "maple-grove"


def test_a_fault_without_a_line_of_its_own_stands_where_its_surroundings_begin(draft: Draft) -> None:
    draft.leave["stages"] = [{"role": "supervisor", "rule": "M9"}]

    (fault,) = draft.faults()

    assert (fault.file, fault.line) == ("processes.yaml", 7)
