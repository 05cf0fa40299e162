"""What the page's chat keeps, on a real database: once, in place, in the reader's own thread, and a ring for whoever watches."""

import pytest

from adapters.web.chat import WebChat
from handlers.cards import Card, Text
from handlers.people import Address, DistrictKey, Platform
from handlers.ports import CannotDeliver
from tests.samples import DANA, MAPLE_GROVE, MARIA, NOON

TO_DANA = Address(Platform.web, MAPLE_GROVE, DANA.email)
TO_MARIA = Address(Platform.web, MAPLE_GROVE, MARIA.email)
DANA_ELSEWHERE = Address(Platform.web, DistrictKey("elm-hollow"), DANA.email)

WAITING = Card("Waiting", (Text("Maria Ortiz decides."),))
APPROVED = Card("Approved", (Text("Maria Ortiz approved it."),))


async def test_a_card_that_is_posted_twice_stands_once(chat: WebChat) -> None:
    first = await chat.post(TO_DANA, WAITING, "k1")
    second = await chat.post(TO_DANA, WAITING, "k1")

    assert first == second
    assert len(await chat.thread(TO_DANA)) == 1


async def test_a_card_changes_in_its_place(chat: WebChat) -> None:
    message = await chat.post(TO_DANA, WAITING, "k1")
    await chat.post(TO_DANA, WAITING, "k2")

    await chat.update(TO_DANA, message, APPROVED)

    (first, body, at), (_, other, _) = await chat.thread(TO_DANA)
    assert (first, at) == (message, NOON)
    assert "Approved" in body
    assert "Waiting" in other


async def test_nobody_sees_another_persons_thread_nor_another_districts(chat: WebChat) -> None:
    await chat.post(TO_DANA, WAITING, "k1")

    assert await chat.thread(TO_MARIA) == ()
    assert await chat.thread(DANA_ELSEWHERE) == ()


async def test_the_same_key_is_another_message_for_another_reader(chat: WebChat) -> None:
    await chat.post(TO_DANA, WAITING, "k1")
    await chat.post(TO_MARIA, APPROVED, "k1")

    assert "Approved" in (await chat.thread(TO_MARIA))[0][1]


async def test_a_persons_own_words_stand_as_words(chat: WebChat) -> None:
    await chat.quote(TO_DANA, "May I <b>text</b> them?", "d1.said")

    assert [body for _, body, _ in await chat.thread(TO_DANA)] == ['<p class="said">May I &lt;b&gt;text&lt;/b&gt; them?</p>']


async def test_a_message_that_is_not_there_cannot_change(chat: WebChat) -> None:
    with pytest.raises(CannotDeliver) as refused:
        await chat.update(TO_DANA, "404", APPROVED)

    assert refused.value.permanent


async def test_an_open_page_is_woken_by_its_own_district_only(chat: WebChat) -> None:
    with chat.bell.listening(MAPLE_GROVE) as here, chat.bell.listening("elm-hollow") as there:
        await chat.post(TO_DANA, WAITING, "k1")

        assert here.is_set()
        assert not there.is_set()


async def test_a_page_that_was_closed_is_forgotten(chat: WebChat) -> None:
    with chat.bell.listening(MAPLE_GROVE) as gone:
        pass

    await chat.post(TO_DANA, WAITING, "k1")

    assert not gone.is_set()
