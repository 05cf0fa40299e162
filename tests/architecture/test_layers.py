"""Who may import whom is part of the test suite, so that a newcomer meets it early."""

from importlinter import cli


def test_every_layer_keeps_its_place() -> None:
    assert cli.lint_imports() == cli.EXIT_STATUS_SUCCESS
