"""Breaks a copy of the code on purpose, one way at a time, and runs what ought to notice: `python -m tests.chaos.mutants [NAME …]`.

A check that never fails shows nothing. Ends with 1 where a mutant lives, or where a check fails before anything is broken.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("adapters", "bot", "handlers", "policies", "storage", "tests", "pyproject.toml")
LONGEST = 400  # seconds that a check may take: one that waits for what never comes has noticed, too
REPLICAS, KILLS, OUTAGES, ABUSE = (f"tests/chaos/test_{one}.py" for one in ("replicas", "kills", "outages", "abuse"))
DYING, WINDOWS = "tests/journeys/test_slack_kills.py", "tests/storage/test_requests.py"


@dataclass(frozen=True)
class Mutant:
    """What is broken: these texts of one file become others; and which test has to fail."""

    name: str
    file: str
    texts: tuple[tuple[str, str], ...]
    check: str


MUTANTS = (
    Mutant(
        "a request that is over is decided",
        "storage/requests.py",
        (("now is None or now.status != Status.pending.value or", "now is None or"),),
        f"{WINDOWS}::test_nothing_is_settled_after_its_end",
    ),
    Mutant(
        "a stage is decided again",
        "storage/requests.py",
        (
            (
                "_STAGE.where(stages.c.status == StageStatus.open.value, amendments.IN_THESE_HANDS).returning",
                "_STAGE.where(amendments.IN_THESE_HANDS).returning",
            ),
        ),
        f"{WINDOWS}::test_two_bots_at_once_settle_a_stage_once",
    ),
    Mutant(
        "neither the request nor the stage is compared",
        "storage/requests.py",
        (
            ("now is None or now.status != Status.pending.value or", "now is None or"),
            (
                "_STAGE.where(stages.c.status == StageStatus.open.value, amendments.IN_THESE_HANDS).returning",
                "_STAGE.where(amendments.IN_THESE_HANDS).returning",
            ),
        ),
        f"{REPLICAS}::test_hundreds_of_clicks_on_three_processes_are_one_decision",
    ),
    Mutant(
        "what was decided is withdrawn",
        "storage/requests.py",
        (("_CHANGE.where(requests.c.status == Status.pending.value).returning", "_CHANGE.returning"),),
        f"{WINDOWS}::test_either_the_approval_or_the_withdrawal_wins_and_never_both",
    ),
    Mutant(
        "every delivery is the first",
        "storage/inbox.py",
        (('row = {"delivery": delivery, "result"', 'row = {"delivery": f"{delivery}.{id(object())}.{self._clock()}", "result"'),),
        f"{REPLICAS}::test_every_delivery_comes_four_times_each_to_another_process",
    ),
    Mutant(
        "every replica says what it hears, in Slack",
        "adapters/slack/stream.py",
        (("return said or not mine,", "return said,"),),
        f"{REPLICAS}::test_every_delivery_comes_four_times_each_to_another_process",
    ),
    Mutant(
        "every replica says what it hears, in Teams",
        "adapters/teams/once.py",
        (("return Claim.ours if mine else Claim.theirs", "return Claim.ours"),),
        "tests/journeys/test_teams_replicas.py",
    ),
    Mutant(
        "what was kept and never said is forgotten",
        "adapters/slack/unsaid.py",
        (("        await keep_looking(self.look)\n", "        return\n"),),
        f"{DYING}::test_a_question_that_was_acknowledged_is_answered_once",
    ),
    Mutant(
        "what was kept and never said in Teams is forgotten",
        "adapters/teams/unsaid.py",
        (("        await keep_looking(self.look)\n", "        return\n"),),
        "tests/journeys/test_teams_kills.py",
    ),
    Mutant(
        "an answer that may have arrived is not looked for",
        "adapters/slack/saying.py",
        (("if doubted and await", "if False and await"),),
        f"{DYING}::test_a_question_that_was_acknowledged_is_answered_once",
    ),
    Mutant(
        "a card that may have arrived is not looked for",
        "adapters/slack/chat.py",
        (("beneath, shared) if again else", "beneath, shared) if False else"),),
        f"{DYING}::test_a_card_that_slack_took_without_our_noting_it_is_not_posted_again",
    ),
    Mutant(
        "a press is acknowledged before it is kept",
        "adapters/slack/listen.py",
        (("        await settled(working, PROMPT if opens_a_form(action) else CLOSING)\n", ""),),
        f"{DYING}::test_an_approval_that_was_acknowledged_is_kept",
    ),
    Mutant(
        "a question is acknowledged whether it was kept or not",
        "adapters/slack/listen.py",
        (("            raise Unheard\n", "            return\n"),),
        f"{OUTAGES}::test_the_disk_is_full",
    ),
    Mutant(
        "readiness only reads",
        "bot/ready.py",
        (("await self._store.write(_beat)", "await self._store.read(lambda work: work.outbox.waiting())"),),
        f"{OUTAGES}::test_the_disk_is_full",
    ),
    Mutant(
        "answers of one thread do not wait for each other",
        "adapters/slack/saying.py",
        (('f"{one.place.channel}:{one.place.thread}" if one.place.channel else one.user', "one.key"),),
        "tests/adapters/slack/test_chat.py::test_what_is_said_in_a_thread_waits_for_what_was_asked_there_before",
    ),
    Mutant(
        "a lane's later cards overtake its first",
        "storage/outbox.py",
        (("outbox.c.lease_until <= NOW), outbox.c.id == _head)", "outbox.c.lease_until <= NOW))"),),
        f"{OUTAGES}::test_slack_takes_one_message_a_second",
    ),
    Mutant(
        "the courier gives up where the database is away",
        "bot/loops.py",
        (("                await asyncio.sleep(AFTER_TROUBLE)\n", "                return\n"),),
        "tests/journeys/test_slack_database.py::test_postgresql_ends_our_connections_and_goes_away",
    ),
    Mutant(
        "what one process holds is taken by another",
        "storage/outbox.py",
        (("or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= NOW), outbox.c.id == _head)", "outbox.c.id == _head)"),),
        "tests/chaos/drill_speed.py::test_three_clocks_differ_by_ten_minutes",
    ),
    Mutant(
        "whoever signs nothing is believed, in Slack",
        "adapters/slack/app.py",
        (('            name="hallpass",\n', '            name="hallpass",\n            request_verification_enabled=False,\n'),),
        f"{ABUSE}::test_what_is_forged_has_no_effect",
    ),
    Mutant(
        "whoever has any token is believed, in Teams",
        "adapters/teams/gateway.py",
        (('            await self._door.believe(header, at(raw, "channelId"), service_url)\n', ""),),
        f"{ABUSE}::test_what_is_forged_has_no_effect",
    ),
    Mutant(
        "a token for another service is believed, in Teams",
        "adapters/teams/auth.py",
        (('claims.get("serviceurl") != service_url or ', ""),),
        "tests/adapters/teams/test_door.py",
    ),
    Mutant(
        "a token without an expiry is believed, in Teams",
        "adapters/teams/auth.py",
        (("not _lives(claims) or ", ""),),
        "tests/adapters/teams/test_door.py",
    ),
    Mutant(
        "a notification shows what stands in the card",
        "adapters/slack/draw.py",
        (('"text": escaped(card.summary or card.title)', '"text": escaped(str(blocks))[:2000]'),),
        f"{ABUSE}::test_a_marked_name_stands_nowhere_but_where_it_must",
    ),
    Mutant(
        "a backup is the file alone",
        "storage/backup.py",
        (("                read.backup(written, pages=PAGES, sleep=0)\n", "                part.write_bytes(source.read_bytes())\n"),),
        "tests/journeys/test_backup.py",
    ),
)


def main(words: Sequence[str] | None = None) -> int:
    """Break each in turn; 1 when one lives."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="a part of the names of those to be tried; all of them otherwise")
    asked = parser.parse_args(words).names
    chosen = [one for one in MUTANTS if not asked or any(part in one.name for part in asked)]
    healthy = {check: _fails(None, check) for check in dict.fromkeys(one.check for one in chosen)}
    for check in (check for check, failed in healthy.items() if failed):
        sys.stdout.write(f"fails before anything is broken: {check}\n")
    lived = [one for one in chosen if not healthy[one.check] and not _fails(one, one.check)]
    sys.stdout.write(f"{len(chosen) - len(lived)} of {len(chosen)} were noticed\n")
    return int(bool(lived) or any(healthy.values()))


def _fails(mutant: Mutant | None, check: str) -> bool:
    """Run the check in a copy of its own: what others run beside it is left alone."""
    with tempfile.TemporaryDirectory(prefix="hallpass-mutant-") as above:
        place, begun = Path(above), time.monotonic()
        for part in PARTS:
            _copied(ROOT / part, place / part)
        if mutant:
            _broken(place / mutant.file, mutant)
        failed = _run(check, place)
    said = f"{'noticed' if failed else 'LIVED'}: {mutant.name}" if mutant else f"{'FAILS' if failed else 'passes'} unbroken"
    sys.stdout.write(f"{said} ({check}, {time.monotonic() - begun:.0f} s)\n")
    sys.stdout.flush()
    return failed


def _copied(there: Path, here: Path) -> None:
    if there.is_dir():
        shutil.copytree(there, here, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(there, here)


def _broken(file: Path, mutant: Mutant) -> None:
    code = file.read_text(encoding="utf-8")
    for before, after in mutant.texts:
        if code.count(before) != 1:
            raise SystemExit(f"{mutant.name}: {mutant.file} has changed; {before!r} stands there {code.count(before)} times")
        code = code.replace(before, after)
    compile(code, file, "exec")
    file.write_text(code, encoding="utf-8")


def _run(check: str, place: Path) -> bool:
    """Say whether it failed; not whether it could not be run."""
    quietly = ("-q", "-x", "-p", "no:cacheprovider", "--no-header", "-o", "python_files=test_*.py drill_*.py", f"--timeout={LONGEST}")
    done = subprocess.run([sys.executable, "-m", "pytest", check, *quietly], cwd=place, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{check} could not be run:\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.returncode == 1


if __name__ == "__main__":
    sys.exit(main())
