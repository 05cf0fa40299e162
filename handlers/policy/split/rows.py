"""The rows of a table, each to be read without the others. Not here: where the table stands."""

from collections.abc import Sequence

from handlers.policy.split.blocks import Block

LONGEST_CELL = 60  # characters of a cell in a table's head


def is_head(block: Block, following: Block | None) -> bool:
    """Tell whether a row names the columns of those below it."""
    if following is None or not following.cells:
        return False
    return all(cell and len(cell) <= LONGEST_CELL and cell[-1] not in ".;" for cell in block.cells)


def as_sentence(head: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row as a sentence that can be read without its table."""
    if len(head) != len(cells):
        return "; ".join(cell for cell in cells if cell)
    return "; ".join(f"{name.rstrip(':')}: {cell}" for name, cell in zip(head, cells, strict=True) if cell)
