"""After the rules have changed: which requests they no longer support, and that those who have to know are told, once."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from handlers.actions import Withdraw
from handlers.cards import Listing
from handlers.changing import Renew, Revoke, TakeOut
from handlers.impact import Affected, affected, against, tell_all
from handlers.kept import Ground
from handlers.people import Person, Role
from handlers.policy.pack import Pack, Ruling
from handlers.wording.affected import Affects, Why
from handlers.wording.plain import plain
from handlers.workflow.request import Status
from storage.packs import DiskPacks
from tests.house import House
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, RAVI
from tests.scenes import LOGO, SIGN, asks, both_have_agreed, has_given_notice, has_sent, kept, lines, one_has_agreed, recorded, seat

Changed = Callable[[dict[str, Any]], None]


class Editions(DiskPacks):
    """The packs on disk, of which somebody has changed one."""

    def __init__(self, packs: DiskPacks, change: Changed) -> None:
        raw = packs.get(MAPLE_GROVE).model_dump(mode="json")
        change(raw)
        self.now = Pack.model_validate(raw)

    def get(self, district: object) -> Pack:
        return self.now


def rule(raw: Mapping[str, Any], rule_id: str) -> dict[str, Any]:
    return next(one for one in raw["rules"] if one["id"] == rule_id)


def own(raw: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = raw["processes"]["own-phone"]
    return found


def nothing(raw: dict[str, Any]) -> None:
    raw["settings"]["readings"] = ["Another reading, which no request rests on."]


def drops_the_form(raw: dict[str, Any]) -> None:
    del raw["processes"]["own-phone"]
    for one in raw["rules"]:
        one["process"] = None if one["process"] == "own-phone" else one["process"]


def renames_the_rule(raw: dict[str, Any]) -> None:
    rule(raw, "P1")["id"] = "P9"
    own(raw)["rule"] = "P9"


def lets_one_decide(raw: dict[str, Any]) -> None:
    own(raw)["stages"] = own(raw)["stages"][1:]


def only_wants_notice(raw: dict[str, Any]) -> None:
    own(raw).update(stages=[], kind="notice", registers=None)


def asks_for_more(raw: dict[str, Any]) -> None:
    own(raw)["fields"] += [{"name": "ends", "label": "Until when", "kind": "date"}]


def asks_for_less(raw: dict[str, Any]) -> None:
    own(raw)["fields"] = own(raw)["fields"][:1]


def says_it_otherwise(raw: dict[str, Any]) -> None:
    rule(raw, "P1")["says"] = "You may text students from your own phone on match days, once both have agreed."


def moves_the_duty(raw: dict[str, Any]) -> None:
    rule(raw, "D1")["locator"] = "paragraph 1, sentence 1"


def forbids_it(raw: dict[str, Any]) -> None:
    rule(raw, "P1")["kind"] = "prohibition"


def frees_it(raw: dict[str, Any]) -> None:
    rule(raw, "P1").update(kind="allowance", process=None)


def opens_another_form(raw: dict[str, Any]) -> None:
    rule(raw, "P1")["process"] = "logo"


def is_silent(raw: dict[str, Any]) -> None:
    rule(raw, "P1")["when"] = {"act": ["keep"]}


async def found(house: House, change: Changed) -> tuple[Affected, ...]:
    return await house.store.read(affected, Editions(house.packs, change), MAPLE_GROVE)


async def whys(house: House, change: Changed) -> list[Affects]:
    return [why for one in await found(house, change) for why in one.whys]


async def told(house: House, change: Changed) -> tuple[Affected, ...]:
    """Tell everybody, and bring the cards."""
    house.packs = Editions(house.packs, change)
    house.courier._packs = house.packs
    some = await house.store.write(tell_all, house.packs, MAPLE_GROVE, NOON)
    await house.post_is_out()
    return some


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (nothing, []),
        (asks_for_less, []),
        (drops_the_form, [Affects(Why.process)]),
        (renames_the_rule, [Affects(Why.rule)]),
        (lets_one_decide, [Affects(Why.deciders)]),
        (only_wants_notice, [Affects(Why.kind)]),
        (asks_for_more, [Affects(Why.fields)]),
        (says_it_otherwise, [Affects(Why.words)]),
        (moves_the_duty, [Affects(Why.words)]),
        (opens_another_form, [Affects(Why.verdict, "form")]),
        (frees_it, [Affects(Why.verdict, Ruling.allowed.value)]),
        (forbids_it, [Affects(Why.verdict, Ruling.prohibited.value)]),
    ],
)
async def test_what_has_changed_for_a_request_is_told_apart(house: House, change: Changed, why: list[Affects]) -> None:
    await has_sent(house)

    assert await whys(house, change) == why


async def test_where_the_policy_has_fallen_silent_there_is_no_form_either(house: House) -> None:
    await has_sent(house)

    assert Affects(Why.verdict, Ruling.not_covered.value) in await whys(house, is_silent)


async def test_under_the_rules_that_it_was_made_under_nothing_is_affected(house: House) -> None:
    await has_sent(house)

    assert await house.store.read(affected, house.packs, MAPLE_GROVE) == ()


async def test_a_notice_is_over_and_a_withdrawn_request_too(house: House) -> None:
    await has_given_notice(house)
    request = await has_sent(house)
    await house.presses(DANA, Withdraw(request.id))

    assert await found(house, drops_the_form) == ()


async def test_a_live_permission_is_looked_at_until_its_last_day_is_over(house: House) -> None:
    await house.sends(DANA, await asks(house, LOGO), SIGN)
    await both_have_agreed(house)

    (one,) = await found(house, says_it_otherwise)

    assert one.request.status is Status.approved


async def test_a_choice_that_is_offered_no_more_no_longer_fits(house: House) -> None:
    await house.sends(DANA, await asks(house, LOGO), SIGN)

    def no_small_one(raw: dict[str, Any]) -> None:
        raw["processes"]["logo"]["fields"][2]["options"] = ["large", "huge"]

    assert await whys(house, no_small_one) == [Affects(Why.fields)]


async def test_what_was_sent_before_its_grounds_were_kept_is_judged_without_them(house: House) -> None:
    request = await has_sent(house)
    pack = Editions(house.packs, says_it_otherwise).now

    assert tuple(against(request, (), None, pack)) == ()
    assert tuple(against(request, (Ground("Z9", "item 1", "Gone."),), None, pack)) == (Affects(Why.words),)


async def test_a_draft_is_not_judged_by(house: House) -> None:
    await has_sent(house)

    def drafts(raw: dict[str, Any]) -> None:
        forbids_it(raw)
        raw["draft"] = True

    assert await whys(house, drafts) == []


async def test_where_one_more_fact_decides_the_form_must_still_be_possible(house: House) -> None:
    """The rules now tell apart what they did not: only where no way leads to the form is that told."""
    await has_sent(house)

    def hangs_on_the_channel(raw: dict[str, Any], process: str | None) -> None:
        first = rule(raw, "P1")
        other = {**first, "id": "P2", "kind": "prohibition", "process": None, "when": {**first["when"], "channel": ["text"]}}
        raw["rules"].append(other)
        first["when"] = {**first["when"], "channel": ["call"]}
        first["process"] = process

    assert await whys(house, lambda raw: hangs_on_the_channel(raw, "own-phone")) == []
    assert await whys(house, lambda raw: hangs_on_the_channel(raw, "logo")) == [Affects(Why.verdict, Ruling.unclear.value)]


def parties(some: tuple[Affected, ...]) -> list[tuple[str, Role, str]]:
    return [(party.part, party.role, party.person) for one in some for party in one.parties]


async def test_who_asked_and_who_decides_now_have_to_know(house: House) -> None:
    await has_sent(house)

    assert parties(await found(house, says_it_otherwise)) == [
        ("requester", Role.staff, DANA.id),
        ("decider", Role.building_principal, MARIA.id),
    ]


async def test_of_a_permission_who_decided_and_who_still_owes_something(house: House) -> None:
    await both_have_agreed(house)

    assert parties(await found(house, says_it_otherwise)) == [
        ("requester", Role.staff, DANA.id),
        ("decider", Role.building_principal, MARIA.id),
        ("decider", Role.technology_department, RAVI.id),
        ("duty", Role.staff, DANA.id),
        ("duty", Role.staff, DANA.id),
        ("duty", Role.building_principal, MARIA.id),
    ]


async def test_whoever_has_left_is_told_nothing(house: House) -> None:
    await both_have_agreed(house)
    await seat(house, LEE, HELEN)

    assert parties(await found(house, says_it_otherwise)) == []


async def test_each_gets_a_card_that_says_what_changed_and_what_can_be_done(house: House) -> None:
    request = await both_have_agreed(house)

    await told(house, says_it_otherwise)

    hers, theirs = (house.sees(who)[-1] for who in (DANA, RAVI))
    assert hers.title == theirs.title == "The rules have changed since: “Permission to text from your own phone”"
    assert "Your request was made under earlier rules." in plain(hers)
    assert "The request of Dana Whitlock was made under earlier rules." in plain(theirs)
    sentence = "What the policy says about it has changed: see paragraph 2, sentence 1."
    assert [block.items for block in hers.blocks if isinstance(block, Listing)] == [(sentence,)]
    assert "The permission goes on: nothing was changed." in plain(theirs)
    assert [button.action for button in hers.buttons] == [Renew(request.id), TakeOut(request.id), Withdraw(request.id)]
    assert [button.action for button in theirs.buttons] == [Revoke(request.id), TakeOut(request.id)]
    assert not any("Ada Finch" in plain(card) for card in (hers, theirs))


async def test_nothing_that_runs_is_changed(house: House) -> None:
    before = await both_have_agreed(house)

    await told(house, drops_the_form)

    assert await kept(house) == before


async def test_everybody_is_told_once_for_each_version_of_the_rules(house: House) -> None:
    request = await one_has_agreed(house)

    first = await told(house, says_it_otherwise)
    again = await house.store.write(tell_all, house.packs, MAPLE_GROVE, NOON)
    await house.post_is_out()

    assert (len(first), again) == (1, ())
    titles = [card.title for card in house.sees(RAVI)]
    assert len([title for title in titles if title.startswith("The rules have changed")]) == 1
    assert (await recorded(house, request)).count("rules_changed") == 1
    (now,) = await house.store.read(affected, house.packs, MAPLE_GROVE)
    assert now.told

    await told(house, drops_the_form)

    assert (await recorded(house, request)).count("rules_changed") == 2


async def test_the_record_says_who_was_told_of_what(house: House) -> None:
    request = await has_sent(house)

    await told(house, forbids_it)

    line = (await lines(house, request))[-1]
    assert (line.who, line.what, line.fingerprint) == ("", "rules_changed", house.packs.get(MAPLE_GROVE).version)
    assert line.detail == (
        "told Dana Whitlock and Maria Ortiz that the rules have changed since."
        " Asked today, the same question has another answer: it is not allowed."
    )


async def test_where_nobody_is_left_the_record_says_so(house: House) -> None:
    request = await both_have_agreed(house)
    await seat(house, LEE, HELEN)

    await told(house, forbids_it)

    assert (await lines(house, request))[-1].detail.startswith("told nobody, since nobody is left that the rules")


async def test_the_card_says_when_it_is_over_after_all(house: House) -> None:
    request = await has_sent(house)
    await told(house, forbids_it)

    await house.presses(DANA, Withdraw(request.id))
    await house.post_is_out()

    card = next(card for card in house.sees(MARIA) if card.title.startswith("The rules have changed"))
    assert "It is over, so that nothing follows from this any more." in plain(card)
    assert card.buttons == ()


@pytest.mark.parametrize("who", EVERYBODY)
async def test_the_same_rules_support_what_they_opened(house: House, who: Person) -> None:
    """Another version in which nothing changed for the request: nobody is alarmed."""
    await house.sends(who, await asks(house, LOGO, who), SIGN)

    assert await whys(house, nothing) == []
