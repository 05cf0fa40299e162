"""The ids of what the bot keeps: each its own type, so that one is never passed for another; and the key under which an answer is said."""

from typing import NewType

AnswerId = NewType("AnswerId", str)
RequestId = NewType("RequestId", str)
StageId = NewType("StageId", str)
DutyId = NewType("DutyId", str)
QuestionId = NewType("QuestionId", str)
ChannelId = NewType("ChannelId", str)

ANSWER = "answer:"  # begins the key; the rest is the answer's id


def key_of(answer: AnswerId) -> str:
    """Return the key under which an answer is said once."""
    return ANSWER + answer
