"""Trouble that a person may cause or mend: its message is the sentence they read. Everything else is a bug of ours."""

import traceback


class Trouble(Exception):  # noqa: N818  # the word that stands in every sentence about it
    """What is wrong, where, and what to do, in one sentence a person understands."""


def place_of(error: BaseException) -> str:
    """Return where an error broke out, innermost first: for the log, which must not hold the error's own words."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
