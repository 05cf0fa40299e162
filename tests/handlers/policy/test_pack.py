import pytest
from pydantic import ValidationError

from handlers.people import Role
from handlers.policy.forms import Process, Step
from handlers.policy.pack import ORDER, RULINGS, Kind, Pack, Rule, Ruling, Settings
from handlers.policy.vocabulary import Fact
from tests.rulebook import a_field, a_pack, a_process, a_rule


@pytest.mark.parametrize("conditions", ["when", "unless", "said"])
def test_a_rule_with_a_value_outside_the_vocabulary_is_refused_with_the_values_there_are(conditions: str):
    with pytest.raises(ValidationError, match="duty has no value 'late'; write one of on, off"):
        Rule.model_validate({"id": "R1", "locator": "item 1", "says": "It is late.", "kind": "stop", conditions: {"duty": ["late"]}})


def test_a_rule_with_a_fact_outside_the_vocabulary_is_refused():
    with pytest.raises(ValidationError, match="weather"):
        Rule.model_validate({"id": "R1", "locator": "item 1", "says": "It rains.", "kind": "stop", "when": {"weather": ["rain"]}})


def test_a_word_that_a_rule_does_not_know_is_a_fault_and_no_silence():
    with pytest.raises(ValidationError, match="Extra inputs"):
        a_rule("R1", Kind.allowance, wehn={})


@pytest.mark.parametrize("key", ["r1", "1R", "R-1", "", "Rabcdefgh"])
def test_a_rule_has_an_id_that_people_can_say(key: str):
    with pytest.raises(ValidationError, match="string_pattern_mismatch"):
        a_rule(key, Kind.allowance)


def test_every_kind_has_its_ruling_and_its_place():
    assert set(RULINGS) == set(Kind) == set(ORDER)
    assert set(RULINGS.values()) == set(Ruling) - {Ruling.not_covered}


def test_rules_are_heard_stop_first_then_reports_then_exemptions_then_prohibitions():
    assert ORDER[:4] == (Kind.stop, Kind.report, Kind.exemption, Kind.prohibition)
    assert ORDER.index(Kind.permission) < ORDER.index(Kind.allowance) < ORDER.index(Kind.information)


def test_a_permission_needs_somebody_who_gives_it():
    with pytest.raises(ValidationError, match="a permission needs at least one stage"):
        Process(title="Ask first", rule="R1", kind="permission", intro="Say why.", fields=(a_field("why"),))


def test_a_notice_asks_nobody():
    stages = (Step(role=Role.supervisor, rule="R1"),)

    with pytest.raises(ValidationError, match="a notice has none"):
        Process(title="Tell them", rule="R1", kind="notice", intro="Say why.", fields=(a_field("why"),), stages=stages)


def test_a_form_without_fields_is_no_form():
    with pytest.raises(ValidationError, match="fields"):
        Process(title="Tell them", rule="R1", kind="notice", intro="Say why.", fields=())


def test_a_choice_needs_options_and_nothing_else_has_them():
    with pytest.raises(ValidationError, match="a field of kind choice needs options"):
        a_field("team", kind="choice")
    with pytest.raises(ValidationError, match="only such a field"):
        a_field("team", kind="line", options=("Tennis",))
    assert a_field("team", kind="choice", options=("Tennis",)).options == ("Tennis",)


def test_a_pack_finds_its_rules_by_their_ids():
    one, other = a_rule("R1", Kind.stop), a_rule("R2", Kind.allowance)
    pack = a_pack(one, other)

    assert pack.rule("R2") is other
    with pytest.raises(KeyError):
        pack.rule("R3")


def test_a_pack_without_rules_is_none():
    with pytest.raises(ValidationError, match="rules"):
        a_pack()


def test_what_a_district_leaves_out_of_its_settings_is_the_least_surprising():
    assert Settings() == Settings(ask=Role.supervisor, fallback=Role.superintendent, facts={}, owners={}, readings=())


def test_a_pack_is_not_changed_in_passing():
    pack = a_pack(a_rule("R1", Kind.stop))

    with pytest.raises(ValidationError, match="frozen"):
        pack.name = "Elsewhere"  # type: ignore[misc]


def test_a_pack_survives_being_written_and_read():
    rule = a_rule("R1", Kind.permission, {Fact.channel: ["text"]}, process="own-phone", tells=["parents"])
    pack = a_pack(rule, processes={"own-phone": a_process("R1", Role.supervisor)})

    assert Pack.model_validate_json(pack.model_dump_json()) == pack
