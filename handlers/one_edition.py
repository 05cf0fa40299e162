"""The packs as one press sees them: looked at on the disk once, and the same from the judgement to the reply. Not here: loading them."""

from dataclasses import dataclass, field

from handlers.people import DistrictKey
from handlers.policy.pack import Pack
from handlers.ports import Packs


@dataclass(frozen=True, slots=True)
class OneEdition(Packs):
    """Made for each press: whoever edits a pack is heard from the next one on."""

    packs: Packs
    seen: dict[DistrictKey, Pack] = field(default_factory=dict)

    def keys(self) -> tuple[DistrictKey, ...]:
        return self.packs.keys()

    def get(self, district: DistrictKey) -> Pack:
        """Raises what the packs themselves raise."""
        if district not in self.seen:
            self.seen[district] = self.packs.get(district)
        return self.seen[district]
