"""The ids of what the bot keeps: each its own type, so that one is never passed for another."""

from typing import NewType

AnswerId = NewType("AnswerId", str)
RequestId = NewType("RequestId", str)
StageId = NewType("StageId", str)
DutyId = NewType("DutyId", str)
QuestionId = NewType("QuestionId", str)
ChannelId = NewType("ChannelId", str)
