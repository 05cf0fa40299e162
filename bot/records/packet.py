"""Cases as a page to print: each with its story, the rule in our own words, and what proves it. Not here: which cases.

Everything that anybody typed is escaped by the template; the page asks nothing of any other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from bot.records.cases import Case, Found
from bot.terminal import count
from handlers.cards import Facts
from handlers.wording import terms
from handlers.wording.history import story
from handlers.wording.requests import asked
from handlers.wording.states import state
from handlers.workflow.request import Duty

Rows = Sequence[tuple[str, str]]


def packet(found: Found, now: datetime, *, names: bool) -> str:
    """Return the whole page."""
    districts = terms.joined(dict.fromkeys(case.pack.name for case in found.cases)) or "no district"
    about = f"{count(len(found.cases), 'case')} of {districts}, taken from the record on {_at(now)}, {_with(names=names)} students' names."
    return _template().render(title="From the record of Hallpass", about=about, cases=[_case(case, found) for case in found.cases])


def _with(*, names: bool) -> str:
    return "with" if names else "without"


@cache
def _template() -> Template:
    page = Path(__file__).with_name("packet.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(page)


def _case(case: Case, found: Found) -> Mapping[str, object]:
    request, rule = case.request, case.rule
    blocks = story(request, case.happenings, case.pack, case.people).blocks
    facts = [block for block in blocks if isinstance(block, Facts)]
    wanted = [row for block in asked(request, case.process, case.people) if isinstance(block, Facts) for row in block.rows]
    return {
        "id": request.id,
        "title": case.process.title,
        "status": state(request, case.process)[0],
        "asked": _plain(wanted),
        "rule": rule.says,
        "source": f"{case.pack.policy}, {rule.locator}; rules {request.fingerprint}, text {case.pack.fingerprint}.",
        "history": [_plain(rows.rows) for rows in facts[1:]],
        "duties": [_duty(case, duty) for duty in request.duties],
        "proof": _proof(case, found),
        "broken": bool(found.proofs[request.district][0].fault),
    }


def _plain(rows: Sequence[tuple[str, str | datetime]]) -> Rows:
    return [(label, value if isinstance(value, str) else _at(value)) for label, value in rows]


def _duty(case: Case, duty: Duty) -> str:
    if duty.done_by is None or duty.done_at is None:
        return f"{duty.what}: {duty.status}."
    evidence = f" ({duty.evidence})" if duty.evidence else ""
    return f"{duty.what}: done by {terms.name(duty.done_by, case.people)}, {_at(duty.done_at)}{evidence}."


def _proof(case: Case, found: Found) -> str:
    """Return which rows of the chain this is made of, and whether the chain was whole when it was taken out."""
    verified, head = found.proofs[case.request.district]
    if verified.fault:
        return f"The record does not verify: {verified.fault}"
    rows = ", ".join(str(number) for number in case.numbers)
    end = f" The chain ends with {head.mac} at {_at(head.at)}." if head else ""
    return f"Rows {rows} of {verified.rows} in the chain of {case.request.district}; nothing in it was altered.{end}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
