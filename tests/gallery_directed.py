"""What is directed at a colleague, reported and noted, by moment: the gallery's cards and forms of it. Not here: permissions, notices."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from handlers.cards import Card, Faults, Form
from handlers.ids import AnswerId, DutyId
from handlers.kept import Happening
from handlers.people import DistrictKey, Person, Role, Seat
from handlers.policy.facts import Facts
from handlers.process import Aim, owed, told
from handlers.starting import candidates, startable
from handlers.wording import duties, forms, history, receipts, refusals, requests, starting
from handlers.workflow.request import DutyStatus, Request, Status
from handlers.workflow.said import Given, Word
from handlers.workflow.untimely import HandedOver
from storage.packs import DiskPacks
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NOON, SCHOOL, a_person, a_request

PACK = DiskPacks(Path(__file__).parent / "packs").get(DistrictKey(MAPLE_GROVE))
KNOWN = {person.id: person for person in EVERYBODY}
LATER, NO_ANSWER, NO_FACTS = NOON + timedelta(hours=2), AnswerId(""), Facts()
MANY = tuple(a_person(f"p{number}", f"Person {number:03}", Seat(Role.staff, SCHOOL)) for number in range(101))


def directed() -> dict[str, Card | Form | Faults]:
    """Return every card and form, each under the name of its moment."""
    return {**_forms(), **_cards(), **_words()}


def _forms() -> dict[str, Card | Form | Faults]:
    produce, concern, diary = (PACK.processes[key] for key in ("produce", "concern", "diary"))
    above, others = candidates("produce", produce, PACK, MARIA, EVERYBODY), candidates("concern", concern, PACK, DANA, EVERYBODY)
    deliver = produce.duties[0]
    return {
        "form-directed": forms.request(NO_ANSWER, produce, NO_FACTS, (), KNOWN, people=above),
        "form-directed-many": forms.request(NO_ANSWER, produce, NO_FACTS, (), KNOWN, people=MANY),
        "form-report": forms.request(NO_ANSWER, concern, NO_FACTS, told(concern, PACK, DANA, EVERYBODY), KNOWN, people=others),
        "form-note": forms.request(NO_ANSWER, diary, NO_FACTS, (), KNOWN),
        "form-handed-over": forms.evidence(DutyId("r1.d1"), deliver.what, deliver),
        "form-start": starting.start(startable(PACK, MARIA, EVERYBODY)),
        "form-start-own-words-only": starting.start(()),
        "faults-start": starting.neither(),
    }


def _cards() -> dict[str, Card | Form | Faults]:
    asked, back, done, note = produced(), taken_back(), handed_over(), noted()
    again = opened_again()
    return {
        "duty-directed": duties.to_do(asked, asked.duties[0], PACK, KNOWN),
        "duty-directed-done": duties.to_do(done, done.duties[0], PACK, KNOWN),
        "duty-directed-withdrawn": duties.to_do(back, back.duties[0], PACK, KNOWN),
        "duty-directed-again": duties.to_do(again, again.duties[0], PACK, KNOWN),
        "duty-reported": duties.to_do(reported(), reported().duties[0], PACK, KNOWN),
        "handed-in-directed": duties.handed_in(done, done.duties[0], PACK, KNOWN),
        "called-off": duties.called_off(back, PACK, KNOWN),
        "follow-directed": requests.to_follow(asked, PACK, KNOWN),
        "follow-directed-done": requests.to_follow(done, PACK, KNOWN),
        "follow-directed-again": requests.to_follow(again, PACK, KNOWN),
        "follow-directed-withdrawn": requests.to_follow(back, PACK, KNOWN),
        "follow-directed-earlier-rules": requests.to_follow(replace(asked, process="dropped"), PACK, KNOWN),
        "follow-report": requests.to_follow(reported(), PACK, KNOWN),
        "follow-report-answered": requests.to_follow(replace(reported(), status=Status.ended), PACK, KNOWN),
        "follow-note": requests.to_follow(note, PACK, KNOWN),
        "know-report": requests.to_know(reported(), PACK, KNOWN),
        "record-directed": history.story(done, _story(done, "directed"), PACK, KNOWN),
        "record-report": history.story(reported(), _story(reported(), "reported")[:1], PACK, KNOWN),
        "record-note": history.story(note, _story(note, "noted")[:1], PACK, KNOWN),
    }


def _words() -> dict[str, Card | Form | Faults]:
    read_too = PACK.model_copy(update={"settings": PACK.settings.model_copy(update={"note_readers": (Role.records_officer,)})})
    return {
        "receipt-directed": receipts.sent(produced(), PACK, ("Dana Whitlock",)),
        "receipt-report": receipts.sent(reported(), PACK, ("Maria Ortiz", "Helen Brandt")),
        "receipt-report-again": receipts.sent(reported(), PACK),
        "receipt-note": receipts.sent(noted(), PACK),
        "receipt-note-read-by-others": receipts.sent(noted(), read_too),
        "refused-not-entitled": starting.not_entitled((Role.supervisor,), ours=False),
        "refused-not-entitled-by-the-district": starting.not_entitled((Role.superintendent, Role.building_principal), ours=True),
        "refused-handed-over": refusals.refused(HandedOver(), KNOWN),
    }


def produced() -> Request:
    """Maria has asked Dana for messages."""
    return _sent("produce", MARIA, DANA, {"person": DANA.name, "students": "Ada Finch", "by": "2026-03-09"})


def handed_over() -> Request:
    """Dana has handed them over, and Maria has filed them."""
    deliver, file = produced().duties
    said = {"outcome": "I handed them over", "where": "In the office", "when": "2026-03-02"}
    labels = {one.name: one.label for one in PACK.processes["produce"].duties[0].asks}
    given = tuple(Given(name, labels[name], value) for name, value in said.items())
    first = replace(deliver, status=DutyStatus.done, given=given, done_by=DANA.id, done_at=LATER)
    return replace(produced(), status=Status.ended, duties=(first, replace(file, status=DutyStatus.done, done_by=MARIA.id, done_at=LATER)))


def opened_again() -> Request:
    """Maria has found that it was not all of them."""
    deliver, file = handed_over().duties
    said = Word(MARIA.id, LATER, "The messages of January are missing")
    open_ = replace(deliver, status=DutyStatus.open, given=(), done_by=None, done_at=None, reopened=said)
    return replace(handed_over(), status=Status.pending, duties=(open_, file))


def taken_back() -> Request:
    """Maria has taken it back."""
    closed = tuple(replace(duty, status=DutyStatus.closed) for duty in produced().duties)
    return replace(produced(), status=Status.withdrawn, duties=closed)


def reported() -> Request:
    """Dana has reported a worry about Lee, which Maria has to look into."""
    return _sent("concern", DANA, LEE, {"person": LEE.name, "students": "Ada Finch", "what": "He drove Ada Finch home"})


def noted() -> Request:
    """Dana has noted an unusual use for herself."""
    return replace(_sent("diary", DANA, None, {"what": "The bus broke down"}), status=Status.ended)


def _sent(key: str, who: Person, named: Person | None, fields: dict[str, str]) -> Request:
    process = PACK.processes[key]
    addressee = named.id if named and process.kind == "directed" else None
    owing = owed(a_request().id, process, PACK, who, EVERYBODY, Aim(addressee, (MARIA.id,), fields))
    asked = replace(a_request(requester=who, duties=owing), process=key, rule=process.rule, stages=(), fields=fields)
    return replace(asked, addressee=addressee, subject=named.id if named and addressee is None else None)


def _story(request: Request, first: str) -> list[Happening]:
    lines = [("", first, request.requester, ""), *((duty.id, "done", duty.done_by or HELEN.id, duty.what) for duty in request.duties)]
    at = (NOON + timedelta(minutes=number) for number in range(len(lines)))
    return [
        Happening(request.id, request.district, when, who, what, Status.pending, request.status, detail, "", about)
        for when, (about, what, who, detail) in zip(at, lines, strict=True)
    ]
