"""What people typed is sealed: it is read as it was written, stands nowhere in the database, and is gone once its key is."""

import inspect
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from handlers.actions import Approve
from handlers.ids import AnswerId, ChannelId, QuestionId, RequestId
from handlers.kept import Answered, Feedback, Happening
from handlers.people import PersonId
from handlers.policy.facts import Facts
from handlers.policy.vocabulary import Fact
from handlers.ports import Work
from handlers.workflow.channel import Channel, checked, doubted
from handlers.workflow.request import Delegation, DutyStatus, Request, StageStatus, Status
from handlers.workflow.said import Change, Correction, Departure, Given, Left, Question, Reassigned, Word
from storage import found
from storage.database import Database
from storage.engine import StoreUnusable, address, is_sqlite
from storage.migrate import migrate
from storage.requests import SqlRequests
from storage.sealed_requests import SealedRequests
from storage.tables import metadata
from storage.work import open_store
from tests.handlers.conftest import a_house
from tests.house import House
from tests.samples import DANA, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, a_duty, a_request
from tests.scenes import asks, denies, kept
from tests.storage.conftest import AnyStore, run_sql

SECRET = ("a secret of this test",)
MARKED = "Zephyrine Quill"  # a student, and a name that stands nowhere else
PARTS = ("zephyrine", "quill")

# What changes a request without any word that somebody typed: a person, a moment, a state.
WORDLESS = {"owe_also", "hold", "wait", "finish", "resume"}
SEALED = {"add", "settle", "withdraw", "stop", "ask", "reply", "oblige", "ask_also", "fulfil", "take", "reopen"}
READS = {
    *("get", "several", "of_stage", "of_duty", "of_question", "of_requester", "lately_of", "districts"),
    *("approved", "all", "waiting_for", "owing", "owed_by", "handed_in"),
}


def a_whole_request() -> Request:
    """One with something typed in every place that there is."""
    request = a_request(duties=[replace(a_duty("r1.d1", "Copy your supervisor"), evidence=f"Copied to the mother of {MARKED}")])
    first = replace(
        request.stages[0],
        added=(NGOZI.id,),
        delegations=(Delegation(NGOZI.id, MARIA.id, f"She knows {MARKED}"),),
        reassigned=(Reassigned(RAVI.id, MARIA.id, NOON, f"He teaches {MARKED}", (MARIA.id,)),),
        reason=f"Only {MARKED}",
        changes=(Change("students", "Students", "everybody", MARKED), Change("ends", "Until", "", "2026-06-05", dropped=True)),
    )
    asked = Question(QuestionId("q1"), first.id, MARIA.id, f"Why {MARKED}?", NOON)
    return replace(request, fields={"students": MARKED, "reason": "Bus"}, stages=(first, *request.stages[1:]), questions=(asked,))


def add_whole(work: Work) -> None:
    whole = a_whole_request()
    work.requests.add(replace(whole, questions=()))
    assert work.amendments.reassign(whole, whole.stages[0])
    for stage in whole.stages:
        for asked in stage.delegations:
            assert work.requests.ask_also(stage.id, asked.person, asked.by, asked.reason)
    for question in whole.questions:
        assert work.requests.ask(whole.id, question)
    work.record.add(Happening(whole.id, MAPLE_GROVE, NOON, DANA.id, "sent", "", "pending", f"About {MARKED}"))
    turns, found = (f"May I text {MARKED}?",), Facts({}, {Fact.to: MARKED})
    answered = Answered(AnswerId("a1"), MAPLE_GROVE, DANA.id, "t1", turns, Facts(), found, "allowed", (), "f", NOON)
    work.answers.add(answered)
    work.feedback.keep(Feedback(answered.id, DANA.id, helpful=False, words=f"{MARKED} is my niece", at=NOON))


def add(work: Work, request: Request) -> None:
    work.requests.add(request)


def moves(work: Work, request: Request) -> bool:
    return work.requests.withdraw(request) if request.status is Status.withdrawn else work.requests.stop(request)


def told(work: Work) -> str:
    """Everything that can be read of it again."""
    request, answer = work.requests.get(RequestId("r1")), AnswerId("a1")
    return str((request, work.record.of(RequestId("r1")), work.answers.get(answer), work.feedback.get(answer, DANA.id)))


@asynccontextmanager
async def opened(url: str, *secrets: str) -> AsyncIterator[AnyStore]:
    store = await open_store(Database(url, secrets), lambda: NOON)
    try:
        yield store
    finally:
        await store.close()


async def plain_bytes(url: str) -> str:
    """Everything that the database holds, as anybody reads it who has its files."""
    if is_sqlite(address(url)):
        file = Path(address(url).database or "")
        return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*")).decode("latin-1").lower()
    rows = [str(row) for table in metadata.tables for row in await run_sql(url, f'SELECT * FROM "{table}"')]  # noqa: S608  # our own names
    return "\n".join(rows).lower()


async def traces(url: str) -> list[str]:
    """Which parts of the marked name stand in the database."""
    kept = await plain_bytes(url)
    return [part for part in PARTS if part in kept]


async def test_everything_that_was_typed_is_read_as_it_was_and_stands_nowhere(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        await store.write(add_whole)

        request = await store.read(lambda work: work.requests.get(RequestId("r1")))
        assert request == a_whole_request()
        assert (await store.read(told)).count(MARKED) == 11
        assert await traces(new_url) == []
        assert "sealed1:" in await plain_bytes(new_url)


async def test_what_the_register_and_those_with_a_duty_say_is_sealed(new_url: str) -> None:
    page, duty = f"The page of {MARKED}", a_duty("r1.d1", "Inform the parents", MARIA)
    said = (Given("who", "To whom", f"The parents of {MARKED}"),)
    handed = replace(duty, taken_by=RAVI.id, taken_at=NOON, handed=Word(MARIA.id, NOON, f"You know {MARKED}"))
    done = replace(handed, status=DutyStatus.done, given=said, done_by=RAVI.id, done_at=NOON)
    again = replace(handed, reopened=Word(DANA.id, NOON, f"{MARKED} heard nothing"))
    channel = Channel(ChannelId("c1"), MAPLE_GROVE, RequestId("r1"), DANA.id, page, page, page, page, NOON)
    doubt = checked(doubted(channel, f"Not {MARKED}'s", NOON), RAVI.id, f"Seen with {MARKED}", "", NOON)

    def keeps(work: Work) -> None:
        work.requests.add(a_request(duties=[duty]))
        assert work.requests.take(handed, None)
        assert work.requests.fulfil(done)
        assert work.requests.reopen(again, done)
        assert work.channels.add(channel)
        assert work.channels.change(doubt)

    async with opened(new_url, *SECRET) as store:
        await store.write(keeps)
        request = await store.read(lambda work: work.requests.get(RequestId("r1")))
        assert request is not None
        assert request.duties == (again,)
        assert request.channel == replace(doubt, edition=1)
        assert await traces(new_url) == []


async def test_a_marked_name_leaves_no_trace_in_a_whole_life(new_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with a_house(tmp_path, Database(new_url, SECRET)) as house:
        life = await _a_life(house)
        held = await plain_bytes(new_url)
        leaving = await run_sql(new_url, "SELECT * FROM outbox")
        shown = [card for _, card in house.chat.messages.values()]

    assert any(MARKED in str(card) for card in shown)  # those who decide did read it
    assert not any(MARKED in card.summary for card in shown)  # and no notice on a locked screen did say it
    for where in (held, str(leaving).lower(), caplog.text.lower(), life.lower()):
        assert [part for part in PARTS if part in where] == []


async def _a_life(house: House) -> str:
    """Sent, agreed, denied, asked and answered: return the ids of everything, which is all that addresses and metrics carry."""
    form = await asks(house)
    await house.sends(DANA, form, {"students": MARKED, "reason": f"{MARKED} rides another bus"})
    await house.post_is_out()
    request = await kept(house)
    await house.presses(MARIA, Approve(request.stages[0].id))
    await house.post_is_out()
    await denies(house, await kept(house), RAVI, 1, f"Not for {MARKED}")
    return str([request.id, *(stage.id for stage in request.stages), *house.chat.messages])


async def test_every_method_that_writes_seals_or_has_no_words_to_seal() -> None:
    public = {name for name, _ in inspect.getmembers(SqlRequests, inspect.isfunction) if not name.startswith("_")}

    assert public - SEALED - READS - WORDLESS == set(), "a method that writes what people typed has to be sealed in SealedRequests"
    assert {name for name in SEALED if name not in vars(SealedRequests)} == set()


async def test_what_is_written_later_is_sealed_too(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        whole = a_whole_request()
        await store.write(add_whole)
        question = replace(whole.questions[0], answer=f"Because {MARKED}", answered_at=NOON)
        assert await store.write(lambda work: work.requests.reply(whole.id, question))
        decided = replace(whole.stages[0], status=StageStatus.denied, decided_by=MARIA.id, decided_at=NOON, reason=f"No, {MARKED}")
        done = replace(whole, status=Status.denied, stages=(decided, *whole.stages[1:]))
        assert await store.write(lambda work: work.requests.settle(done, decided))
        assert await store.write(lambda work: work.requests.fulfil(replace(whole.duties[0], evidence=f"With {MARKED}")))

        read = await store.read(lambda work: work.requests.get(whole.id))
        assert read is not None
        assert (read.questions[0].answer, read.stages[0].reason) == (f"Because {MARKED}", f"No, {MARKED}")
        assert read.duties[0].evidence == f"With {MARKED}"
        assert await traces(new_url) == []


async def test_what_is_taken_back_or_stopped_keeps_its_words_sealed(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        for key, before, after in (("r1", Status.pending, Status.withdrawn), ("r2", Status.approved, Status.revoked)):
            one = replace(a_request(key), status=before, fields={"students": MARKED})
            await store.write(add, one)
            why = f"{MARKED} left" if after is Status.revoked else ""
            assert await store.write(moves, replace(one, status=after, why_stopped=why, ends=NOON, stopped_by=MARIA.id))
        revoked = await store.read(lambda work: work.requests.get(RequestId("r2")))
        assert revoked is not None
        assert revoked.why_stopped == f"{MARKED} left"
        assert await traces(new_url) == []


# Keys


async def test_an_erased_request_is_read_by_nobody_and_its_wrapped_key_is_in_no_file(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        await store.write(add_whole)
        (before,) = await run_sql(new_url, "SELECT wrapped FROM request_keys WHERE about = 'r1'")
        await store.write(lambda work: work.seals.erase(RequestId("r1"), NOON))

        assert await store.read(lambda work: work.seals.erased(RequestId("r1"))) == NOON
        read = await store.read(told)
        assert MARKED not in read
        assert read.count("erased on March 2, 2026") >= 8
        await store.write(lambda work: work.record.add(Happening(RequestId("r1"), MAPLE_GROVE, NOON, MARIA.id, "erased", "", "", "Why")))
        assert (await store.read(lambda work: work.record.of(RequestId("r1"))))[-1].detail == "Why"
        assert (await store.read(lambda work: work.chains.verified(MAPLE_GROVE))).fault == ""
        assert await store.write(lambda work: work.requests.fulfil(replace(a_whole_request().duties[0], evidence=MARKED)))
        assert MARKED not in await store.read(told)
    assert before.wrapped.lower() not in await plain_bytes(new_url)


async def test_a_question_from_which_another_request_came_is_kept(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        await store.write(add_whole)
        await store.write(lambda work: work.requests.add(a_request("r2")))
        await store.write(lambda work: work.seals.erase(RequestId("r1"), NOON))
        answered = await store.read(lambda work: work.answers.get(AnswerId("a1")))
        assert answered is not None
        assert MARKED in answered.turns[0]
        await store.write(lambda work: work.seals.erase(RequestId("r2"), NOON))
        answered = await store.read(lambda work: work.answers.get(AnswerId("a1")))
        assert answered is not None
        assert answered.turns == ("erased on March 2, 2026",)


async def test_keys_turn_while_others_write(new_url: str) -> None:
    async with opened(new_url, "old") as old:
        for number in range(12):
            await old.write(add, a_request(f"r{number}"))
        async with opened(new_url, "new", "old") as new:
            done = 0
            for number in range(12, 24):  # a replica that has not heard of the new secret yet writes on
                await old.write(add, a_request(f"r{number}"))
                done += await new.write(lambda work: work.seals.rekey(3))
            while some := await new.write(lambda work: work.seals.rekey(5)):
                done += some
            assert done == 24
            await new.write(lambda work: work.seals.erase(RequestId("r0"), NOON))
            assert await new.read(lambda work: work.seals.unopened()) == ()
        assert len(await old.read(lambda work: work.seals.unopened())) == 1
    async with opened(new_url, "new") as newest:
        assert len(await newest.read(lambda work: work.requests.all(MAPLE_GROVE))) == 24


async def test_what_somebody_altered_or_moved_is_not_read_as_if_it_were_theirs(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        await store.write(lambda work: work.requests.add(replace(a_request(), why_stopped="One")))
        await store.write(lambda work: work.requests.add(replace(a_request("r2"), fields={"students": MARKED})))
        await run_sql(new_url, "UPDATE requests SET fields = (SELECT fields FROM requests WHERE id = 'r2') WHERE id = 'r1'")
        with pytest.raises(StoreUnusable, match=r"about r1 \(fields.students\) was altered"):
            await store.read(lambda work: work.requests.get(RequestId("r1")))
        await run_sql(new_url, "UPDATE request_keys SET wrapped = 'AAAA' WHERE about = 'r1'")
        with pytest.raises(StoreUnusable, match="The key to what was typed about r1 was altered"):
            await store.read(lambda work: work.requests.get(RequestId("r1")))
        await run_sql(new_url, "DELETE FROM request_keys WHERE about = 'r1'")
        with pytest.raises(StoreUnusable, match="is gone from the database"):
            await store.read(lambda work: work.requests.get(RequestId("r1")))


# What an earlier version kept


async def keep_in_plain_words(url: str) -> None:
    """As an earlier Hallpass had it: everything readable, and no chain."""
    async with opened(url) as store:
        await store.write(add_whole)
    lite = is_sqlite(address(url))
    for table in ("record", "links"):
        await run_sql(url, f"DROP TRIGGER {table}_unchanged" if lite else f"ALTER TABLE {table} DISABLE TRIGGER USER")
    await run_sql(url, "DROP TRIGGER links_undeleted" if lite else "SELECT 1")
    for statement in (
        f'UPDATE requests SET fields = \'{{"students": "{MARKED}"}}\'',  # noqa: S608  # our own words
        f'UPDATE stages SET changes = \'[["students", "Students", "all", "{MARKED}", false]]\' WHERE position = 0',  # noqa: S608
        f"UPDATE stages SET reason = 'Only {MARKED}' WHERE position = 0",  # noqa: S608
        "UPDATE stages SET reassigned = NULL",  # which that version did not know
        f"UPDATE stage_added SET reason = 'She knows {MARKED}'",  # noqa: S608
        f"UPDATE duties SET evidence = 'Copied to {MARKED}'",  # noqa: S608
        f"UPDATE questions SET question = 'Why {MARKED}?'",  # noqa: S608
        f"UPDATE record SET detail = 'About {MARKED}'",  # noqa: S608
        f'UPDATE answers SET turns = \'["{MARKED}"]\', facts = \'{{"known": {{}}, "words": {{"to": "{MARKED}"}}}}\'',  # noqa: S608
        f"UPDATE feedback SET words = '{MARKED}'",  # noqa: S608
        "DELETE FROM links",
        "DELETE FROM chains",
        "DELETE FROM request_keys",
    ):
        await run_sql(url, statement)
    again = (
        "CREATE TRIGGER record_unchanged BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
        if lite
        else "ALTER TABLE record ENABLE TRIGGER USER"
    )
    await run_sql(url, again)


async def test_old_words_are_sealed_and_old_rows_chained_as_they_were_found(new_url: str) -> None:
    await keep_in_plain_words(new_url)
    assert MARKED.lower() in await plain_bytes(new_url)

    said = await migrate(Database(new_url, SECRET), lambda: NOON)

    assert said.endswith("; what people had typed was sealed, and the record as it was found.")
    assert (await migrate(Database(new_url, SECRET), lambda: NOON)).endswith("nothing was changed.")
    async with opened(new_url, *SECRET) as store:
        assert (await store.read(told)).count(MARKED) == 10
        proof = await store.read(lambda work: work.chains.verified(MAPLE_GROVE))
        assert (proof.rows, proof.found, proof.found_at, proof.fault) == (1, 1, NOON, "")
        await store.write(lambda work: work.record.add(Happening(RequestId("r1"), MAPLE_GROVE, NOON, DANA.id, "done", "", "", "x")))
        assert (await store.read(lambda work: work.chains.verified(MAPLE_GROVE))).found == 1
        rows = [str(row) for table in metadata.tables for row in await run_sql(new_url, f'SELECT * FROM "{table}"')]  # noqa: S608
        assert not any(part in "".join(rows).lower() for part in PARTS)
    with pytest.raises(DBAPIError, match="append-only"):
        await run_sql(new_url, "UPDATE record SET what = 'denied'")


async def test_many_old_requests_are_sealed_in_batches_and_the_log_says_how_far_it_is(
    new_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    names = [f"old {number}" for number in range(5)]
    async with opened(new_url) as store:
        await store.write(_add_bare, names)
    await run_sql(new_url, f'UPDATE requests SET fields = \'{{"students": "{MARKED}"}}\'')  # noqa: S608  # our own words
    await run_sql(new_url, "DELETE FROM request_keys")
    monkeypatch.setattr(found, "BATCH", 2)
    monkeypatch.setattr(found, "TELLING", -1.0)

    with caplog.at_level(logging.INFO):
        await migrate(Database(new_url, SECRET), lambda: NOON)

    kept = await run_sql(new_url, "SELECT fields FROM requests")
    assert len(kept) == 5
    assert not any(MARKED in str(row) for row in kept)
    assert [one.message.rpartition(": ")[2] for one in caplog.records if one.name == "storage.found"] == [
        "2 of 5 requests",
        "4 of 5 requests",
        "5 of 5 requests",
    ]
    async with opened(new_url, *SECRET) as store:
        read = await store.read(lambda work: work.requests.several([RequestId(name) for name in names]))
    assert [one.fields["students"] for one in read] == [MARKED] * 5


def _add_bare(work: Work, names: Sequence[str]) -> None:
    for name in names:
        work.requests.add(replace(a_request(), id=RequestId(name), stages=()))


async def test_without_a_secret_old_words_stay_readable(new_url: str) -> None:
    await keep_in_plain_words(new_url)

    assert (await migrate(new_url, lambda: NOON)).endswith("nothing was changed.")
    async with opened(new_url) as store:
        assert (await store.read(told)).count(MARKED) == 10
        await store.write(lambda work: work.record.add(Happening(RequestId("r9"), MAPLE_GROVE, NOON, PersonId("x"), "sent", "", "")))
        proof = await store.read(lambda work: work.chains.verified(MAPLE_GROVE))
        assert (proof.rows, proof.found, proof.fault) == (2, 1, "")


async def test_what_was_corrected_is_sealed(new_url: str) -> None:
    changes = (Change("students", "Students", MARKED, "Ada Finch"), Change("reason", "Reason", "Bus", f"{MARKED} moved"))
    right = replace(a_request(), fields={"students": "Ada Finch", "reason": f"{MARKED} moved"}, corrections=(Correction(NOON, changes),))

    async with opened(new_url, *SECRET) as store:
        await store.write(lambda work: work.requests.add(replace(right, fields={"students": MARKED, "reason": "Bus"}, corrections=())))
        assert await store.write(lambda work: work.amendments.correct(right))

        assert await store.read(lambda work: work.requests.get(right.id)) == right
        assert await traces(new_url) == []


async def test_the_name_of_a_student_who_has_left_is_sealed(new_url: str) -> None:
    before = replace(a_request(), status=Status.approved, fields={"students": f"{MARKED}\nAda Finch"})
    after = replace(before, fields={"students": "Ada Finch"}, departures=(Departure(NOON, DANA.id, MARKED, Left.school),))

    async with opened(new_url, *SECRET) as store:
        await store.write(add, before)
        assert await store.write(lambda work: work.amendments.take_out(after))

        assert await store.read(lambda work: work.requests.get(after.id)) == after
        assert await traces(new_url) == []


async def test_a_decision_leaves_what_the_form_said_sealed_as_it_was(new_url: str) -> None:
    async with opened(new_url, *SECRET) as store:
        one = replace(a_request(), fields={"students": MARKED})
        await store.write(add, one)
        sealed = await run_sql(new_url, "SELECT fields FROM requests")

        decided = replace(one.stages[0], status=StageStatus.denied, decided_by=MARIA.id, decided_at=NOON, reason="No")
        denied = replace(one, status=Status.denied, stages=(decided, *one.stages[1:]))
        assert await store.write(lambda work: work.requests.settle(denied, decided))

        assert await run_sql(new_url, "SELECT fields FROM requests") == sealed
        assert await store.read(lambda work: work.requests.get(one.id)) == denied
