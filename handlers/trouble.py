"""Trouble that a person may cause or mend: its message is the sentence they read. Everything else is a bug of ours."""


class Trouble(Exception):  # noqa: N818  # the word that stands in every sentence about it
    """What is wrong, where, and what to do, in one sentence a person understands."""
