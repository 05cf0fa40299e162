"""What is made while the bot starts stays until it ends: the search for rubbish need never look at it. Not here: what is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Search for no rubbish meanwhile, nor ever after among what is there then: that is two thirds of a pack's reading, and a pause."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
