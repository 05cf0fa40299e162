"""The two pictures that Teams shows of the app, drawn by us: a hall pass on its strap, which is a speech bubble too, with a check mark.

Source: learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package (sizes); w3.org/TR/png-3 (the file itself).
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from math import hypot

Point = tuple[float, float]
Shape = Callable[[float, float], float]  # how far a point is outside, in pixels; negative inside
Paint = tuple[int, int, int, int]  # red, green, blue, and how opaque
Layer = tuple[Shape, Paint]

COLOR, OUTLINE = 192, 32  # pixels a side
ACCENT = "#1d3f5e"
WHITE, NAVY, GOLD, GREEN = (255, 255, 255, 255), (29, 63, 94, 255), (242, 183, 68, 255), (25, 135, 102, 255)
CLEAR = (255, 255, 255, 0)


@cache
def color() -> bytes:
    """Return the picture of the store and of the chat's list, as PNG."""
    card = _either(_box((42, 62), (150, 140), 18), _triangle((66, 132), (104, 132), (66, 164)))
    strap = _either(_line((78, -8), (96, 72), 5.5), _line((114, -8), (96, 72), 5.5))
    slot = _box((80, 70), (112, 80), 5)
    ring = _box((89, 60), (103, 78), 5)
    mark = _either(_line((74, 108), (89, 123), 6.5), _line((89, 123), (119, 92), 6.5))
    return _png(COLOR, NAVY, [(strap, GOLD), (card, WHITE), (slot, NAVY), (ring, GOLD), (mark, GREEN)])


@cache
def outline() -> bytes:
    """Return the picture of the app bar, white on nothing, as PNG."""
    card = _rim(_either(_box((4, 6), (28, 24), 4), _triangle((9, 16), (23, 16), (9, 30))), 1)
    strap = _either(_line((13.6, -1), (16, 6), 0.8), _line((18.4, -1), (16, 6), 0.8))
    slot = _box((13, 9), (19, 11), 1)
    mark = _either(_line((11.5, 17), (14.7, 20.2), 1.1), _line((14.7, 20.2), (20.5, 14.4), 1.1))
    return _png(OUTLINE, CLEAR, [(strap, WHITE), (card, WHITE), (slot, WHITE), (mark, WHITE)])


def _box(low: Point, high: Point, radius: float) -> Shape:
    """A rectangle with round corners."""
    mid_x, mid_y = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2
    half_x, half_y = (high[0] - low[0]) / 2 - radius, (high[1] - low[1]) / 2 - radius

    def away(x: float, y: float) -> float:
        over_x, over_y = abs(x - mid_x) - half_x, abs(y - mid_y) - half_y
        return hypot(max(over_x, 0), max(over_y, 0)) + min(max(over_x, over_y), 0) - radius

    return away


def _line(start: Point, end: Point, radius: float) -> Shape:
    """A stroke with round ends."""
    run_x, run_y = end[0] - start[0], end[1] - start[1]

    def away(x: float, y: float) -> float:
        from_x, from_y = x - start[0], y - start[1]
        along = min(1.0, max(0.0, (from_x * run_x + from_y * run_y) / (run_x**2 + run_y**2)))
        return hypot(from_x - run_x * along, from_y - run_y * along) - radius

    return away


def _triangle(*corners: Point) -> Shape:
    """A triangle, its corners clockwise as seen."""

    def away(x: float, y: float) -> float:
        return max(_side(corners[at], corners[(at + 1) % 3], x, y) for at in range(3))

    return away


def _side(start: Point, end: Point, x: float, y: float) -> float:
    """How far the point is to the left of the way from start to end."""
    run_x, run_y = end[0] - start[0], end[1] - start[1]
    return ((x - start[0]) * run_y - (y - start[1]) * run_x) / hypot(run_x, run_y)


def _either(*shapes: Shape) -> Shape:
    return lambda x, y: min(shape(x, y) for shape in shapes)


def _rim(shape: Shape, radius: float) -> Shape:
    return lambda x, y: abs(shape(x, y)) - radius


def _png(side: int, ground: Paint, layers: Sequence[Layer]) -> bytes:
    """Return the square picture: eight bits each of red, green, blue and opacity, no line filtered."""
    lines = (b"\0" + b"".join(bytes(_pixel(x + 0.5, y + 0.5, ground, layers)) for x in range(side)) for y in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"".join(lines), 9)) + _chunk(b"IEND", b"")


def _pixel(x: float, y: float, ground: Paint, layers: Sequence[Layer]) -> Paint:
    """An edge goes through a pixel as far as the shape covers it."""
    red, green, blue, opaque = ground
    for shape, paint in layers:
        covered = min(1.0, max(0.0, 0.5 - shape(x, y)))
        red, green, blue, opaque = (
            round(under + (over - under) * covered) for under, over in zip((red, green, blue, opaque), paint, strict=True)
        )
    return red, green, blue, opaque


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
