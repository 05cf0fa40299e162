"""How cards and forms look in the page: pictures that can be opened in a browser, and no text that can become markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from adapters.web.draw import draw, draw_form, draw_said
from handlers.actions import Answer, Approve, Deny, Request, Withdraw
from handlers.cards import Button, Card, Facts, Field, Form, Kind, Listing, Note, Quote, Text, Tone
from handlers.ids import AnswerId, RequestId, StageId

SENT = datetime(2026, 3, 2, 8, 5, tzinfo=timezone(timedelta(hours=-6)))
HOSTILE = """</p></textarea></select><script>alert(1)</script><img src=x onerror="alert('2')">&amp;' onclick='"""

ANSWER = Card(
    "Only with approval from your supervisor.",
    (
        Text("You may text your players from your own phone once your supervisor has approved it."),
        Listing("Only if", ("it is necessary or beneficial", "what you write is related to the team")),
        Quote("Staff may use personal telephones for a district-sponsored activity.", "paragraph 4, sentence 1"),
        Facts((("Who decides", "Your supervisor"), ("Who is told", "The students' parents or guardians"))),
        Note("P 1 (2026), Maple Grove."),
    ),
    (Button("Ask for approval", Request(AnswerId("a1")), Tone.good),),
    Tone.warn,
    "Only with approval from your supervisor.",
)
DECISION = Card(
    "Dana Whitlock asks: text students",
    (Facts((("From", "Dana Whitlock"), ("Students", "A. B.\nC. D."), ("Sent", SENT))),),
    (
        Button("Approve", Approve(StageId("r1.s1")), Tone.good, confirm="Approve it? The decision stands for good."),
        Button("Deny", Deny(StageId("r1.s1")), Tone.stop),
    ),
    summary="Dana Whitlock asks for permission.",
)
QUESTION = Card(
    "Is it a school team?",
    (Text("The answer depends on this one thing."),),
    (Button("Yes", Answer(AnswerId("a1"), 0)), Button("No", Answer(AnswerId("a1"), 1))),
)
BARE = Card("Sent.", tone=Tone.good)
FORM = Form(
    "Permission to text students",
    Request(AnswerId("a1")),
    (
        Field("activity", "Class or activity", hint="For example “girls' soccer”.", value="Girls' soccer"),
        Field("students", "Students", Kind.text, longest=1000, value="\nA. B."),
        Field("channel", "How", Kind.choice, options=("Text messages", "Calls"), value="Calls"),
        Field("starts", "From", Kind.date, required=False, when=(("channel", ("Calls",)),)),
        Field("url", "Web address", Kind.url, hint="With https://"),
        Field("related", "It is related to the team", Kind.check, value="yes"),
    ),
    (Text("Your supervisor decides."), Facts((("Who decides", "Maria Ortiz"),)), Listing("Also", ("parents are told",))),
    "Send request",
)
REASON = Form("Deny the request", Deny(StageId("r1.s1")), (Field("reason", "Reason", Kind.text),), send="Deny")


class _Html(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "html"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(_Html)


@pytest.mark.parametrize("card", [ANSWER, DECISION, QUESTION, BARE], ids=["answer", "decision", "question", "bare"])
def test_a_card_looks_like_this(card: Card, picture: SnapshotAssertion) -> None:
    assert draw(card) == picture


@pytest.mark.parametrize("form", [FORM, REASON], ids=["request", "reason"])
def test_a_form_looks_like_this(form: Form, picture: SnapshotAssertion) -> None:
    assert draw_form(form) == picture


def test_a_moment_is_said_in_utc_until_the_page_knows_better() -> None:
    drawn = draw(Card("Sent", (Facts((("When", SENT),)),)))

    assert '<time datetime="2026-03-02T14:05:00Z">2 Mar 2026, 14:05 UTC</time>' in drawn


def test_what_is_announced_is_the_summary_or_else_the_title() -> None:
    assert 'data-summary="Dana Whitlock asks for permission."' in draw(DECISION)
    assert 'data-summary="Is it a school team?"' in draw(QUESTION)


def test_every_input_has_a_label_of_its_own_and_a_place_for_its_fault() -> None:
    page = _read(draw_form(FORM))

    inputs = [attributes for tag, attributes in page.tags if "name" in attributes]
    labels = {attributes["for"] for tag, attributes in page.tags if tag == "label"}
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert [one["name"] for one in inputs] == [field.name for field in FORM.fields]
    assert {one["id"] for one in inputs} == labels
    assert all(set((one["aria-describedby"] or "").split()) <= ids for one in inputs)


def _hostile_card(text: str) -> Card:
    stage = StageId(text)
    blocks = (Text(text), Quote(text, text), Listing(text, (text, text)), Note(text), Facts(((text, text), (text, SENT))))
    return Card(text, blocks, (Button(text, Approve(stage), confirm=text), Button(text, Withdraw(RequestId(text)))), summary=text)


def _hostile_form(text: str) -> Form:
    fields = tuple(Field(text, text, kind, hint=text, options=(text,), value=text) for kind in Kind)
    return Form(text, Deny(StageId(text)), fields, _hostile_card(text).blocks, text)


@pytest.mark.parametrize("kind", Kind)
def test_no_value_of_a_field_becomes_markup(kind: Kind) -> None:
    field = Field("f", "Field", kind, options=(HOSTILE, "b"), value=HOSTILE)
    harmless = replace(field, options=("a", "b"), value="a")

    assert _read(draw_form(replace(FORM, fields=(field,)))).shape == _read(draw_form(replace(FORM, fields=(harmless,)))).shape


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1) | st.just(HOSTILE))
def test_no_text_in_any_place_becomes_markup(text: str) -> None:
    card, form, said = _read(draw(_hostile_card(text))), _read(draw_form(_hostile_form(text))), _read(draw_said(text))

    assert card.shape == _read(draw(_hostile_card("a"))).shape
    assert form.shape == _read(draw_form(_hostile_form("a"))).shape
    assert said.tags == [("p", {"class": "said"})]
    assert said.text == text


class _Page(HTMLParser):
    """Every tag with its attributes, and the words between."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The tags and the names of their attributes, whatever these say; a checked box is a value like another."""
        return [(tag, tuple(name for name in attributes if name not in ("checked", "selected"))) for tag, attributes in self.tags]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(fragment: str) -> _Page:
    page = _Page()
    page.feed(fragment)
    page.close()
    return page


def test_moments_of_any_zone_are_the_same_moment() -> None:
    there, here = Card("a", (Facts((("When", SENT),)),)), Card("a", (Facts((("When", SENT.astimezone(UTC)),)),))

    assert draw(there) == draw(here)


def test_a_choice_shows_what_it_is_called_and_sends_its_value() -> None:
    field = Field("person", "Who", Kind.choice, options=("p1", "p2"), labels=("Ngozi <Okafor>", "Helen Brandt"), value="p2")

    drawn = draw_form(Form("Ask somebody else to decide", Approve(StageId("s1")), (field,)))

    assert '<option value="p1">Ngozi &lt;Okafor&gt;</option><option value="p2" selected>Helen Brandt</option>' in drawn
