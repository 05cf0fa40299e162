"""A Teams on this machine, for tests: the Bot Framework's connector and login, and people who say, press and fill in. Not: our bot."""

from tests.loopback.teams.records import Ack, Call, Delivery, Dialog, Json, Message, Person, Place
from tests.loopback.teams.server import LoopbackTeams
from tests.loopback.teams.tokens import BAD_TOKENS, BadToken

__all__ = ["BAD_TOKENS", "Ack", "BadToken", "Call", "Delivery", "Dialog", "Json", "LoopbackTeams", "Message", "Person", "Place"]
