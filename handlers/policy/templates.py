"""A letter's template is filled in, in a sandbox. Not here: what a letter is, which facts it is told.

Source: jinja.palletsprojects.com, "Sandbox". A template is a district's own; what people typed is put in, and never read as one.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from handlers.policy.letters import Unwritable

IN_MEMORY = "<template>"  # what Jinja calls a template that comes from no file


def filled(template: str, told: Mapping[str, object]) -> str | Unwritable:
    """Return the text, or why there is none."""
    try:
        return _ENVIRONMENT.from_string(template).render(told)
    except TemplateSyntaxError as error:
        return Unwritable(error.lineno, _sentence(error))
    except Exception as error:  # noqa: BLE001  # a template can break in as many ways as there are values
        return Unwritable(_line(error), _sentence(error))


def misspelt(template: str) -> Unwritable | None:
    """Return what keeps the template from being read as one."""
    try:
        _ENVIRONMENT.parse(template)
    except TemplateSyntaxError as error:
        return Unwritable(error.lineno, _sentence(error))
    return None


def _sentence(error: Exception) -> str:
    if not isinstance(error, TemplateError) or not error.message:
        return f"it does what a letter cannot do ({type(error).__name__})"
    return " ".join(error.message.split())[:200].rstrip(".")


def _line(error: Exception) -> int:
    """Return the line of the template that broke: Jinja puts it into the traceback."""
    at, line = error.__traceback__, 1
    while at is not None:
        line = at.tb_lineno if at.tb_frame.f_code.co_filename == IN_MEMORY else line
        at = at.tb_next
    return line


class _Room(ImmutableSandboxedEnvironment):
    """Without the operators by which a short template makes an endless text."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002  # Jinja's signature
        raise TemplateError(f"a letter does not reckon: {operator} means nothing here")


_ENVIRONMENT = _Room(undefined=StrictUndefined, autoescape=False)  # plain text, no page
