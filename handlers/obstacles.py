"""Why a message cannot reach its reader, in words of no platform: each has its sentence in handlers.wording.undelivered."""

from enum import StrEnum


class Obstacle(StrEnum):
    """What stood in the way; the value is stored."""

    deactivated = "deactivated"  # the account is there, and switched off
    unknown = "unknown"  # there is no such account, or it is no person's
    forbidden = "forbidden"  # a rule of the workspace
    closed = "closed"  # the conversation is archived, or gone
    uninvited = "uninvited"  # Hallpass is no member of the conversation
    vanished = "vanished"  # the message that was to be rewritten is gone, or stays as it is
    refused = "refused"  # the platform took it amiss: only the log says why
    nowhere = "nowhere"  # on no platform that is switched on
    left = "left"  # no longer in the directory
    broken = "broken"  # our own fault
    uninstalled = "uninstalled"  # they have not added Hallpass, or have blocked it: platforms do not always say which
