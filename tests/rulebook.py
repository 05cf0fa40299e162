"""Small policies, written for one test: builders of rules and packs. Not here: the packs of whole districts (packs/)."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.people import Role
from handlers.policy.facts import Facts
from handlers.policy.forms import Asked, Process, Step
from handlers.policy.pack import Kind, Pack, Rule, Settings
from handlers.policy.vocabulary import Fact

Conditions = Mapping[Fact, Sequence[str]]


def given(**known: str) -> Facts:
    """The facts of a situation, each by its name."""
    return Facts({Fact(name): value for name, value in known.items()})


def a_rule(key: str, kind: Kind, when: Conditions | None = None, **more: Any) -> Rule:
    """A rule that says nothing in particular."""
    return Rule.model_validate({"id": key, "locator": "paragraph 1", "says": f"What {key} says.", "kind": kind, "when": when or {}} | more)


def a_pack(*rules: Rule, processes: Mapping[str, Process] | None = None, settings: Settings | None = None) -> Pack:
    """A pack of just these rules."""
    return Pack(
        key="maple-grove",
        name="Maple Grove",
        policy="Policy 12",
        dates="adopted January 2020",
        fingerprint="0" * 64,
        rules=rules,
        processes=dict(processes or {}),
        settings=settings or Settings(),
    )


def a_process(rule: str, *roles: Role, tells: Sequence[Role] = ()) -> Process:
    """A form of one line, decided by these roles in turn; a notice when there are none."""
    return Process(
        title="Use your own phone",
        rule=rule,
        kind="permission" if roles else "notice",
        intro="Say what it is for.",
        fields=(a_field("purpose"),),
        stages=tuple(Step(role=role, rule=rule) for role in roles),
        tells=tuple(tells),
    )


def a_field(name: str, **more: Any) -> Asked:
    """One input of a form."""
    return Asked.model_validate({"name": name, "label": f"The {name}"} | more)
