"""The district that a command means: the one it names, else the one that this installation serves."""

import argparse

from bot import wiring
from bot.settings import Settings
from bot.terminal import Misused
from handlers.people import DistrictKey


def directory(args: argparse.Namespace, settings: Settings) -> DistrictKey:
    """Return whose directory is meant. Raises Misused when none is, UnknownDistrict for one that has no pack."""
    key = args.district or settings.district
    if not key:
        raise Misused("whose directory? Add --district KEY or set HALLPASS_DISTRICT")
    return DistrictKey(wiring.packs().get(DistrictKey(key)).key)
