"""Cases as CSV that a spreadsheet opens without running anything. Not here: which cases.

Sources: RFC 4180; OWASP, CSV injection (ASVS 5.0, 1.2.10).
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.records.cases import Case
from handlers.people import PersonId
from handlers.wording import terms
from handlers.workflow.request import Stage

HEAD = (
    "id",
    "district",
    "process",
    "status",
    "requester",
    "sent",
    "starts",
    "ends",
    "rule",
    "locator",
    "fingerprint",
    "fields",
    "decisions",
    "duties",
    "history",
)
STARTS_A_FORMULA = tuple("=+-@\t\r\0\uff1d\uff0b\uff0d\uff20")  # the last four are wide twins of the first four


def sheet(cases: Sequence[Case]) -> str:
    """Return one line a case under a line of heads."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[cell(value) for value in row] for row in (HEAD, *map(_row, cases))])
    return text.getvalue()


def cell(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    harmful = value.startswith(STARTS_A_FORMULA) or value.lstrip().startswith(STARTS_A_FORMULA)
    return f"'{value}" if harmful else value


def _row(case: Case) -> tuple[str, ...]:
    one = case.request
    return (
        one.id,
        one.district,
        one.process,
        one.status.value,
        _mail(case, one.requester),
        _at(one.opened_at),
        _at(one.starts),
        _at(one.ends),
        one.rule,
        case.rule.locator,
        one.fingerprint,
        "\n".join(f"{name}: {value}" for name, value in one.fields.items()),
        "\n".join(_decision(case, stage) for stage in one.stages),
        "\n".join(f"{duty.what}: {duty.status}{f' ({duty.evidence})' if duty.evidence else ''}" for duty in one.duties),
        "\n".join(_history(case)),
    )


def _decision(case: Case, stage: Stage) -> str:
    by = f" by {_mail(case, stage.decided_by)} on {_at(stage.decided_at)}" if stage.decided_by else ""
    return f"{stage.role}: {stage.status}{by}{f', {stage.reason}' if stage.reason else ''}"


def _history(case: Case) -> Iterator[str]:
    for one in case.happenings:
        who = _mail(case, one.who) if one.who else "Hallpass"
        yield f"{_at(one.at)} {who}: {one.what}{f', {one.detail}' if one.detail else ''}"


def _mail(case: Case, person: PersonId) -> str:
    return case.people[person].email if person in case.people else terms.name(person, case.people)


def _at(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
