"""What the page sends and gets, over a real connection on loopback: what reaches the desk, what comes back."""

import asyncio

import pytest

from adapters.web.chat import WebChat
from handlers.actions import Action, Answer, Approve, Delegate, Deny, Pressed, Said, Submitted, View
from handlers.cards import Button, Card, Faults, Field, Form, Open, Reply, Say, Text, Whisper
from handlers.ids import AnswerId, StageId
from handlers.people import Address, Platform
from tests.adapters.web.visitor import ScriptedDesk, Visitor
from tests.samples import DANA, LEE, MAPLE_GROVE, MARIA

ELSEWHERE = "elm-hollow"

QUESTION = Card("Is it a school team?", (), (Button("Yes & no", Answer(AnswerId("a1"), 0)), Button("No", Answer(AnswerId("a1"), 1))))
ANSWER = Card("Yes, this is allowed.", (Text("Go ahead."),))
REASON = Form("Deny", Deny(StageId("s1")), (Field("reason", "Reason"),))


async def test_a_question_stands_in_her_thread_with_its_answer_below(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = Say(ANSWER, "answer:a1")

    status, reply = await visitor.sends("/say", text=" Can I text\r\nmy \x00players?\u202a ")

    question, answer = await visitor.thread()
    assert (status, reply) == (200, {"said": True})
    assert desk.asked == [(Said("Can I text\nmy players?\u202a", DANA.email, "dana.d1"), DANA)]
    assert question == '<p class="said">Can I text\nmy players?\u202a</p>'
    assert "Yes, this is allowed." in answer


async def test_a_question_that_comes_twice_stands_once(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = Say(ANSWER, "answer:a1")

    await visitor.sends("/say", text="Can I text my players?")
    await visitor.sends("/say", text="Can I text my players?")

    assert len(await visitor.thread()) == 2


async def test_a_question_stays_when_the_answer_broke_and_is_answered_at_the_second_try(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = RuntimeError("the database is away")
    await visitor.sends("/say", text="Can I text my players?", topic=1)
    assert len(await visitor.thread()) == 2

    desk.reply = Say(ANSWER, "answer:a1")
    await visitor.sends("/say", text="Can I text my players?", topic=1)

    divider, question, answer = await visitor.thread()
    assert ("New question" in divider, "Can I text" in question, "Yes, this" in answer) == (True, True, True)


async def test_a_new_topic_is_a_conversation_of_its_own_below_one_line(visitor: Visitor, desk: ScriptedDesk) -> None:
    for delivery, topic in (("d1", 0), ("d2", 1), ("d3", 1)):
        await visitor.sends("/say", text="Can I text my players?", topic=topic, delivery=delivery)

    threads = [getattr(said, "thread", None) for said, _ in desk.asked]
    assert threads == [DANA.email, f"{DANA.email}#1", f"{DANA.email}#1"]
    assert [html for html in await visitor.thread() if "divider" in html] == ['<p class="divider" data-topic="1">New question</p>']


async def test_a_choice_that_is_pressed_stands_as_her_own_words_once(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = Say(QUESTION, "answer:a1")
    await visitor.sends("/say", text="Can I text my players?")
    desk.reply = Say(ANSWER, "answer:a2")

    for _ in range(2):
        await visitor.sends("/press", verb="answer", value="a1.0", delivery="d2")

    _, _, chosen, answer = await visitor.thread()
    assert chosen == '<p class="said">Yes &amp; no</p>'
    assert "Yes, this is allowed." in answer


async def test_a_choice_that_no_longer_counts_is_not_put_into_her_mouth(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = Say(QUESTION, "answer:a1")
    await visitor.sends("/say", text="Can I text my players?")
    desk.reply = Whisper(Card("That question is an old one."))

    await visitor.sends("/press", verb="answer", value="a1.0", delivery="d2")

    assert len(await visitor.thread()) == 2


async def test_a_press_reaches_the_desk_with_who_pressed(visitor: Visitor, desk: ScriptedDesk) -> None:
    await visitor.sends("/press", seat="principal", verb="approve", value="s1")

    assert desk.asked == [(Pressed(Approve(StageId("s1")), "maria.d1"), MARIA)]


async def test_a_form_reaches_the_desk_with_its_values(visitor: Visitor, desk: ScriptedDesk) -> None:
    await visitor.sends("/submit", seat="principal", verb="deny", value="s1", values={"reason": "Use the\r\nportal\x07."})

    assert desk.asked == [(Submitted(Deny(StageId("s1")), {"reason": "Use the\nportal."}, "maria.d1"), MARIA)]


@pytest.mark.parametrize(
    ("reply", "key", "says"),
    [
        (Whisper(ANSWER), "whisper", "Yes, this is allowed."),
        (Open(REASON), "form", '<form class="sheet" data-verb="deny" data-value="s1"'),
    ],
    ids=["whisper", "form"],
)
async def test_what_is_for_her_alone_is_in_no_thread(visitor: Visitor, desk: ScriptedDesk, reply: Reply, key: str, says: str) -> None:
    desk.reply = reply

    _, got = await visitor.sends("/press", seat="principal", verb="deny", value="s1")

    assert says in got[key]
    assert await visitor.thread("principal") == []


async def test_faults_come_back_by_field(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.reply = Faults((("reason", "Reason: please fill this in."),))

    _, got = await visitor.sends("/submit", seat="principal", verb="deny", value="s1", values={"reason": ""})

    assert got == {"faults": {"reason": "Reason: please fill this in."}}


@pytest.mark.parametrize("path", ["/press", "/submit"])
async def test_a_button_that_was_never_drawn_gets_a_sentence(visitor: Visitor, desk: ScriptedDesk, path: str) -> None:
    status, got = await visitor.sends(path, verb="promote", value="s1", values={})

    assert status == 200
    assert "I do not know that button." in got["whisper"]
    assert desk.asked == []


async def test_a_list_is_what_the_desk_shows_to_whoever_sits_there(visitor: Visitor, desk: ScriptedDesk) -> None:
    desk.cards = (ANSWER, Card("Another"))

    _, got = await visitor.reads("/look", {"district": MAPLE_GROVE, "seat": "principal", "view": "inbox"})

    assert desk.asked == [(View.inbox, MARIA)]
    assert [html.splitlines()[1] for html in got["cards"]] == ["<h3>Yes, this is allowed.</h3>", "<h3>Another</h3>"]


async def test_the_page_learns_who_sits_where(visitor: Visitor) -> None:
    _, world = await visitor.reads("/world")

    assert world["district"] == MAPLE_GROVE
    assert world["districts"] == [{"key": MAPLE_GROVE, "name": "Maple Grove"}, {"key": ELSEWHERE, "name": "Elm Hollow"}]
    assert world["chairs"]["staff"] == {"name": "Dana Whitlock", "part": "coach"}
    assert world["chairs"]["colleague"] == {"name": "Lee Santos", "part": "colleague"}


async def test_a_colleague_at_the_staff_pane_has_a_thread_of_her_own(visitor: Visitor, desk: ScriptedDesk) -> None:
    await visitor.sends("/say", seat="colleague", text="May I?")

    assert [person for _, person in desk.asked] == [LEE]
    assert len(await visitor.thread("colleague")) == 1
    assert await visitor.thread("staff") == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/world", {"district": "nowhere"}),
        ("/world", {"district": ELSEWHERE}),
        ("/thread", {"district": "nowhere", "seat": "staff"}),
        ("/thread", {"district": MAPLE_GROVE, "seat": "janitor"}),
        ("/thread", {}),
        ("/look", {"district": MAPLE_GROVE, "seat": "staff", "view": "secrets"}),
        ("/page/..%2Fguard.py", {}),
        ("/page/nothing.js", {}),
        ("/nothing", {}),
    ],
)
async def test_what_is_not_there_gets_a_sentence(visitor: Visitor, path: str, query: dict[str, str]) -> None:
    status, got = await visitor.reads(path, query)

    assert status == 404
    assert got["error"].endswith(".")


async def test_news_rings_and_the_stop_of_the_server_lets_the_page_go(visitor: Visitor, chat: WebChat) -> None:
    async with visitor.session.get(visitor.server.make_url("/events"), params={"district": MAPLE_GROVE}) as response:
        assert await response.content.readline() == b": connected\n"
        await response.content.readline()

        await chat.post(Address(Platform.web, MAPLE_GROVE, DANA.email), ANSWER, "k1")

        assert await response.content.readline() == b"data: news\n"
        chat.bell.close()
        async with asyncio.timeout(5):
            assert (await response.content.read()).count(b"data") <= 1


async def test_an_open_page_hears_that_the_server_lives(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.web.listen.BEAT", 0.01)

    async with visitor.session.get(visitor.server.make_url("/events"), params={"district": MAPLE_GROVE}) as response:
        lines = [await response.content.readline() for _ in range(3)]

    assert lines[2] == b": still here\n"


async def test_an_answer_drawn_for_one_id_is_spelled_as_the_desk_reads_it(visitor: Visitor, desk: ScriptedDesk) -> None:
    await visitor.sends("/press", verb="answer", value="a1.2")

    assert isinstance(desk.asked[0][0], Pressed)
    assert getattr(desk.asked[0][0].action, "answer", None) == AnswerId("a1")


@pytest.mark.parametrize(("action", "shown"), [(Delegate(StageId("s1")), 2), (Approve(StageId("s1")), 1)], ids=["decides", "does-not"])
async def test_below_what_waits_for_a_decision_stands_who_stands_in(
    visitor: Visitor, desk: ScriptedDesk, action: Action, shown: int
) -> None:
    desk.cards = (Card("Dana asks", (), (Button("Go", action),)),)

    _, got = await visitor.reads("/look", {"district": MAPLE_GROVE, "seat": "principal", "view": "inbox"})
    _, mine = await visitor.reads("/look", {"district": MAPLE_GROVE, "seat": "principal", "view": "mine"})

    assert (len(got["cards"]), len(mine["cards"])) == (shown, 1)
    assert shown == 1 or "Nobody stands in for Maria Ortiz." in got["cards"][1]
