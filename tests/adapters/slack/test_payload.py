"""Who sent it and where, from the shapes that Slack sends."""

from adapters.slack.payload import by_command, by_event, by_press, pressed_at, said_at, us
from adapters.slack.people import Sender
from adapters.slack.place import Place
from handlers.people import Address, Platform


def test_an_event_names_the_writer_and_her_workspace() -> None:
    assert by_event({"team_id": "T1"}, {"user": "U1", "team": "T1"}) == Sender("T1", "", "U1", ours=True)


def test_a_grid_vouches_for_its_own_people_only() -> None:
    body = {"team_id": "T1", "enterprise_id": "E1"}

    assert by_event(body, {"user": "W1", "team": "T1"}) == Sender("T1", "E1", "W1", ours=True)
    assert by_event(body, {"user": "W1", "user_team": "T9"}) == Sender("T9", "", "W1")


def test_a_press_by_a_stranger_of_a_shared_channel_is_of_the_strangers_team() -> None:
    body = {"team": {"id": "T1"}, "enterprise": {"id": "E1"}, "user": {"id": "U9", "team_id": "T9"}}

    assert by_press(body) == Sender("T9", "", "U9")
    assert by_press({**body, "user": {"id": "U1", "team_id": "T1"}}) == Sender("T1", "E1", "U1", ours=True)
    assert by_press({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1"}}) == Sender("", "", "U1")
    whole = {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    assert by_press({**whole, "user": {"id": "U1", "team_id": "T1"}}) == Sender("T1", "E1", "U1")  # known there, yet nobody vouches for her


def test_a_command_names_the_workspace_it_was_typed_in() -> None:
    assert by_command({"team_id": "T1", "user_id": "U1"}) == Sender("T1", "", "U1", ours=True)


def test_the_directory_may_know_a_user_by_workspace_or_by_grid() -> None:
    assert Sender("T1", "E1", "U1").addresses == (Address(Platform.slack, "T1", "U1"), Address(Platform.slack, "E1", "U1"))


def test_a_press_belongs_to_the_thread_of_its_message() -> None:
    container = {"channel_id": "D1", "message_ts": "2.0"}

    assert pressed_at({"container": container}) == Place("D1", "2.0")
    assert pressed_at({"container": container, "message": {"thread_ts": "1.0"}}) == Place("D1", "1.0", live=True)
    assert pressed_at({"container": {**container, "is_ephemeral": True}}) == Place("D1", "", private=True)
    assert pressed_at({"container": {"type": "view"}}) == Place()


def test_words_begin_a_thread_or_stand_in_one() -> None:
    assert said_at({"channel": "D1", "ts": "2.0"}) == Place("D1", "2.0")
    assert said_at({"channel": "D1", "ts": "2.0", "thread_ts": "1.0"}) == Place("D1", "1.0", live=True)


def test_who_we_are_installed_for_is_told_by_the_authorization() -> None:
    body = {"team_id": "T9", "enterprise_id": "E1", "authorizations": [{"team_id": "T1"}]}

    assert by_event(body, {"user": "U9", "team": "T9"}).enterprise == ""


def test_a_place_is_written_and_read() -> None:
    for place in (Place("D1", "1.2"), Place("C1", "", private=True), Place("C1", "1.2", live=True), Place()):
        assert Place.read(str(place)) == place


def test_who_we_are_stands_in_the_event() -> None:
    assert us({"authorizations": [{"user_id": "UBOT"}]}) == "UBOT"
    assert us({}) == ""
