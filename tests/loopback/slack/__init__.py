"""A Slack on this machine, for tests: the Web API, Socket Mode, and people who say, press and fill in. Not here: our bot."""

from tests.loopback.slack.records import Ack, Call, Channel, Delivery, Json, Message, User, View
from tests.loopback.slack.server import LoopbackSlack

__all__ = ["Ack", "Call", "Channel", "Delivery", "Json", "LoopbackSlack", "Message", "User", "View"]
