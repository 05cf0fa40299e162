"""YAML and TOML text becomes plain data and the line on which each value begins; what cannot be read is told. Not here: packs."""

import re
import tomllib
from collections.abc import Iterator

import yaml

from handlers.policy.read import Fault, Source
from handlers.policy.trouble import Place

LONGEST = 1_000_000  # characters: a policy's rules take a twentieth of it
DEEPEST = 12

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TOML_NAME = re.compile(r"\s*(?:\[+\s*(?P<table>[\w.-]+)\s*\]+|(?P<name>[\w-]+)\s*=)")


class Unreadable(Exception):  # noqa: N818  # named for what people see
    """A file that holds no data at all, and why."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        self.fault = fault
        super().__init__(str(fault))


def from_yaml(file: str, text: str) -> Source:
    """Return what a YAML file holds. Yes, no, on, off and dates stay words; only true and false are neither."""
    _refuse_early(file, text)
    try:
        _refuse_tricks(file, text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _unreadable(file, line, f"This is not YAML: {error.problem}.", "Compare the line with the ones around it.") from error
    except yaml.YAMLError as error:
        raise _unreadable(file, 1, "A character in this file cannot be read.", "Save it again as UTF-8 text.") from error
    lines: dict[Place, int] = {}
    return Source(file, None if root is None else _value(file, root, (), lines), lines)


def from_toml(file: str, text: str) -> Source:
    """Return what a TOML file holds."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        what = f"This is not TOML: {_TOML_LINE.sub('', str(error)).strip()}."
        line = int(place[1]) if place else text.count("\n") + 1
        raise _unreadable(file, line, what, "Compare the line with the ones around it.") from error
    return Source(file, data, dict(_toml_lines(text)))


def _unreadable(file: str, line: int, what: str, todo: str) -> Unreadable:
    return Unreadable(Fault(file, line, what, todo))


def _refuse_early(file: str, text: str) -> None:
    if len(text) > LONGEST:
        raise _unreadable(file, 1, "This file is far too long for a policy.", "Check that it is the right one.")
    if tab := _TAB.search(text):
        line = text.count("\n", 0, tab.start()) + 1
        raise _unreadable(file, line, "A tab stands where spaces are needed.", "Replace it with two spaces.")


def _refuse_tricks(file: str, text: str) -> None:
    """Refuse what a table of rules never needs and a small file can grow huge with."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            raise _unreadable(file, line, "An anchor or alias (& or *) stands here.", "Write the value out, or put it in quotation marks.")
        if depth > DEEPEST:
            raise _unreadable(file, line, "Lists lie too deep in each other.", "Compare it with another pack.")


def _value(file: str, node: yaml.Node, place: Place, lines: dict[Place, int]) -> object:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(file, node, place, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_value(file, item, (*place, index), lines) for index, item in enumerate(node.value)]
    return _scalar(str(node.tag), str(node.value))


def _entries(file: str, node: yaml.MappingNode, place: Place, lines: dict[Place, int]) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for name, value in node.value:
        line = name.start_mark.line + 1
        if not isinstance(name, yaml.ScalarNode):
            raise _unreadable(file, line, "A list or table stands where a name is needed.", "Write a plain word before the colon.")
        if name.value in seen:
            raise _unreadable(file, line, f"`{name.value}` stands here a second time.", "Keep one of the two.")
        seen.add(name.value)
        lines[(*place, name.value)] = line
        yield name.value, _value(file, value, (*place, name.value), lines)


def _scalar(tag: str, written: str) -> object:
    if tag.endswith(":null"):
        return None
    if tag.endswith(":bool") and written.lower() in {"true", "false"}:
        return written.lower() == "true"
    if tag.endswith(":int") and re.fullmatch(r"-?(?:0|[1-9]\d{0,8})", written):
        return int(written)
    return written


def _toml_lines(text: str) -> Iterator[tuple[Place, int]]:
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        match = _TOML_NAME.match(line)
        if match and match["table"]:
            table = tuple(match["table"].split("."))
            yield table, number
        elif match:
            yield (*table, match["name"]), number
