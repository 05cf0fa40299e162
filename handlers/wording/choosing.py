"""How somebody is chosen in a form: a list of names, and where it would be too long for a platform, an e-mail address beside it."""

from collections.abc import Sequence

from handlers.cards import Faults, Field, Kind
from handlers.people import Person
from handlers.policy.fields import Fault, Wrong
from handlers.policy.forms import Asked
from handlers.wording import forms
from handlers.wording.somebody import MOST_LISTED, called

WHO, MAIL = "Who", "Or somebody else, by e-mail"


def asked_person(people: Sequence[Person]) -> tuple[Asked, ...]:
    """Return what is asked: one of these people, by id; with more than a list holds, by e-mail as well."""
    fits = len(people) <= MOST_LISTED
    who = Asked(name="person", label=WHO, kind="choice", options=tuple(one.id for one in people), required=fits)
    return (who,) if fits else (who, Asked(name="email", label=MAIL, required=False))


def drawn_person(people: Sequence[Person]) -> tuple[Field, ...]:
    """Return the inputs for it: the first so many by name."""
    who, *mail = asked_person(people)
    listed = people[:MOST_LISTED]
    options, labels = tuple(one.id for one in listed), tuple(called(one, people) for one in listed)
    hint = f"The list names the first {MOST_LISTED} of {len(people)}." if mail else ""
    by_mail = (Field("email", MAIL, required=False, hint="It counts more than the list."),) if mail else ()
    return Field("person", WHO, Kind.choice, required=who.required, hint=hint, options=options, labels=labels), *by_mail


def faults(found: Sequence[Fault]) -> Faults:
    """Return each field's sentence."""
    said = dict(forms.faults(found).sentences)
    strangers = [fault.field.name for fault in found if (fault.field.name, fault.wrong) == ("email", Wrong.not_a_choice)]
    return Faults(tuple((said | dict.fromkeys(strangers, "Nobody who may be asked has that e-mail address.")).items()))
