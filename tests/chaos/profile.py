"""How much a drill does: the short profile in some minutes with `make drills`, the long one with `make chaos`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts and seconds. `slack` is by how much a timed target is stretched where the machine does other things too."""

    kills: int = 12
    people: int = 6  # who live at the same time
    lives: int = 12
    clicks: int = 300
    outage: float = 8.0  # seconds
    restarts: int = 3
    fuzz: int = 600
    messages: int = 12
    stretch: float = 3.0
    seed: int = 7


SHORT = Profile()
LONG = Profile(kills=150, people=12, lives=60, clicks=1_000, outage=60.0, restarts=6, fuzz=10_000, messages=120, stretch=1.0)
