"""What is read from an activity: words, people, threads, installations; and from one that is made up, nothing that breaks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.activity import Heard, Installed, Invoked, Kind, Removed, read, tenant_of
from adapters.teams.refs import TeamsRef
from tests.adapters.teams.microsoft import TEACHER, TENANT, US, Microsoft

MENTION = {"type": "mention", "text": "<at>Hallpass</at>", "mentioned": {"id": US["id"], "name": "Hallpass"}}


@pytest.fixture
def teams() -> Microsoft:
    return Microsoft("https://smba.trafficmanager.net")


def test_a_message_in_a_personal_chat(teams: Microsoft) -> None:
    heard = read(teams.activity())

    assert isinstance(heard, Heard)
    assert heard.ref == TeamsRef(TENANT, teams.service_url, "a:chat", "", US["id"])
    assert (heard.kind, heard.activity, heard.text) == (Kind.personal, "a-1", "May I text my players?")
    assert (heard.sender.tenant, heard.sender.aad, heard.sender.id) == (TENANT, TEACHER["aadObjectId"], "29:teacher")
    assert (heard.locale, heard.zone) == ("en-US", "America/Chicago")


def test_a_thread_of_a_channel(teams: Microsoft) -> None:
    heard = read(teams.activity(conversation={"id": "19:team@thread.tacv2;messageid=170", "conversationType": "channel"}, replyToId="170"))

    assert isinstance(heard, Heard)
    assert (heard.ref.conversation, heard.ref.thread, heard.ref.target) == (
        "19:team@thread.tacv2",
        "170",
        "19:team@thread.tacv2;messageid=170",
    )
    assert (heard.kind, heard.reply_to) == (Kind.channel, "170")


@pytest.mark.parametrize("kind", ["groupChat", "", None, 7])
def test_what_is_not_said_to_be_personal_is_heard_by_others(teams: Microsoft, kind: object) -> None:
    heard = read(teams.activity(conversation={"id": "19:x", "conversationType": kind}))

    assert heard is not None
    assert heard.kind is Kind.group


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<at>Hallpass</at> may I text?", "may I text?"),
        ("may I text? <at>Hallpass</at>", "may I text?"),
        ("<at>Hallpass</at>\N{NO-BREAK SPACE}help", "help"),
        ("<at>Hallpass</at>&nbsp;help\n", "help"),
        ("<at>Hallpass</at>", ""),
        ('<at>Hallpass</at> ask <at id="1">Pat (AP)</at> about it', "ask Pat (AP) about it"),
        ("is Hallpass down?", "is Hallpass down?"),
        ("Q&amp;A at 3 &lt; 4?", "Q&A at 3 < 4?"),
        ("<at>Hallpass</at> one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_our_own_mention_is_no_part_of_the_words(teams: Microsoft, text: str, words: str) -> None:
    heard = read(teams.activity(text=text, entities=[MENTION, {"type": "clientInfo"}]))

    assert isinstance(heard, Heard)
    assert heard.text == words


def test_the_clients_zone_stands_in_for_the_messages(teams: Microsoft) -> None:
    client = {"type": "clientInfo", "locale": "es-US", "timezone": "America/Denver"}
    heard = read(teams.activity(locale=None, localTimezone=None, entities=[client]))

    assert isinstance(heard, Heard)
    assert (heard.locale, heard.zone) == ("es-US", "America/Denver")


def test_a_button_that_only_submits(teams: Microsoft) -> None:
    heard = read(teams.activity(text=None, value={"verb": "approve", "id": "s1"}))

    assert isinstance(heard, Heard)
    assert (heard.text, heard.value) == ("", {"verb": "approve", "id": "s1"})


def test_a_button_that_wants_its_answer(teams: Microsoft) -> None:
    invoked = read(teams.activity(type="invoke", name="task/fetch", value={"data": {}}))

    assert isinstance(invoked, Invoked)
    assert (invoked.name, invoked.value) == ("task/fetch", {"data": {}})


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"type": "installationUpdate", "action": "add"}, Installed),
        ({"type": "installationUpdate", "action": "add-upgrade"}, Installed),
        ({"type": "installationUpdate", "action": "remove"}, Removed),
        ({"type": "installationUpdate", "action": "remove-upgrade"}, Removed),
        ({"type": "installationUpdate"}, None),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "29:x"}, US]}, Installed),
        ({"type": "conversationUpdate", "membersRemoved": [US]}, Removed),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "29:x"}]}, None),
        ({"type": "conversationUpdate", "membersAdded": [{}], "recipient": {}}, None),
        ({"type": "messageReaction"}, None),
        ({"type": "messageUpdate"}, None),
        ({"type": "message", "from": US}, None),
        ({"type": None}, None),
    ],
)
def test_comings_and_goings(teams: Microsoft, fields: dict[str, Any], what: type | None) -> None:
    came = read(teams.activity(**fields))

    assert type(came) is (what or type(None))


def test_a_reference_is_a_row() -> None:
    ref = TeamsRef(TENANT, "https://smba.trafficmanager.net/amer/", "19:x", "170", "28:y")

    assert TeamsRef.read(str(ref)) == ref


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["message", "invoke", "conversationUpdate", "mention"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "tenant", "type", "text", "mentioned"]), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["type", "from", "recipient", "conversation", "channelData", "entities", "text", "value", "membersAdded", "id", "locale"]
)


@given(st.dictionaries(FIELDS, JSON), st.sampled_from(["message", "invoke", "conversationUpdate", "installationUpdate"]))
def test_whatever_is_sent_nothing_breaks(raw: dict[str, Any], kind: str) -> None:
    for one in (raw, {**raw, "type": kind}):
        read(one)
        assert isinstance(tenant_of(one), str)
