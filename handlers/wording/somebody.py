"""How a colleague is named in a form: a list of names, and where it would be too long for a platform, a work e-mail address."""

from collections.abc import Sequence

from handlers.cards import Field, Kind
from handlers.people import Person
from handlers.policy.forms import Asked

MOST_LISTED = 100  # Slack's select takes no more; everybody else is named by e-mail


def drawn(asked: Asked, people: Sequence[Person]) -> Field:
    """Return the input of a field of kind person; an id comes back of a list, and an e-mail address of a line."""
    if len(people) > MOST_LISTED:
        hint = f"Their work e-mail address, as it stands in the district's directory. {asked.hint}".strip()
        return Field(asked.name, asked.label, Kind.line, required=asked.required, hint=hint, when=tuple(asked.when.items()))
    options, labels = tuple(one.id for one in people), tuple(called(one, people) for one in people)
    when = tuple(asked.when.items())
    return Field(asked.name, asked.label, Kind.choice, required=asked.required, hint=asked.hint, options=options, labels=labels, when=when)


def called(person: Person, people: Sequence[Person]) -> str:
    """Return the name; two of the same name are told apart by their addresses."""
    alike = sum(one.name == person.name for one in people) > 1
    return f"{person.name} ({person.email})" if alike else person.name
