"""A form that was sent before the field that has to be filled in could be shown: it comes back with the field, and with what was typed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import modal
from adapters.slack.chat import SlackChat
from adapters.slack.hands import Hands
from adapters.slack.members import Members
from adapters.slack.people import Sender, SlackPeople
from adapters.slack.turns import Turns
from handlers.actions import Approve
from handlers.actions import Request as Asking
from handlers.cards import Faults, Form, Open
from handlers.changing import ApproveChanged, Renew
from handlers.people import Address, Platform
from handlers.policy.pack import Pack
from handlers.workflow.request import Request
from tests.handlers.conftest import house
from tests.house import House, opened
from tests.loopback.slack import LoopbackSlack
from tests.loopback.slack.forms import fill, kept_inputs
from tests.samples import DANA, EVERYBODY, HELEN, MAPLE_GROVE, NOON
from tests.scenes import LOGO, asks, kept

__all__ = ["house"]

U1 = Sender("T1", "", "U1", ours=True)
HERSELF = replace(DANA, addresses=(Address(Platform.slack, "T1", "U1"),))


@pytest.fixture
async def turns(house: House) -> AsyncIterator[Turns]:
    """What is done with what Dana sends."""
    await house.store.write(lambda work: work.directory.replace(MAPLE_GROVE, [HERSELF, *EVERYBODY[1:]]))
    async with LoopbackSlack() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        chat = SlackChat(client, house.store)
        people = SlackPeople(house.store, MAPLE_GROVE, Members(client.users_info).email, lambda: NOON)
        yield Turns(house.desk, people, chat, Hands(chat, house.desk))


@pytest.fixture
async def form(house: House, turns: Turns) -> Form:
    """Dana asks to use the logo."""
    return opened(await house.presses(HERSELF, await asks(house, LOGO, HERSELF)))


def sent(form: Form, typed: dict[str, Any]) -> dict[str, Any]:
    """The form as Slack hands it in, with the fields that were there at first."""
    drawn = modal.draw_form(form, "D1:1.2::")
    values: dict[str, Any] = {}
    for (block, action), given in fill(drawn["blocks"], kept_inputs(drawn["blocks"], {}), typed).items():
        values.setdefault(block, {})[action] = given
    return {**drawn, "id": "V1", "state": {"values": values}}


async def test_a_field_that_was_not_shown_comes_with_what_was_typed(turns: Turns, form: Form) -> None:
    reply = await turns.sent(sent(form, {"what": "A sign", "sure": ["yes"], "size": "large"}), U1)

    assert isinstance(reply, Open)
    assert isinstance(reply.form.action, Asking)
    assert [(field.name, field.value) for field in reply.form.asked()] == [
        ("what", "A sign"),
        ("sure", "yes"),
        ("size", "large"),
        ("place", ""),
        ("starts", ""),
    ]


async def test_faults_in_fields_that_are_there_stay_faults(turns: Turns, form: Form) -> None:
    reply = await turns.sent(sent(form, {"what": "  ", "sure": ["yes"], "size": "small"}), U1)

    assert isinstance(reply, Faults)
    assert dict(reply.sentences).keys() == {"what"}


async def granted(house: House, form: Form) -> Request:
    """Helen has approved a small sign."""
    await house.sends(HERSELF, form.action, {"what": "A sign", "sure": "yes", "size": "small"})
    request = await kept(house)
    await house.presses(HELEN, Approve(request.stages[0].id))
    return request


async def test_a_renewal_comes_back_with_the_field_that_was_not_shown(house: House, turns: Turns, form: Form) -> None:
    renewing = opened(await house.presses(HERSELF, Renew((await granted(house, form)).id)))

    reply = await turns.sent(sent(renewing, {"what": "A sign", "sure": ["yes"], "size": "large"}), U1)

    assert isinstance(reply, Open)
    assert isinstance(reply.form.action, Renew)
    assert [field.name for field in reply.form.asked()] == ["what", "sure", "size", "place", "starts"]


async def test_changed_terms_come_back_with_the_day_that_was_not_shown(
    house: House, turns: Turns, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.sends(HERSELF, form.action, {"what": "A sign", "sure": "yes", "size": "small"})
    request = await kept(house)
    pack = dated(house.packs.get(MAPLE_GROVE))
    monkeypatch.setattr(house.packs, "get", lambda _: pack)
    deciding = replace(HELEN, addresses=(Address(Platform.slack, "T1", "U1"),))
    await house.store.write(lambda work: work.directory.replace(MAPLE_GROVE, [*EVERYBODY[:-1], deciding]))
    changing = opened(await house.presses(HELEN, ApproveChanged(request.stages[0].id)))
    assert [field.name for field in changing.asked()] == ["size", "starts", "ends", "conditions"]

    reply = await turns.sent(sent(changing, {"size": "large", "conditions": "A large one"}), U1)

    assert isinstance(reply, Open)
    assert [field.name for field in reply.form.asked()] == ["size", "place", "starts", "ends", "conditions"]


def dated(pack: Pack) -> Pack:
    """The pack in which a large sign needs a day."""
    logo = pack.processes["logo"]
    fields = tuple(one.model_copy(update={"kind": "date"}) if one.name == "place" else one for one in logo.fields)
    return pack.model_copy(update={"processes": {**pack.processes, "logo": logo.model_copy(update={"fields": fields})}})
