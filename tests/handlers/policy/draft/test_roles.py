"""Roles are read from a sentence in its order."""

from handlers.people import Role
from handlers.policy.draft.roles import deciders, roles_in


def test_roles_come_in_the_order_of_the_sentence() -> None:
    assert roles_in("Report it to the hotline, then to the assistant principal and the superintendent.") == (
        Role.children_division,
        Role.assistant_principal,
        Role.superintendent,
    )


def test_where_either_may_decide_the_first_does() -> None:
    assert deciders("approved by the principal or the supervisor") == (Role.building_principal,)


def test_two_who_must_agree_both_decide_and_nobody_from_outside() -> None:
    said = "With the parents' knowledge, the principal and the technology department approve it."

    assert deciders(said) == (Role.building_principal, Role.technology_department)


def test_nobody_is_named() -> None:
    assert deciders("with prior approval") == ()
