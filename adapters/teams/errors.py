"""What Teams' refusals stand in the way of, where trying again cannot help. Not here: which of them pass, nor calling Teams.

Source: learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability (status codes from bot conversational APIs).
"""

from collections.abc import Mapping
from http import HTTPMethod, HTTPStatus

from adapters.teams.activity import Json, at
from handlers.obstacles import Obstacle

# 403 is said of many things; what is not named here means that the app is not there for the reader, or no longer.
FORBIDDEN: Mapping[str, Obstacle] = {
    "BotDisabledByAdmin": Obstacle.forbidden,
    "InvalidBotApiHost": Obstacle.refused,
    "NotEnoughPermissions": Obstacle.forbidden,
}
NO_SUCH_USER = "pairwise id"  # what Teams says of an id that is none of the tenant's: there is no code for it


def obstacle(status: int, said: Json, method: HTTPMethod, path: tuple[str, ...]) -> Obstacle:
    """Return what stood in the way of this call; `path` is what was called, without its address."""
    if method is HTTPMethod.PUT and status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return Obstacle.vanished
    if status == HTTPStatus.NOT_FOUND:
        return Obstacle.unknown if path == ("conversations",) else Obstacle.closed
    if status == HTTPStatus.FORBIDDEN:
        return Obstacle.unknown if NO_SUCH_USER in at(said, "error", "message") else FORBIDDEN.get(code(said), Obstacle.uninstalled)
    return Obstacle.refused


def code(said: Json) -> str:
    """Return the code of an error; of one kind it stands inside a text."""
    return at(said, "error", "code") or ("MessageWritesBlocked" if "MessageWritesBlocked" in at(said, "message") else "")
