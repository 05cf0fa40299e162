"""kill -9 between an answer that is kept and its being said in Teams: whoever lives says it, where it was asked, and once."""

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.journeys.test_teams import QUESTION, playing
from tests.loopback.teams.records import Message
from tests.served import DATABASE

NOTED, BEGUN = "teams:answer:%", "doing:teams:answer:%"


def rows(folder: Path, like: str) -> int:
    with sqlite3.connect(folder / DATABASE) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox WHERE delivery LIKE ?", (like,)).fetchone()[0])


@pytest.mark.parametrize("where", ["dana", "general", "coaches"])
async def test_an_answer_that_was_kept_is_said_by_the_next_life(tmp_path: Path, where: str) -> None:
    async with playing(tmp_path) as (teams, served):
        teams.channel("general", members=("dana", "lee"))
        teams.group("coaches", members=("dana", "lee"))
        place = teams.personal("dana") if where == "dana" else teams.places[where]

        def answers() -> list[Message]:
            ours = [one for one in teams.messages if (one.place, one.author) == (place.id, teams.bot["id"])]
            return [one for one in ours if "supervisor" in teams.text_of(one, "dana")]

        lost = teams.fail("send", times=100, drop="before", place=where)
        asking = asyncio.create_task(teams.says("dana", QUESTION, *(() if where == "dana" else (where,))))
        await teams.until(lambda: lost.met)
        await served.stop(signal.SIGKILL)
        await asyncio.gather(asking, return_exceptions=True)
        assert (rows(tmp_path, NOTED), rows(tmp_path, BEGUN)) == (0, 1)
        lost.times = lost.met
        await served.start()

        await teams.until(answers, timeout=30)
        await teams.until(lambda: (rows(tmp_path, NOTED), rows(tmp_path, BEGUN)) == (1, 0), timeout=10)
        assert len(answers()) == 1
        asked = next(one for one in teams.messages if one.place == place.id and one.text.endswith(QUESTION))
        assert answers()[0].thread == asked.thread
