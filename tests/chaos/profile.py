"""How much a drill does: the least in every `make check`, the short profile with `make drills`, the long one with `make chaos`."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts and seconds. `stretch` is by how much a timed target is let out where the machine does other things too."""

    kills: int = 12
    people: int = 6  # who live at the same time
    lives: int = 12
    clicks: int = 300
    outage: float = 8.0  # seconds
    soak: float = 30.0  # seconds
    restarts: int = 3
    fuzz: int = 600
    messages: int = 12
    requests: int = 500  # that a step of the schema finds
    late: float = 0.003  # of the messages that Slack takes only when we gave up waiting: nobody can know of those, so some come twice
    stretch: float = 3.0
    seed: int = 7


LEAST = Profile(
    kills=15, people=4, lives=4, clicks=250, outage=6.0, fuzz=400, messages=6, requests=100, late=0.0, stretch=inf
)  # judges no speed
SHORT = Profile()
LONG = Profile(
    kills=500,
    people=12,
    lives=60,
    clicks=1_000,
    outage=600.0,
    soak=600.0,
    restarts=6,
    fuzz=10_000,
    messages=120,
    requests=10_000,
    stretch=1.0,
)
