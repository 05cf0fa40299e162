"""A network run by onnxruntime's own library, through its C interface. Not here: what goes in or what comes out means.

Its Python package does the same, and brings numpy along: 19 MB more at rest, and 0.15 s of a start.
"""

import ctypes as c
import os
from array import array
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

NAMES = ("libonnxruntime.so.*", "libonnxruntime.*.dylib", "onnxruntime.dll")  # of Linux, macOS, Windows
VERSION = 16  # of its interface: newer libraries keep every older one, place for place
# Places in the interface's table of functions. Source: OrtApi in onnxruntime_c_api.h, which is only ever added to at its end.
DOES = (2, 3, 7, 9, 10, 19, 24, 25, 49, 51, 64, 65, 69)
MESSAGE, NEW_ENVIRONMENT, NEW_SESSION, RUN, NEW_OPTIONS, NO_ARENA, THREADS_WITHIN, THREADS_BESIDE, *_TENSORS = DOES
NEW_TENSOR, DATA, COUNT, SHAPE, NEW_MEMORY = _TENSORS
END_STATUS, END_VALUE, END_SHAPE, END_OPTIONS = ENDS = 93, 96, 99, 100
WARNING, ANY_ALLOCATOR, DEFAULT_MEMORY, INT64 = 2, 0, 0, 7  # of its enumerations
Pointer = c.c_void_p


class NotRun(Exception):  # noqa: N818  # named for what happened
    """What onnxruntime says stands in the way."""


class Runtime:
    """One network, opened on one core: many questions at once share the machine better so.

    Any thread may run it; while it runs, others have the interpreter. It is kept until the process ends.
    """

    def __init__(self, model: Path, given: str, asked: Sequence[str]) -> None:
        """Open it by its path, so that its weights are mapped and not read. Raises NotRun."""
        self._table = _table()
        self._given, self._asked = (c.c_char_p * 1)(given.encode()), (c.c_char_p * len(asked))(*map(str.encode, asked))
        options = self._made(NEW_OPTIONS)
        self._do(NO_ARENA, options)  # 20 MB less at rest, for a tenth of a millisecond
        self._do(THREADS_WITHIN, options, c.c_int(1))
        self._do(THREADS_BESIDE, options, c.c_int(1))
        self._environment = self._made(NEW_ENVIRONMENT, c.c_int(WARNING), c.c_char_p(b"hallpass"))
        try:
            self._session = self._made(NEW_SESSION, self._environment, _path(model), options)
        finally:
            self._end(END_OPTIONS, options)
        self._memory = self._made(NEW_MEMORY, c.c_int(ANY_ALLOCATOR), c.c_int(DEFAULT_MEMORY))

    def run(self, numbers: Sequence[int]) -> list["array[float]"]:
        """Return each output's numbers, row by row, for one row of whole numbers. Raises NotRun."""
        many = len(numbers)
        held, shape = (c.c_int64 * many)(*numbers), (c.c_int64 * 2)(1, many)
        size = c.c_size_t(c.sizeof(held))
        tensor = self._made(NEW_TENSOR, self._memory, held, size, shape, c.c_size_t(2), c.c_int(INT64))
        told = (Pointer * len(self._asked))()
        try:
            given = (Pointer * 1)(tensor)
            self._do(RUN, self._session, None, self._given, given, c.c_size_t(1), self._asked, c.c_size_t(len(told)), told)
            return [self._numbers(Pointer(one)) for one in told]
        finally:
            for one in (tensor, *map(Pointer, told)):
                self._end(END_VALUE, one)

    def _numbers(self, value: Pointer) -> "array[float]":
        shape = self._made(SHAPE, value)
        count = c.c_size_t()
        self._do(COUNT, shape, c.byref(count))
        self._end(END_SHAPE, shape)
        return array("f", c.string_at(self._made(DATA, value), c.sizeof(c.c_float) * count.value))

    def _made(self, place: int, *given: Any) -> Pointer:  # noqa: ANN401  # whatever C takes
        """Return what a function makes, which it lays at the address it is given last."""
        made = Pointer()
        self._do(place, *given, c.byref(made))
        return made

    def _do(self, place: int, *given: Any) -> None:  # noqa: ANN401
        if status := self._table[place](*given):
            why = c.string_at(self._table[MESSAGE](Pointer(status))).decode(errors="replace")
            self._end(END_STATUS, Pointer(status))
            raise NotRun(why)

    def _end(self, place: int, what: Pointer) -> None:
        self._table[place](what)


class _Base(c.Structure):
    """What the library hands out under its one name."""

    _fields_: ClassVar = [("api", c.CFUNCTYPE(Pointer, c.c_uint32)), ("version", c.CFUNCTYPE(c.c_char_p))]


def _table() -> dict[int, Callable[..., Any]]:
    """Return the functions at the places above. Raises NotRun where this library has no such interface."""
    library = c.CDLL(str(_library()))
    library.OrtGetApiBase.restype = c.POINTER(_Base)
    address = library.OrtGetApiBase().contents.api(VERSION)
    if not address:
        raise NotRun("this onnxruntime is too old")
    places = c.cast(address, c.POINTER(Pointer))
    return {place: c.CFUNCTYPE(None if place in ENDS else Pointer)(places[place]) for place in (*ENDS, *DOES)}


def _library() -> Path:
    """Return where the installed package keeps it; the package itself is not imported. Raises NotRun where there is none."""
    found = find_spec("onnxruntime")
    folders = [Path(one, "capi") for one in (found.submodule_search_locations or ())] if found else []
    files = [file for folder in folders for name in NAMES for file in sorted(folder.glob(name))]
    if not files:
        raise NotRun("the library of onnxruntime is not installed")
    return files[0]


def _path(file: Path) -> Any:  # noqa: ANN401  # as each system writes it
    return c.c_wchar_p(str(file)) if os.name == "nt" else c.c_char_p(os.fsencode(file))
