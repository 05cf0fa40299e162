"""Line 7: Slack takes one message a second in a channel; nothing is lost, the order stays, and we ask little more often than that."""

from pathlib import Path

from tests.chaos.cluster import a_cluster
from tests.chaos.figures import Figures, at_most, none_of, told
from tests.chaos.profile import Profile
from tests.town import FORM, MARIA, Town

LINE, CALLS, PATIENCE = 7, 2.0, 600.0


async def run(profile: Profile, folder: Path, url: str = "") -> Figures:
    """All the requests go to one decider, as fast as forms can be filled in."""
    async with a_cluster(folder, url=url, people=profile.people) as town:
        slack = town.slack
        forms = [(user, await town.form(user)) for user in town.staff]
        await town.quiet()
        slack.one_a_second = True
        before, channel = len(slack.calls), slack.im_with(MARIA).id
        for number in range(profile.messages):
            user, empty = forms[number % len(forms)]
            form = empty.copy()
            form.id = slack.fresh("V")  # a form of its own
            slack.modals[user] = [form]
            await slack.submits(user, form, FORM | {"students": f"Student {number}."})
        await slack.until(lambda: len(_asked(town)) >= profile.messages, timeout=PATIENCE)
        await town.quiet(3.0)
        calls = [one for one in slack.calls[before:] if one.method == "chat.postMessage" and one.arguments.get("channel") == channel]
        there = _asked(town)
        return [
            told(LINE, "cards for one channel", f"{profile.messages}, with {sum(one.status == 429 for one in calls)} refusals"),
            none_of(LINE, "lost", sorted({f"Student {number}." for number in range(profile.messages)} - set(there))),
            none_of(LINE, "out of order", [] if there == sorted(there, key=_number) else there),
            at_most(LINE, "calls a message", CALLS, len(calls) / profile.messages, ""),
            none_of(LINE, "messages twice", town.doubled()),
        ]


def _asked(town: Town) -> list[str]:
    """The students of the decider's cards, in the order in which those came."""
    cards = [town.slack.text_of(one) for one in town.slack.answers(MARIA) if town.key(one).startswith("decide:")]
    return [line for card in cards for line in card.splitlines() if line.startswith("Student ")]


def _number(student: str) -> int:
    return int(student.removeprefix("Student ").removesuffix("."))
