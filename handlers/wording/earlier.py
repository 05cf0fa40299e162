"""What a request rests on when the pack has since dropped it: nothing that was sent may become unreadable."""

from handlers.policy.forms import Asked, Obligation, Process, Step
from handlers.policy.pack import Kind, Pack, Rule
from handlers.policy.schools import SCHOOL, asking, chosen
from handlers.workflow.channel import CLOSING
from handlers.workflow.request import Duty, Request


def process(request: Request, pack: Pack) -> Process:
    """Return the request's process; rebuilt from what the request keeps where the pack has none of that name."""
    found = pack.processes.get(request.process)
    if found is None:
        return _process(request)
    added = chosen(request.fields) if all(field.name != SCHOOL for field in found.fields) else ()
    return asking(found, added) if added else found


def rule(rule_id: str, pack: Pack) -> Rule:
    """Return the pack's rule, or one that says it is gone."""
    return next((one for one in pack.rules if one.id == rule_id), None) or _rule(rule_id)


def obligation(request: Request, duty: Duty, pack: Pack) -> Obligation:
    """Return the pack's obligation behind a duty, or what the duty itself says."""
    return next((owed for owed in process(request, pack).duties if owed.key == duty.key), None) or _obligation(request, duty)


# The pieces below are not checked against the shapes: they were checked when the request was sent, and only have to be shown.


def _process(request: Request) -> Process:
    return Process.model_construct(
        title="A request under earlier rules",
        rule=request.rule,
        kind="permission" if request.stages else "directed" if request.addressee else "notice",
        intro="",
        fields=tuple(Asked.model_construct(name=name, label=_label(name), kind="text", student_names=True) for name in request.fields),
        stages=tuple(Step.model_construct(role=stage.role, rule=request.rule) for stage in request.stages),
        duties=tuple(_obligation(request, duty) for duty in request.duties),
    )


def _label(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _rule(rule_id: str) -> Rule:
    return Rule.model_construct(id=rule_id, locator="an earlier version", says="The rules have changed since.", kind=Kind.information)


def _obligation(request: Request, duty: Duty) -> Obligation:
    owed = Obligation.model_construct(key=duty.key, what=duty.what, rule=request.rule, owner=duty.owner_role)
    return owed.model_copy(update={"evidence": "text", "done": "Record that it is closed"}) if duty.key == CLOSING else owed
