"""Who draws what and where it is pressed, platform by platform, read from the tests themselves: `make parity` writes .github/PARITY.md."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handlers.cards import Card, Form
from handlers.policy.vocabulary import VALUES
from handlers.spelling import ANSWER, VERBS, spell
from handlers.wording.terms import capital
from storage.packs import DiskPacks
from tests.gallery import gallery

ROOT = Path(__file__).parents[1]
PAGE = ROOT / ".github" / "PARITY.md"
JOURNEYS = ROOT / "tests" / "journeys"
PLATFORMS = {"Web": ("browser", "rehearsal"), "Slack": ("test_slack",), "Teams": ("test_teams",)}
DRAWN = {
    "Web": "tests/adapters/web/test_gallery.py",
    "Slack": "tests/adapters/slack/test_draw.py",
    "Teams": "tests/adapters/teams/test_draw.py",
}
PLAIN = {"answer", "done", "request"}  # verbs that are words, too
SPELLED = {verb: kind.__name__ for verb, kind in VERBS.items()}
FAULTS = {
    "Web": "tests/journeys/test_in_the_browser.py::test_a_newcomer_plays_the_whole_story_and_it_outlives_the_process",
    "Slack": "tests/journeys/test_slack_forms.py::test_faults_that_come_late_bring_back_what_was_typed",
    "Teams": "tests/journeys/test_teams_life.py::test_a_denial_keeps_what_was_typed_until_it_is_right",
}


@dataclass(frozen=True)
class Test:
    """A test, and how many calls away it says the words."""

    name: str
    depth: int
    line: int


@dataclass(frozen=True)
class Module:
    """What a test file defines and brings in; methods stand among its functions under their own names."""

    path: Path
    functions: Mapping[str, ast.AST]
    imports: Mapping[str, str]  # name to the module of tests that it comes from


@cache
def module(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    brought = [one for one in tree.body if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("tests.")]
    return Module(path, {one.name: one for one in found}, {name.name: str(one.module) for one in brought for name in one.names})


@dataclass(frozen=True)
class Done:
    """What one function says, and the functions it may call."""

    words: frozenset[str]
    calls: tuple[tuple[Path, str], ...]


@cache
def said(path: Path, function: str) -> Mapping[str, int]:
    """Return the words and names that a function and what it calls hand on, each with the calls between; not what it checks."""
    near: dict[str, int] = {}
    todo, seen = deque([(path, function, 0)]), {(path, function)}
    while todo:
        where, name, depth = todo.popleft()
        done = _done_by(where, name)
        for word in done.words - near.keys():
            near[word] = depth
        for there, called in done.calls:
            if (there, called) not in seen:
                seen.add((there, called))
                todo.append((there, called, depth + 1))
    return near


@cache
def _done_by(path: Path, name: str) -> Done:
    """Each function is looked through once, however many tests call it."""
    here, words, calls = module(path), set[str](), dict[tuple[Path, str], None]()
    for node in _done(here.functions[name]) if name in here.functions else ():
        word = node.value if isinstance(node, ast.Constant) else node.id if isinstance(node, ast.Name) else None
        if isinstance(word, str):
            words.add(word)
        calls.update(dict.fromkeys((there, called) for there, called in _called(here, node) if called in module(there).functions))
    return Done(frozenset(words), tuple(calls))


def _done(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is done in a function: what it asserts or compares is looked at, and not pressed."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Assert | ast.Compare):
            yield child
            yield from _done(child)


def _called(here: Module, node: ast.AST) -> Iterator[tuple[Path, str]]:
    if isinstance(node, ast.arg):
        yield here.path, node.arg  # a fixture of the same file
    if isinstance(node, ast.Name):
        yield (_file(here.imports[node.id]) if node.id in here.imports else here.path), node.id
    if isinstance(node, ast.Attribute):
        yield from ((there, node.attr) for there in map(_file, sorted(set(here.imports.values()))) if there.parent == JOURNEYS)
        yield here.path, node.attr


@cache
def _file(name: str) -> Path:
    path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
    return path if path.exists() else path.with_suffix("") / "__init__.py"


def labels() -> dict[str, set[str]]:
    """Return by verb what its buttons say: in the gallery, and for duties in every pack."""
    found: dict[str, set[str]] = {verb: set() for verb in (*VERBS, ANSWER)}
    for shown in gallery().values():
        for button in shown.buttons if isinstance(shown, Card) else ():
            found[spell(button.action)[0]].add(button.label)
    packs = DiskPacks(ROOT / "policies")
    for key in packs.keys():  # noqa: SIM118  # no mapping
        found["done"] |= {duty.done for process in packs.get(key).processes.values() for duty in process.duties}
    found[ANSWER] |= {capital(words) for values in VALUES.values() for words in values.values()}
    return found


def pressing(files: list[Path], meant: set[str]) -> Test | None:
    """Return the test that says one of the words most directly, the first of them."""
    found = [
        Test(f"{path.name}::{name}", min(depth for word, depth in said(path, name).items() if word in meant), node.lineno)  # type: ignore[attr-defined]
        for path in files
        for name, node in module(path).functions.items()
        if name.startswith("test_") and meant & said(path, name).keys()
    ]
    return min(found, key=lambda one: (one.depth, one.name.partition("::")[0], one.line), default=None)


WAYS: Mapping[str, Mapping[str, str]] = {  # what no card and no press is: a test, or a reason from below
    "Ask in one's own chat": {
        "Web": "test_in_the_browser.py::test_a_newcomer_plays_the_whole_story_and_it_outlives_the_process",
        "Slack": "test_slack.py::test_a_question_is_answered_in_its_thread",
        "Teams": "test_teams.py::test_a_question_is_answered_where_it_was_asked",
    },
    "Begin without a question": {
        "Web": "test_productions.py::test_a_production_and_a_report_in_the_page",
        "Slack": "test_productions.py::test_a_worry_is_handed_over_from_slacks_shortcut",
        "Teams": "test_productions.py::test_a_supervisor_asks_for_messages_in_teams_and_takes_it_back",
    },
    "Ask before others": {
        "Web": "one page",
        "Slack": "test_slack.py::test_a_mention_is_answered_in_the_channels_thread",
        "Teams": "test_teams_groups.py::test_a_mention_in_a_group_chat_is_answered_there",
    },
    "Be told alone, before others": {
        "Web": "one page",
        "Slack": "test_slack.py::test_a_command_is_answered_to_the_person_alone",
        "Teams": "test_teams_shown.py::test_plain_words_in_a_group_are_for_whoever_asked",
    },
    "Ask about a message from its own menu": {
        "Web": "one page",
        "Slack": "test_slack_menu.py::test_the_policy_is_asked_about_a_colleagues_message",
        "Teams": "test_teams_dialogs.py::test_the_policy_is_asked_about_a_colleagues_message",
    },
    "Fill a form in over the message": {
        "Web": "test_forms_in_the_browser.py::test_a_field_is_asked_only_where_it_matters",
        "Slack": "test_slack_forms.py::test_a_field_comes_and_goes_with_the_choice_it_hangs_on",
        "Teams": "test_teams_dialogs.py::test_the_whole_request_is_made_in_the_dialog_its_faults_in_place",
    },
    "Fill a form in where the card stands": {
        "Web": "over it",
        "Slack": "over it",
        "Teams": "test_teams_life.py::test_a_denial_keeps_what_was_typed_until_it_is_right",
    },
    "See the clause behind a marker": {
        "Web": "on the card",
        "Slack": "on the card",
        "Teams": "test_teams_shown.py::test_an_answer_shows_each_clause_behind_its_marker",
    },
    "A stale card is drawn anew when it is looked at": {
        "Web": "rewritten",
        "Slack": "rewritten",
        "Teams": "test_teams_shown.py::test_a_stale_card_draws_itself_anew_for_its_reader",
    },
    "One's own page": {
        "Web": "one page",
        "Slack": "test_slack.py::test_the_home_tab_shows_what_waits",
        "Teams": "no home",
    },
    "The department's cards in its channel": {
        "Web": "one page",
        "Slack": "test_slack.py::test_principal_then_technology_decide_the_latter_in_its_channel",
        "Teams": "no channel",
    },
    "The agent view": {
        "Web": "Slack's own",
        "Slack": "test_slack_agent.py::test_an_answer_is_streamed_and_its_button_opens_the_form",
        "Teams": "Slack's own",
    },
}
REASONS = {
    "the desk": (
        "No journey of this platform presses it yet. The button is drawn with the same verb and id as everywhere (above), and what it does"
        " is the same line of `handlers/desk.py`, which the test named here plays."
    ),
    "one page": "The rehearsal has one desk for each person, side by side: nothing there is said before others, and all of it is in view.",
    "over it": "A form opens over the message there. In Teams it takes the card's place, or goes on in a dialog that is open.",
    "on the card": "The card quotes the clause and says where it stands. Only Teams has markers that show a source.",
    "rewritten": "Every copy is rewritten when something changes, in Teams as well. Only Teams asks for a card when somebody looks at it.",
    "no home": "A home tab is Slack's. In Teams the commands `mine` and `inbox` list what stands there.",
    "no channel": "In Teams each member of the department has a copy in their own chat; what one does, all copies show.",
    "Slack's own": "A feature of Slack's paid plans, and never the only way in.",
}


def page() -> str:
    """Return the whole page."""
    presses = tuple(_presses())
    left = any("the desk: " in row for row in presses)
    return "\n".join((*_head(), *_ways(), *presses, *_shown(), *_reasons(left_to_the_desk=left))) + "\n"


def _head() -> Iterator[str]:
    yield "# What each platform has"
    yield ""
    yield "Made by `make parity` from the gallery, the table of presses and the tests; a test holds it to them. Where platforms differ, a"
    yield "reason stands at the end. A journey plays the real process, with a loopback of the platform or a browser before it."


def _ways() -> Iterator[str]:
    yield from _table("Ways in", "what", ((what, dict(cells)) for what, cells in WAYS.items()))


def _presses() -> Iterator[str]:
    desk = [path for path in sorted((ROOT / "tests" / "handlers").glob("test_*.py")) if path.name != "test_actions.py"]
    said_by = labels()
    rows = []
    for verb in sorted(said_by):
        words = said_by[verb] | {verb} - PLAIN  # a button is pressed by what it says, or by its verb
        own = {name: pressing(_journeys(starts), words) for name, starts in PLATFORMS.items()}
        instead = _first(desk, {SPELLED.get(verb, "Answer")}, said_by[verb], {label.split()[0] for label in said_by[verb]})
        rows.append(
            (f"`{verb}`", {name: test.name if test else f"the desk: {instead.name}" if instead else "" for name, test in own.items()})
        )
    yield from _table("Presses, and a journey in which each is made", "verb", rows)


def _first(files: list[Path], *meant: set[str]) -> Test | None:
    return next((test for words in meant if (test := pressing(files, words))), None)


def _shown() -> Iterator[str]:
    rows = []
    for name, shown in gallery().items():
        test = "test_card" if isinstance(shown, Card) else "test_form" if isinstance(shown, Form) else ""
        cells = {on: f"{test}[{name}]" if test and test in module(ROOT / path).functions else "" for on, path in DRAWN.items()}
        rows.append((name, cells if test else {on: path.rpartition("/")[2] for on, path in FAULTS.items()}))
    yield from _table("Cards and forms, and the test that draws each", "moment", rows)
    yield ""
    yield "; ".join(f"{on}: `{path}`" for on, path in DRAWN.items()) + "."


def _reasons(*, left_to_the_desk: bool) -> Iterator[str]:
    yield from ("", "## Reasons for differences", "")
    yield from (f"- *{name}*: {why}" for name, why in REASONS.items() if name != "the desk" or left_to_the_desk)


def _table(heading: str, first: str, rows: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    yield from ("", f"## {heading}", "", f"| {first} | {' | '.join(PLATFORMS)} |", f"| {' | '.join(['---'] * (len(PLATFORMS) + 1))} |")
    for what, cells in rows:
        yield f"| {what} | {' | '.join(cells[name] for name in PLATFORMS)} |"


def _journeys(starts: tuple[str, ...]) -> list[Path]:
    return [path for path in sorted(JOURNEYS.glob("test_*.py")) if any(one in path.name for one in starts)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
