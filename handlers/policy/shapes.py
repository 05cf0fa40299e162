"""What every part of a pack is made of: frozen shapes, keys, words and rule ids. Not here: the parts."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=900)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,7}$")]


class Shape(BaseModel):
    """Frozen, and an unknown key is a fault rather than a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)
