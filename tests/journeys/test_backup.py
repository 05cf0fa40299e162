"""The drill: a backup is made under load, the machine is lost, and whatever had been acknowledged before goes on from the backup."""

import asyncio
import signal
from pathlib import Path

from tests.town import DANA, LEE, MARIA, Town, a_town

BEFORE = 4


async def test_what_was_acknowledged_before_the_backup_is_finished_after_the_restore(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        slack = town.slack
        cards = [await town.requested(user, f"Student {number}") for number, user in enumerate((DANA, LEE) * (BEFORE // 2))]
        load = asyncio.create_task(_asks(town))
        said = await town.served.says("backup", "saved.db")
        load.cancel()
        await town.served.stop(signal.SIGKILL)
        _lose(tmp_path)

        assert "was saved to saved.db" in said
        assert "is again as saved.db has it" in await town.served.says("restore", "saved.db")
        await town.served.start()

        for card in cards:
            pressed = await slack.presses(MARIA, town.now(card), label="Approve")
            assert pressed.status == 200
        await slack.until(lambda: len(town.outcomes(DANA)) == len(town.outcomes(LEE)) == BEFORE // 2)
        assert len(town.rows("SELECT id FROM requests WHERE status = 'approved'")) == BEFORE


async def _asks(town: Town) -> None:
    while True:
        await town.asked(LEE)


def _lose(folder: Path) -> None:
    """The machine is gone, and the database with it."""
    for file in folder.glob("served.db*"):
        file.unlink()
