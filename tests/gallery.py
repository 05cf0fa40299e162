"""Every card and form of the product, by name, as Maple Grove's people would see them. For snapshots on every platform."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from handlers.actions import View
from handlers.answer import NOTHING_CHOSEN, think
from handlers.cards import Card, Faults, Form
from handlers.days import in_zone
from handlers.departed import LEFT
from handlers.ids import AnswerId, DutyId, QuestionId, RequestId, StageId
from handlers.kept import Feedback, Happening
from handlers.obstacles import Obstacle
from handlers.people import HALLPASS, DistrictKey, PersonId, Role, StandIn, StandInId
from handlers.policy.explain import Citation, Explained
from handlers.policy.facts import Facts
from handlers.policy.fields import Fault, Wrong
from handlers.policy.forms import Asked
from handlers.policy.letters import Letter, write
from handlers.policy.pack import Pack, Ruling
from handlers.policy.roll import named
from handlers.policy.understand.reading import Reading
from handlers.policy.vocabulary import Fact
from handlers.process import deciders, told
from handlers.wording import (
    affected,
    asking,
    change_forms,
    change_receipts,
    choosing,
    corrections,
    details,
    duties,
    feedback,
    first_words,
    forms,
    handing,
    history,
    letters,
    overdue,
    passing,
    permissions,
    reassigning,
    receipts,
    refusals,
    reminders,
    reopening,
    requests,
    stand_ins,
    students,
    twice,
    undelivered,
    unfilled,
)
from handlers.wording.affected import About, Affects, Why
from handlers.wording.answers import answer
from handlers.wording.undelivered import CHANNEL, NOBODY, Trouble
from handlers.workflow import refused as refusing
from handlers.workflow.asking import Asked as Put
from handlers.workflow.asking import Replied
from handlers.workflow.chain import Found
from handlers.workflow.correcting import Corrected, Unchanged
from handlers.workflow.late import Overdue, Owed
from handlers.workflow.permission import spanned, stopped
from handlers.workflow.request import Delegation, Duty, DutyStatus, Request, Stage, StageStatus, Status, Waits
from handlers.workflow.said import Change, Correction, Departure, Given, Left, Question, Reassigned, Word
from handlers.workflow.students import LAST, TakenOut
from handlers.workflow.untimely import AnsweredBefore, Begun, CorrectedSince, NotApproved
from storage.packs import DiskPacks
from tests.gallery_directed import directed
from tests.gallery_register import register
from tests.samples import DANA, EVERYBODY, HELEN, LEE, MAPLE_GROVE, MARIA, NGOZI, NOON, RAVI, SCHOOL, a_request
from tests.scenes import LOGO, NIECE, RELATED, TEAM, TEXTING

PACKS = Path(__file__).parent / "packs"
PACK = DiskPacks(PACKS).get(DistrictKey(MAPLE_GROVE))
KNOWN = {person.id: person for person in EVERYBODY}
STUDENTS = ("Ada Finch", "Bo Reyes")  # named in the form, and never to be named in a title or a summary
ANSWER, LATER = AnswerId("a1"), NOON + timedelta(hours=2)
TEXT = (PACKS / "maple-grove.txt").read_text(encoding="utf-8")
WEST = "Maple Grove West"
SIDE_BY_SIDE = (
    Found(Role.building_principal, (MARIA.id,), school=SCHOOL, turn=1),
    Found(Role.building_principal, (HELEN.id,), stands_in=Role.superintendent, school=WEST, turn=1),
    Found(Role.technology_department, (RAVI.id,)),
)
MARKED_UP = "<b>Ada</b> & *Bo* <script>alert(1)</script> \u202egnp.exe"


def gallery() -> dict[str, Card | Form | Faults]:
    """Return every card and form, each under the name of its moment."""
    questions = {**_first_words(), **_answers(), **_forms(), **_receipts()}
    further = {
        **_corrected(),
        **_followed(),
        **_duties(),
        **_refusals(),
        **_records(),
        **_undelivered(),
        **_passed(),
        **_changed(),
        **_register(),
        **_letters(),
        **_affected(),
        **_timed(),
        **_behind(),
        **directed(),
    }
    return {**questions, **_decisions(), **further}


def _answers() -> dict[str, Card | Form | Faults]:
    personal = {Fact.act: "contact", Fact.to: "student", Fact.account: "personal"}
    return {
        "answer-allowed": _answer({**personal, Fact.account: "district"}),
        "answer-needs-approval": _answer(TEXTING.known),
        "answer-needs-approval-quoted": _answer(TEXTING.known, TEXT),
        "answer-must-tell": _answer(RELATED.known),
        "answer-prohibited": _answer({**personal, Fact.purpose: "promotion"}),
        "answer-information": _answer({Fact.asked: "what", Fact.to: "colleague"}),
        "answer-silent": _answer({Fact.act: "keep", Fact.to: "colleague"}),
        "answer-question": _answer(personal),
        "answer-lost": answer(_thought(Reading(Facts(), understood=False), None), PACK, ANSWER),
        "answer-one-approver": _answer(LOGO.known),
        "answer-discouraged": answer(_explained(Ruling.discouraged, "You should not friend students."), PACK, ANSWER),
        "answer-must-act": answer(_explained(Ruling.must_act, "You keep every message for a year."), PACK, ANSWER),
        "answer-a-person-decides": answer(_explained(Ruling.unclear, "Whether a club counts is left open."), PACK, ANSWER),
    }


def _answer(known: Mapping[Fact, str], text: str | None = None) -> Card:
    return answer(_thought(Reading(Facts(known), understood=True), text), PACK, ANSWER)


def _thought(reading: Reading, text: str | None) -> Explained:
    def understand(turns: Sequence[str]) -> Reading:
        return reading

    return think(PACK, text, ("May I text my players?",), NOTHING_CHOSEN, understand).explained


def _explained(ruling: Ruling, says: str) -> Explained:
    facts = Facts({Fact.act: "befriend", Fact.to: "student"}, {Fact.act: "friend my students"})
    return Explained(ruling, facts, (Citation("E1", PACK.policy, "paragraph 6, sentence 1", says, None),), ask=Role.building_principal)


def _forms() -> dict[str, Card | Form | Faults]:
    own, family, logo = (PACK.processes[key] for key in ("own-phone", "family", "logo"))
    by_text = TEXTING.having(Fact.channel, "text")
    stands_in = (Found(Role.building_principal, (HELEN.id,), stands_in=Role.superintendent), Found(Role.technology_department, (RAVI.id,)))
    asked = Asked(name="starts", label="From", kind="date")
    address = own.duties[1]
    wanted, before = forms.request(ANSWER, own, by_text, deciders(own, PACK, DANA, EVERYBODY), KNOWN), (asked_for(), on_terms(approved()))
    return {
        "form-two-stages": forms.request(ANSWER, own, by_text, deciders(own, PACK, DANA, EVERYBODY), KNOWN),
        "form-stand-in": forms.request(ANSWER, own, TEXTING, stands_in, KNOWN),
        "form-notice": forms.request(ANSWER, family, RELATED, told(family, PACK, DANA, EVERYBODY), KNOWN),
        "form-every-kind": forms.request(ANSWER, logo, LOGO, deciders(logo, PACK, DANA, EVERYBODY), KNOWN),
        "form-asked-before": twice.noticed(wanted, before, PACK, KNOWN),
        "form-asked-twice": twice.held_up(wanted, TEAM, before[:1], PACK, KNOWN),
        "form-side-by-side": forms.request(ANSWER, own, TEXTING, SIDE_BY_SIDE, KNOWN),
        "form-denial": forms.denial(StageId("r1.s1"), DANA.name),
        "form-address": forms.evidence(DutyId("r1.d2"), address.what, address),
        "form-not-helpful": feedback.what_was_wrong(_said("The clause about parents was missing"), PACK),
        "form-date": forms.evidence(DutyId("r1.d3"), "Inform the parents", own.duties[2]),
        "form-what-was-done": forms.evidence(
            DutyId("r1.d4"), "Speak with the parents", own.duties[2].model_copy(update={"evidence": "text"})
        ),
        "faults": forms.faults([Fault(asked, wrong) for wrong in Wrong]),
        "unfilled-school": unfilled.card(unfilled.Unfilled("2026-03-02", Role.building_principal, decides=True, school=SCHOOL), PACK),
        "unfilled-district": unfilled.card(unfilled.Unfilled("2026-03-02", Role.supervisor, decides=False), PACK),
        "nobody-decides": forms.nobody(Found(Role.superintendent, ()), PACK),
        "nobody-is-told": forms.nobody(Found(Role.building_principal, ()), PACK, decides=False),
    }


def _decisions() -> dict[str, Card | Form | Faults]:
    return {
        "decide-open": _decide(asked_for()),
        "decide-open-second-stage": _decide(agreed(), 1),
        "decide-open-marked-up": _decide(replace(asked_for(), fields={"students": MARKED_UP, "reason": MARKED_UP})),
        "decide-approved-not-final": _decide(agreed()),
        "decide-not-yet": _decide(asked_for(), 1),
        "decide-approved": _decide(approved()),
        "decide-open-stood-in": _decide(stood_in(), 1),
        "decide-denied": _decide(denied()),
        "decide-denied-afterwards": _decide(denied_afterwards()),
        "decide-withdrawn": _decide(withdrawn()),
        "decide-requester-left": requests.to_decide(asked_for(), asked_for().stages[0], PACK, {}, MARIA.id),
        "decide-earlier-rules": _decide(replace(asked_for(), process="dropped", rule="Z9")),
        "decide-logo": _decide(
            replace(
                asked_for(),
                process="logo",
                rule="S1",
                fields={"what": "The mascot", "sure": "yes", "size": "small", "starts": "2026-04-01"},
            )
        ),
    }


def _decide(request: Request, stage: int = 0) -> Card:
    return requests.to_decide(request, request.stages[stage], PACK, KNOWN, MARIA.id)


def _followed() -> dict[str, Card | Form | Faults]:
    return {
        "follow-pending": requests.to_follow(asked_for(), PACK, KNOWN),
        "follow-stand-in": requests.to_follow(standing_in(), PACK, KNOWN),
        "follow-supervisor": requests.to_follow(to_supervisor(), PACK, KNOWN),
        "follow-second-stage": requests.to_follow(agreed(), PACK, KNOWN),
        "follow-approved": requests.to_follow(approved(), PACK, KNOWN),
        "follow-denied": requests.to_follow(denied(), PACK, KNOWN),
        "follow-withdrawn": requests.to_follow(withdrawn(), PACK, KNOWN),
        "follow-lapsed": requests.to_follow(replace(withdrawn(), status=Status.lapsed), PACK, KNOWN),
        "follow-revoked": requests.to_follow(replace(approved(), status=Status.revoked), PACK, KNOWN),
        "follow-notice": requests.to_follow(noticed(), PACK, KNOWN),
        "outcome-one-agreed": _outcome(agreed()),
        "outcome-approved": _outcome(approved(), 1),
        "outcome-approved-nothing-owed": _outcome(replace(approved(), duties=()), 1),
        "outcome-denied": _outcome(denied()),
        "outcome-denied-afterwards": _outcome(denied_afterwards()),
        "outcome-withdrawn-afterwards": _outcome(replace(agreed(), status=Status.withdrawn, stages=(agreed().stages[0],))),
        "know-notice": requests.to_know(noticed(), PACK, KNOWN),
        "know-approved": requests.to_know(approved(), PACK, KNOWN),
    }


def _outcome(request: Request, stage: int = 0) -> Card:
    return requests.outcome(request, request.stages[stage], PACK, KNOWN)


def _duties() -> dict[str, Card | Form | Faults]:
    copy, address, parents = approved().duties
    return {
        "duty-open": duties.to_do(approved(), copy, PACK, KNOWN),
        "duty-open-with-form": duties.to_do(approved(), address, PACK, KNOWN),
        "duty-open-district-setting": duties.to_do(approved(), parents, PACK, KNOWN),
        "duty-open-earlier-rules": duties.to_do(approved(), replace(copy, key="dropped"), PACK, KNOWN),
        "duty-done": duties.to_do(approved(), _done(copy, DANA.id), PACK, KNOWN),
        "duty-done-with-address": duties.to_do(approved(), _handed_in(), PACK, KNOWN),
        "duty-done-with-date": duties.to_do(approved(), _done(parents, MARIA.id, "2026-03-03"), PACK, KNOWN),
        "handed-in": duties.handed_in(approved(), _handed_in(), PACK, KNOWN),
        "handed-in-without-evidence": duties.handed_in(approved(), _done(copy, DANA.id), PACK, KNOWN),
    }


def _letters() -> dict[str, Card | Form | Faults]:
    """The letter that Maria sends to the parents, and what she says of it afterwards."""
    parents = approved().duties[2]
    owed = PACK.processes["own-phone"].duties[2]
    told = letters.told(approved(), parents, PACK, KNOWN, MARIA, LATER.date())
    letter = write(PACK.letters["parents"], told)
    assert isinstance(letter, Letter)
    asks = (
        Asked(name="sent_by", label="Who sent it"),
        Asked(name="sent", label="On which day", kind="date"),
        Asked(name="activity", label="To whose parents"),
        Asked(name="how", label="How", kind="choice", options=("on paper", "by e-mail")),
    )
    sent = ("Ngozi Okafor", "2026-03-03", "Girls' basketball", "on paper")
    given = tuple(Given(one.name, one.label, value) for one, value in zip(asks, sent, strict=True))
    done = replace(_done(parents, MARIA.id), given=given)
    form = forms.evidence(parents.id, parents.what, owed.model_copy(update={"evidence": "none", "asks": asks}))
    told_them = replace(approved(), duties=(*approved().duties[:2], done))
    return {
        "letter": letters.to_send(letter, parents, owed, ""),
        "letter-sent-before": letters.to_send(letter, done, owed, ""),
        "letter-with-link": letters.to_send(letter, parents, owed, "https://hallpass.maplegrove.example/letters/sealed"),
        "refused-letter-unwritable": letters.unwritable(),
        "form-letter-sent": form.filled({"activity": "Girls' basketball"}),
        "duty-done-with-letter": duties.to_do(told_them, done, PACK, KNOWN),
        "follow-parents-told": requests.to_follow(told_them, PACK, KNOWN),
    }


def _affected() -> dict[str, Card | Form | Faults]:
    """The rules have changed since somebody asked."""
    old = replace(approved(), fields={"students": TEAM["students"]}, stages=approved().stages[:1])
    changed = (Why.deciders, Why.fields, Why.words)
    return {
        "affected-requester": _affects(old, changed, DANA.id),
        "affected-decider": _affects(old, changed, MARIA.id),
        "affected-pending": _affects(replace(asked_for(), rule="Z9"), (Why.rule,), MARIA.id),
        "affected-form-gone": _affects(replace(asked_for(), process="dropped"), (Why.process,), DANA.id),
        "affected-over": _affects(revoked(), (Why.words,), DANA.id),
        "affected-needs-approval-now": _affects(replace(noticed(), process="own-phone", fields=TEAM), (Why.kind,), DANA.id),
        "affected-is-a-notice-now": _affects(replace(approved(), process="family"), (Why.kind,), DANA.id),
        "affected-every-verdict": affected.affected(
            str(About(RequestId("r1"), "0" * 64, tuple(Affects(Why.verdict, now) for now in affected.RULINGS))),
            approved(),
            PACK,
            KNOWN,
            MARIA.id,
        ),
    }


def _affects(request: Request, whys: Sequence[Why], reader: PersonId) -> Card:
    return affected.affected(str(About(request.id, "0" * 64, tuple(map(Affects, whys)))), request, PACK, KNOWN, reader)


def _receipts() -> dict[str, Card | Form | Faults]:
    return {
        "receipt-sent": receipts.sent(asked_for(), PACK),
        "receipt-notice": receipts.sent(noticed(), PACK),
        "receipt-notice-nobody-told": receipts.sent(replace(noticed(), process="dropped"), PACK),
        "receipt-one-agreed": receipts.settled(agreed(), KNOWN),
        "receipt-approved": receipts.settled(approved(), KNOWN),
        "receipt-denied": receipts.settled(denied(), KNOWN),
        "receipt-withdrawn": receipts.settled(withdrawn(), KNOWN),
        "receipt-done": receipts.fulfilled(_handed_in()),
        "receipt-helpful": feedback.thanks(replace(_said(""), helpful=True), PACK),
        "receipt-not-helpful": feedback.thanks(_said(""), PACK),
    }


def _said(words: str) -> Feedback:
    return Feedback(ANSWER, DANA.id, helpful=False, words=words, at=NOON)


def _refusals() -> dict[str, Card | Form | Faults]:
    first, second = asked_for().stages
    refused: dict[str, refusing.Refusal] = {
        "unknown": refusing.Unknown(),
        "already-approved": refusing.Already(approved()),
        "already-denied": refusing.Already(denied()),
        "already-withdrawn": refusing.Already(withdrawn()),
        "already-lapsed": refusing.Already(replace(withdrawn(), status=Status.lapsed)),
        "already-ended": refusing.Already(noticed()),
        "already-revoked": refusing.Already(replace(approved(), status=Status.revoked)),
        "stage-over": refusing.StageOver(agreed(), agreed().stages[0]),
        "too-early": refusing.TooEarly(asked_for(), second),
        "not-yours": refusing.NotYours((MARIA.id, NGOZI.id)),
        "not-yours-nobody-left": refusing.NotYours(()),
        "own-request": refusing.OwnRequest(),
        "same-person": refusing.SamePerson(replace(first, role=Role.supervisor)),
        "repeated": refusing.Repeated(),
        "duty-over": refusing.DutyOver(_handed_in()),
    }
    others = {
        "not-said": refusals.not_said(),
        "said-too-much": refusals.said_too_much(40_000),
        "old-answer": refusals.old_answer(),
        "unknown-button": refusals.unknown_button(),
        "not-for-you": refusals.not_for_you(),
        "no-longer-yours": refusals.no_longer_yours(),
    }
    return {
        f"refused-{name}": card for name, card in ({key: refusals.refused(why, KNOWN) for key, why in refused.items()} | others).items()
    }


def _records() -> dict[str, Card | Form | Faults]:
    happened = (
        ("sent", DANA.id, "", ""),
        ("refused", LEE.id, "tried to approve it as building principal", "r1.s1"),
        ("refused", LEE.id, "", ""),
        ("approved", MARIA.id, "", "r1.s1"),
        ("denied", RAVI.id, "The team has an app", "r1.s2"),
        ("done", DANA.id, "Hand in the number you use (https://texts.example/whitlock)", "r1.d2"),
        ("withdrawn", PersonId("gone"), "", ""),
        ("noticed", DANA.id, "", ""),
    )
    story = [_line(number, *one) for number, one in enumerate(happened)]
    return {
        "record": history.story(denied_afterwards(), story, PACK, KNOWN),
        "record-notice": history.story(noticed(), story[-1:], PACK, KNOWN),
        "record-earlier-rules": history.story(replace(approved(), process="dropped", rule="Z9"), story[:1], PACK, KNOWN),
        "record-stood-in": history.story(stood_in(), story[3:5], PACK, KNOWN),
        "record-more": history.more(200),
        "record-empty": history.nothing_yet(),
    }


def _first_words() -> dict[str, Card | Form | Faults]:
    return {
        "help": first_words.can_do(),
        "broke": refusals.broke(),
        "refused-not-sent": refusals.not_sent(["Reason: please fill this in."]),
        "refused-too-slow": refusals.too_slow(),
        "not-known": first_words.not_known(),
        "proposed": first_words.proposed("Dana Whitlock", "dana.whitlock@maplegrove.example"),
        **{f"nothing-{view}": first_words.nothing(view) for view in View},
    }


def _undelivered() -> dict[str, Card | Form | Faults]:
    parents = replace(approved().duties[2], owners=(MARIA.id, HELEN.id))
    told = {one.value: Trouble(one, "2026-03-02", MARIA.id) for one in Obstacle} | {
        "a-stranger": Trouble(Obstacle.left, "2026-03-02", "gone:for:good"),
        "nobody-decides": Trouble(NOBODY, "2026-03-02", "r1.s1"),
        "nobody-does": Trouble(NOBODY, "2026-03-02", "r1.d3"),
        "nobody-is-left": Trouble(NOBODY, "2026-03-02", "dropped"),
        "channel": Trouble(CHANNEL, "2026-03-02", "", Obstacle.closed),
    }
    happened = _line(1, "rerouted", PersonId(""), undelivered.rerouted([HELEN.id], [MARIA.id, NGOZI.id], KNOWN), "r1.s1")
    return {
        **{f"undelivered-{name}": undelivered.undelivered(str(one), approved(), PACK, KNOWN) for name, one in told.items()},
        "duty-passed-on": undelivered.passed_on(approved(), parents, PACK, KNOWN),
        "duty-passed-on-and-done": undelivered.passed_on(approved(), _done(parents, HELEN.id, "2026-03-03"), PACK, KNOWN),
        "record-rerouted": history.story(asked_for(), [happened], PACK, KNOWN),
    }


def _passed() -> dict[str, Card | Form | Faults]:
    nobody = stand_ins.standing(MARIA.id, None, PACK.settings, KNOWN)
    copy = replace(approved().duties[0], owners=(RAVI.id, LEE.id), owner_role=Role.technology_department)
    taken = replace(copy, taken_by=RAVI.id, taken_at=LATER)
    given = replace(taken, taken_by=LEE.id, handed=Word(RAVI.id, LATER, "You know the team"))
    again = replace(given, reopened=Word(DANA.id, LATER, "Two messages went without a copy"))
    theirs = replace(approved(), duties=(*approved().duties[:2], _done(approved().duties[2], MARIA.id, "2026-03-03")))
    happened = (
        ("delegated", MARIA.id, passing.asked(NGOZI.name, "I am away this week"), "r1.s1"),
        ("approved", NGOZI.id, "", "r1.s1"),
        ("taken", LEE.id, passing.took(copy, ""), "r1.d1"),
        ("taken_over", RAVI.id, passing.took(copy, LEE.name), "r1.d1"),
        ("handed_over", RAVI.id, handing.handed(given, LEE.name), "r1.d1"),
        ("reopened", DANA.id, reopening.not_done(copy, "Two messages went without a copy"), "r1.d1"),
    )
    story = [_line(number, *one) for number, one in enumerate(happened)]
    return {
        "decide-open-delegated": _decide(delegated()),
        "decide-approved-by-delegate": _decide(by_delegate()),
        "decide-open-stand-in": _decide(beside()),
        "decide-approved-by-stand-in": _decide(by_stand_in()),
        "follow-delegated": requests.to_follow(delegated(), PACK, KNOWN),
        "follow-beside": requests.to_follow(beside(), PACK, KNOWN),
        "outcome-by-delegate": _outcome(by_delegate()),
        "duty-to-take": duties.to_do(approved(), copy, PACK, KNOWN),
        "duty-taken": duties.to_do(approved(), taken, PACK, KNOWN),
        "duty-handed-over": duties.to_do(approved(), given, PACK, KNOWN),
        "duty-handed-over-without-a-word": duties.to_do(approved(), replace(given, handed=Word(RAVI.id, LATER)), PACK, KNOWN),
        "duty-opened-again": duties.to_do(approved(), again, PACK, KNOWN),
        "handed-in-opened-again": duties.handed_in(approved(), again, PACK, KNOWN),
        "follow-done-by-others": requests.to_follow(theirs, PACK, KNOWN),
        "form-hand-over": handing.form(taken, (LEE, NGOZI)),
        "form-reopen": reopening.form(_handed_in()),
        "receipt-handed-over": handing.done(given, LEE.name),
        "receipt-reopened": reopening.done(again, KNOWN),
        "refused-nobody-to-hand-over-to": handing.nobody_else(),
        "refused-still-open": reopening.still_open(copy),
        "record-delegated": history.story(by_delegate(), story, PACK, KNOWN),
        "record-by-stand-in": history.story(by_stand_in(), story[1:2], PACK, KNOWN),
        "decide-given-away": _decide(given_away()),
        "decide-open-given": requests.to_decide(given_away(), given_away().stages[0], PACK, KNOWN, HELEN.id),
        "decide-approved-by-whoever-got-it": _decide(by_whoever_got_it()),
        "follow-given-away": requests.to_follow(given_away(), PACK, KNOWN),
        "reminder-given-away": reminders.to_decide(given_away(), given_away().stages[0], PACK, KNOWN, MARIA.id),
        "form-give-away": reassigning.form(StageId("r1.s1"), DANA.name, (HELEN, RAVI)),
        "receipt-given-away": reassigning.given(HELEN.name),
        "refused-with-another": reassigning.with_another(given_away().stages[0], KNOWN),
        "refused-nobody-to-give-to": reassigning.nobody_else(),
        "form-delegate": passing.delegation(StageId("r1.s1"), DANA.name, (NGOZI, RAVI)),
        "form-delegate-namesakes": passing.delegation(
            StageId("r1.s1"), DANA.name, (NGOZI, replace(NGOZI, email="n.okafor@maplegrove.example"))
        ),
        "form-delegate-many": passing.delegation(StageId("r1.s1"), DANA.name, [*EVERYBODY] * 17),
        "form-name-stand-in": stand_ins.naming(MARIA.id, (NGOZI, HELEN), PACK.settings, NOON.date()),
        "standing-nobody": nobody,
        "standing": stand_ins.standing(MARIA.id, STANDING, PACK.settings, KNOWN),
        "receipt-delegated": passing.delegated(NGOZI.name),
        "receipt-stand-in": stand_ins.named(STANDING, PACK.settings, KNOWN),
        "receipt-stand-in-ended": stand_ins.ended(),
        "receipt-taken": passing.has_it(taken),
        "refused-asked-before": passing.asked_before(NGOZI.id, KNOWN),
        "refused-nobody-else": passing.nobody_else(),
        "refused-nobody-stands-in": stand_ins.nobody(),
        "refused-not-standing": stand_ins.not_standing(),
        "refused-taken-before": passing.taken_before(taken, KNOWN),
        "faults-unknown-email": choosing.faults([Fault(Asked(name="email", label="By e-mail"), Wrong.not_a_choice)]),
        **{f"faults-days-{days.value.replace('_', '-')}": stand_ins.wrong(days, PACK.settings) for days in stand_ins.Days},
    }


def _line(number: int, what: str, who: PersonId, detail: str, about: str) -> Happening:
    at = NOON + timedelta(minutes=number)
    return Happening(asked_for().id, MAPLE_GROVE, at, who, what, Status.pending, Status.pending, detail, "0" * 64, about)


def asked_for() -> Request:
    """Dana's request to text her team, just sent: first Maria or Ngozi decides, then Ravi."""
    stages = (
        Stage(StageId("r1.s1"), Role.building_principal, (MARIA.id, NGOZI.id), StageStatus.open),
        Stage(StageId("r1.s2"), Role.technology_department, (RAVI.id,), StageStatus.waiting),
    )
    return _request(PACK, "own-phone", TEAM, stages)


def to_supervisor() -> Request:
    """A request that the supervisor alone decides."""
    return _request(PACK, "own-phone", TEAM, (Stage(StageId("r1.s1"), Role.supervisor, (MARIA.id,), StageStatus.open),))


def standing_in() -> Request:
    """Nobody was principal, and Helen was asked."""
    first, second = asked_for().stages
    return replace(asked_for(), stages=(replace(first, people=(HELEN.id,), stands_in=Role.superintendent), second))


def stood_in() -> Request:
    """Helen has agreed in the principal's place; it is Ravi's turn."""
    first, second = agreed().stages
    return replace(agreed(), stages=(replace(first, people=(HELEN.id,), stands_in=Role.superintendent, decided_by=HELEN.id), second))


def noticed() -> Request:
    """Dana's notice of her niece."""
    return _request(PACK, "family", NIECE, (), Status.ended)


def agreed() -> Request:
    """Maria has agreed; it is Ravi's turn."""
    first, second = asked_for().stages
    return replace(asked_for(), stages=(_decided(first, StageStatus.approved, MARIA.id, NOON), replace(second, status=StageStatus.open)))


def approved() -> Request:
    """Both have agreed, and three duties follow."""
    first, second = agreed().stages
    stages = (first, _decided(second, StageStatus.approved, RAVI.id, LATER))
    owed = PACK.processes["own-phone"].duties
    owing = (
        Duty(DutyId("r1.d1"), "copy", owed[0].what, Role.staff, (DANA.id,)),
        Duty(DutyId("r1.d2"), "address", owed[1].what, Role.staff, (DANA.id,)),
        Duty(DutyId("r1.d3"), "parents", owed[2].what, Role.building_principal, (MARIA.id,)),
    )
    return replace(asked_for(), status=Status.approved, stages=stages, duties=owing)


def denied() -> Request:
    """Maria has denied it, with a reason."""
    first, second = asked_for().stages
    stages = (_decided(first, StageStatus.denied, MARIA.id, NOON, "The team has an app"), replace(second, status=StageStatus.closed))
    return replace(asked_for(), status=Status.denied, stages=stages)


def denied_afterwards() -> Request:
    """Maria had agreed, and Ravi denied it."""
    first, second = agreed().stages
    stages = (first, _decided(second, StageStatus.denied, RAVI.id, LATER, "The team has an app"))
    return replace(asked_for(), status=Status.denied, stages=stages)


def withdrawn() -> Request:
    """Dana took it back before anybody had decided."""
    closed = tuple(replace(stage, status=StageStatus.closed) for stage in asked_for().stages)
    return replace(asked_for(), status=Status.withdrawn, stages=closed)


def _request(pack: Pack, process: str, fields: dict[str, str], stages: tuple[Stage, ...], status: Status = Status.pending) -> Request:
    return replace(a_request(), process=process, rule=pack.processes[process].rule, fields=fields, stages=stages, status=status)


def _decided(stage: Stage, status: StageStatus, who: PersonId, at: datetime, reason: str = "") -> Stage:
    return replace(stage, status=status, decided_by=who, decided_at=at, reason=reason)


def _handed_in() -> Duty:
    return _done(approved().duties[1], DANA.id, "https://texts.example/whitlock")


def _done(duty: Duty, who: PersonId, evidence: str = "") -> Duty:
    return replace(duty, status=DutyStatus.done, done_by=who, done_at=LATER, evidence=evidence)


STANDING = StandIn(StandInId("i1"), MAPLE_GROVE, MARIA.id, NGOZI.id, NOON, NOON + timedelta(days=12), (NOON + timedelta(days=11)).date())


def _with_first(request: Request, **changed: object) -> Request:
    first, *later = request.stages
    return replace(request, stages=(replace(first, **changed), *later))  # type: ignore[arg-type]  # each test names real fields


def delegated() -> Request:
    """Maria has asked Ngozi to decide, too."""
    asked = (Delegation(NGOZI.id, MARIA.id, "I am away this week"),)
    return _with_first(asked_for(), people=(MARIA.id, NGOZI.id), delegations=asked)


def given_away() -> Request:
    """Maria gave it to Helen."""
    went = Reassigned(HELEN.id, MARIA.id, LATER, "It is about the whole district", (MARIA.id,))
    return _with_first(asked_for(), people=(HELEN.id,), reassigned=(went,))


def by_whoever_got_it() -> Request:
    """Helen has agreed."""
    went = given_away().stages[0].reassigned
    return _with_first(agreed(), people=(MARIA.id, HELEN.id), decided_by=HELEN.id, reassigned=went)


def by_delegate() -> Request:
    """Ngozi has agreed, at Maria's asking."""
    return _with_first(agreed(), decided_by=NGOZI.id, delegations=delegated().stages[0].delegations)


def beside() -> Request:
    """Ngozi stands in for Maria."""
    asked = (Delegation(NGOZI.id, MARIA.id, until=STANDING.last_day),)
    return _with_first(asked_for(), people=(MARIA.id, NGOZI.id), delegations=asked)


def by_stand_in() -> Request:
    """Ngozi has agreed in Maria's place, who herself stood in for nobody's principal."""
    return _with_first(agreed(), decided_by=NGOZI.id, delegations=beside().stages[0].delegations, stands_in=Role.superintendent)


WAITS = Waits(*(NOON + timedelta(days=days) for days in (2, 7, 28)))


def waiting_long() -> Request:
    """Dana's request, with what happens if nobody decides; Helen was asked, too, because nobody had."""
    first, second = asked_for().stages
    return replace(asked_for(), stages=(replace(first, people=(*first.people, HELEN.id), added=(HELEN.id,), waits=WAITS), second))


def standing_still() -> Request:
    """Dana has not answered Maria's second question."""
    return replace(waiting_long(), questions=asked_about().questions)


def lapsed() -> Request:
    """Nobody decided in the district's time."""
    stages = tuple(replace(stage, status=StageStatus.closed) for stage in waiting_long().stages)
    return replace(waiting_long(), status=Status.lapsed, stages=stages)


def _behind() -> dict[str, Card | Form | Faults]:
    every = [Overdue(SCHOOL, kind, owed, days, 1 + days) for kind in overdue.KINDS for owed in Owed for days in (0, 1, 9)]
    return {"overdue-in-the-district": overdue.card(every), "overdue-once": overdue.card([Overdue("", "report", Owed.duty, 3, 1)])}


def _timed() -> dict[str, Card | Form | Faults]:
    """What is said because time has passed."""
    asked, known, holds = waiting_long(), KNOWN, replace(approved(), ends=NOON + timedelta(days=14))
    own = PACK.processes["own-phone"]
    parents = replace(approved().duties[2], due=NOON + timedelta(days=7))
    taken = replace(parents, taken_by=MARIA.id, taken_at=LATER)
    only = replace(asked.stages[0], waits=Waits(lapse=WAITS.lapse))
    happened = [
        ("reminded", reminders.reminded(asked.stages[0].people, known)),
        ("escalated", reminders.escalated([HELEN.id], known)),
        ("lapsed", ""),
    ]
    lines = [Happening(asked.id, MAPLE_GROVE, LATER, HALLPASS, what, "pending", "pending", detail) for what, detail in happened]
    return {
        "decide-open-for-so-long": _decide(asked),
        "decide-open-standing-still": _decide(standing_still()),
        "decide-lapsed": _decide(lapsed()),
        "follow-if-nobody-decides": requests.to_follow(asked, PACK, known),
        "follow-if-nobody-decides-lapses": requests.to_follow(replace(asked, stages=(only, asked.stages[1])), PACK, known),
        "follow-standing-still": requests.to_follow(standing_still(), PACK, known),
        "asked-standing-still": asking.to_requester(standing_still(), standing_still().questions[1], PACK, known),
        "form-renew-lapsed": change_forms.to_renew(lapsed(), own, deciders(own, PACK, DANA, EVERYBODY), known),
        "reminder": reminders.to_decide(asked, asked.stages[0], PACK, known, MARIA.id),
        "reminder-decided": reminders.to_decide(approved(), approved().stages[0], PACK, known, MARIA.id),
        "lapsed": reminders.lapsed(lapsed(), lapsed().stages[0], PACK, known, DANA.id),
        "lapsed-decider": reminders.lapsed(lapsed(), lapsed().stages[0], PACK, known, MARIA.id),
        "ending": reminders.ending(holds, PACK),
        "ending-over": reminders.ending(replace(holds, status=Status.ended), PACK),
        "duty-open-due": duties.to_do(approved(), parents, PACK, known),
        "duty-due": reminders.to_do(approved(), parents, PACK, known),
        "duty-due-taken": reminders.to_do(approved(), taken, PACK, known),
        "duty-due-done": reminders.to_do(approved(), _done(parents, MARIA.id, "2026-03-03"), PACK, known),
        "overdue": reminders.overdue(approved(), parents, PACK, known),
        "overdue-done": reminders.overdue(approved(), _done(parents, MARIA.id, "2026-03-03"), PACK, known),
        "history-lapsed": history.story(lapsed(), lines, PACK, known),
    }


def _changed() -> dict[str, Card | Form | Faults]:
    """What changes a request before its decision, and a permission after it."""
    own, asked, known = PACK.processes["own-phone"], asked_about(), KNOWN
    answered, waits = asked.questions
    over = replace(approved(), questions=asked.questions)
    return {
        "decide-open-asked": _decide(asked),
        "decide-open-on-terms": _decide(on_terms(agreed()), 1),
        "decide-approved-on-terms": _decide(on_terms(approved())),
        "decide-open-renewal": _decide(replace(asked_for(), renews=RequestId("r0"))),
        "decide-revoked": _decide(revoked()),
        "follow-asked": requests.to_follow(asked, PACK, known),
        "follow-on-terms": requests.to_follow(on_terms(approved()), PACK, known),
        "follow-revoked-by": requests.to_follow(revoked(), PACK, known),
        "follow-given-back": requests.to_follow(given_back(), PACK, known),
        "outcome-on-terms": _outcome(on_terms(approved()), 1),
        "outcome-revoked-afterwards": _outcome(revoked(), 1),
        "outcome-given-back-afterwards": _outcome(given_back(), 1),
        "outcome-ended-afterwards": _outcome(replace(approved(), status=Status.ended), 1),
        "revoked": permissions.revoked(revoked(), PACK, known),
        "revoked-by-somebody": permissions.revoked(replace(revoked(), stopped_by=None), PACK, known),
        "granted": permissions.granted(_in_the_zone(replace(on_terms(approved()), fields={**TEAM, "starts": "2026-03-09"})), PACK, known),
        "question": asking.to_requester(asked, waits, PACK, known),
        "question-answered": asking.to_requester(asked, answered, PACK, known),
        "question-too-late": asking.to_requester(over, waits, PACK, known),
        "answer-for-deciders": asking.to_deciders(asked, answered, PACK, known),
        "answer-for-deciders-later": asking.to_deciders(over, answered, PACK, known),
        "form-narrow": change_forms.terms_to_narrow(asked_for(), own, StageId("r1.s1"), known),
        "form-narrow-every-kind": change_forms.terms_to_narrow(_logo_wanted(), PACK.processes["logo"], StageId("r1.s1"), known),
        "form-ask": change_forms.to_ask(DANA.id, StageId("r1.s1"), known),
        "form-answer": change_forms.to_answer(waits, known),
        "form-revoke": change_forms.to_revoke(approved(), known),
        "form-renew": change_forms.to_renew(approved(), own, deciders(own, PACK, DANA, EVERYBODY), known),
        "form-renew-every-kind": change_forms.to_renew(
            _logo_wanted(), PACK.processes["logo"], deciders(PACK.processes["logo"], PACK, DANA, EVERYBODY), known
        ),
        "receipt-asked": change_receipts.exchanged(Put(asked, waits), known),
        "receipt-answered": change_receipts.exchanged(Replied(asked, answered), known),
        "receipt-revoked": receipts.settled(revoked(), known),
        "receipt-given-back": receipts.settled(given_back(), known),
        "refused-not-approved": refusals.refused(NotApproved(asked_for()), known),
        "refused-answered-before": refusals.refused(AnsweredBefore(answered), known),
        "refused-answered-before-nobody-knows-when": refusals.refused(AnsweredBefore(waits), known),
        "record-changed": history.story(on_terms(revoked()), _lines_of_changes(), PACK, known),
    }


def _register() -> dict[str, Card | Form | Faults]:
    return register(approved(), agreed(), PACK, KNOWN)


def _corrected() -> dict[str, Card | Form | Faults]:
    """What changes a request without anybody deciding."""
    line = _line(1, "corrected", DANA.id, "Students: corrected", "")
    return {
        "decide-open-corrected": _decide(corrected()),
        "follow-corrected": requests.to_follow(corrected(), PACK, KNOWN),
        "form-correct": corrections.form(asked_for(), PACK.processes["own-phone"]),
        "form-correct-every-kind": corrections.form(_logo_wanted(), PACK.processes["logo"]),
        "receipt-corrected": corrections.receipt(Corrected(corrected())),
        "receipt-nothing-corrected": corrections.receipt(Unchanged()),
        "refused-corrected-since": refusals.refused(CorrectedSince(corrected(), corrected().stages[0], 0), KNOWN),
        "refused-begun": refusals.refused(Begun(agreed(), agreed().stages[0]), KNOWN),
        "left-withdrawn": permissions.left(withdrawn(), PACK, KNOWN),
        "left-ended": permissions.left(replace(approved(), status=Status.ended), PACK, KNOWN),
        "record-left": history.story(withdrawn(), [_line(1, "withdrawn", PersonId(""), LEFT, "")], PACK, KNOWN),
        "decide-open-side-by-side": _decide(side_by_side(), 1),
        "follow-side-by-side": requests.to_follow(side_by_side(), PACK, KNOWN),
        "outcome-side-by-side": _outcome(side_by_side(), 0),
        **_without_students(),
        "record-corrected": history.story(corrected(), [line], PACK, KNOWN),
    }


def _without_students() -> dict[str, Card | Form | Faults]:
    one, nobody = without_bo(), without_anybody()
    lines = [
        _line(1, "student_left", DANA.id, students.recorded(Left.activity, 1), ""),
        _line(2, "refused", LEE.id, students.TRIED, ""),
        _line(3, "student_left", MARIA.id, students.recorded(Left.school, 0), ""),
    ]
    fields = PACK.processes["own-phone"].fields
    return {
        "decide-student-left": _decide(one),
        "follow-student-left": requests.to_follow(one, PACK, KNOWN),
        "follow-last-student-left": requests.to_follow(nobody, PACK, KNOWN),
        "outcome-last-student-left": _outcome(nobody, 1),
        "student-left": students.left("r1:1", one, PACK, KNOWN),
        "student-left-last": students.left("r1:2", nobody, PACK, KNOWN),
        "student-left-over-since": students.left("r1:1", replace(one, status=Status.revoked), PACK, KNOWN),
        "form-student-left": students.form(approved(), named(fields, approved().fields)),
        "receipt-student-left": students.receipt(TakenOut(one, 1)),
        "receipt-last-student-left": students.receipt(TakenOut(nobody, 0)),
        "refused-no-student-named": students.nobody(),
        "record-student-left": history.story(nobody, lines, PACK, KNOWN),
    }


def without_bo() -> Request:
    """One of the two students has left the team."""
    return replace(approved(), fields={**TEAM, "students": "Ada Finch"}, departures=(Departure(LATER, DANA.id, "Bo Reyes", Left.activity),))


def without_anybody() -> Request:
    """The other one has left the school."""
    fields = {name: value for name, value in TEAM.items() if name != "students"}
    departures = (*without_bo().departures, Departure(LATER, MARIA.id, "Ada Finch", Left.school))
    gone = replace(without_bo(), fields=fields, departures=departures, status=Status.ended)
    return stopped(gone, MARIA.id, LAST, LATER)


def side_by_side() -> Request:
    """The principals of two schools are asked at once, and Maria has agreed."""
    first, second = asked_for().stages
    maria = replace(_decided(first, StageStatus.approved, MARIA.id, NOON), people=(MARIA.id,), turn=1, school=SCHOOL)
    ngozi = replace(first, id=StageId("r1.s3"), people=(NGOZI.id,), turn=1, school=WEST)
    return replace(asked_for(), stages=(maria, ngozi, second))


def corrected() -> Request:
    """Dana has corrected whom she would text, and how."""
    changes = (Change("students", "Students", TEAM["students"], "Ada Finch"), Change("channel", "How", "", "text messages"))
    fields = {**TEAM, "students": "Ada Finch", "channel": "text messages"}
    return replace(asked_for(), fields=fields, corrections=(Correction(LATER, changes),))


def _lines_of_changes() -> list[Happening]:
    happened = (
        ("sent", DANA.id, details.renews(RequestId("r0")), ""),
        ("asked", MARIA.id, "", "r1.s1"),
        ("answered", DANA.id, "", ""),
        ("changed", MARIA.id, "Until: nothing → June 5, 2026", "r1.s1"),
        ("approved", MARIA.id, "Only until the season is over", "r1.s1"),
        ("refused", LEE.id, "tried to revoke it", ""),
        ("rules_changed", PersonId(""), "told Dana Whitlock that the rules have changed since. There is no such form any more.", ""),
        ("revoked", HELEN.id, "The number was passed on", ""),
        ("ended", DANA.id, "", ""),
    )
    return [_line(number, *one) for number, one in enumerate(happened)]


def asked_about() -> Request:
    """Maria has asked twice; Dana has answered once."""
    first = Question(QuestionId("q1"), StageId("r1.s1"), MARIA.id, "Which team is it?", NOON, "The varsity team", LATER)
    second = Question(QuestionId("q2"), StageId("r1.s1"), NGOZI.id, "Until when do you need it?", LATER)
    return replace(asked_for(), questions=(first, second))


def on_terms(request: Request) -> Request:
    """Maria has agreed on terms: calls only, until June."""
    first, *others = request.stages
    changes = (Change("channel", "How", "text messages", "phone calls"), Change("ends", "Until", "", "2026-06-05"))
    first = replace(first, changes=changes, reason="Only until the season is over")
    return _in_the_zone(
        replace(request, stages=(first, *others), fields={**request.fields, "channel": "phone calls", "ends": "2026-06-05"})
    )


def _in_the_zone(request: Request) -> Request:
    """The request as it is kept where it was approved."""
    return spanned(request, in_zone(PACK.settings.zone))


def revoked() -> Request:
    """Helen has revoked what both had agreed to."""
    return stopped(replace(approved(), status=Status.revoked), HELEN.id, "The number was passed on", LATER)


def given_back() -> Request:
    """Dana has given her permission back."""
    return stopped(replace(approved(), status=Status.ended), DANA.id, "", LATER)


def _logo_wanted() -> Request:
    fields = {"what": "The mascot on a sign", "sure": "yes", "size": "small", "starts": "2026-04-01"}
    return replace(asked_for(), process="logo", rule="S1", fields=fields)
