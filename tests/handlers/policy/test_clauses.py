"""A district's text is cut where a reader would cut it, and quoted by addresses a reader can follow."""

import pytest

from handlers.policy.clauses import covered, cut, fingerprint, quote, well_formed

HANDBOOK = """
Maple Grove School District
Skip to: content
P 12 Messages

Staff write kindly. They write in St. Olaf County too, e.g. to Room No. 12, i.e. the gym.\xa0 Mr. J. Oak agrees!

  1. General Ideas

The board met on 3 May 2020. 14 people came (among them Ms. Ash.) Nobody left.

Staff may not:

  1. Shout; or
  2. Whisper at night, etc. That goes without saying.
a. in the hall;
b) in the yard. Or near it.
  3. Sing (unless asked, etc.), as it wakes the owl.

Second thoughts

1.\xa0\xa0 Everybody must (1) listen; (2) nod.
2. \u201cLet us rest\u201d is fine. (I.E. Sunday is quiet.) So is Monday.
7. A list may begin at any number.
Last Updated: May 2020
"""

SENTENCES = cut(HANDBOOK)


def only(text: str) -> list[str]:
    return [sentence.text for sentence in cut("Title\nA first paragraph that ends.\n" + text)[2:]]


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("paragraph 1, sentence 1", "Staff write kindly."),
        ("paragraph 1, sentence 2", "They write in St. Olaf County too, e.g. to Room No. 12, i.e. the gym."),
        ("paragraph 1, sentence 3", "Mr. J. Oak agrees!"),
        ("paragraph 2, sentence 1", "The board met on 3 May 2020."),
        ("paragraph 2, sentences 2 to 3", "14 people came (among them Ms. Ash.) Nobody left."),
        ("paragraph 3", "Staff may not:"),
        ("item 1", "Shout; or"),
        ("list 1, item 1", "Shout; or"),
        ("item 2, sentence 2", "That goes without saying."),
        ("item 2", "Whisper at night, etc. That goes without saying."),
        ("item 2 (a)", "in the hall;"),
        ("item 2 (b), sentence 2", "Or near it."),
        ("item 3, sentence 1", "Sing (unless asked, etc.), as it wakes the owl."),
        ("list 2, item 1", "Everybody must (1) listen; (2) nod."),
        ("list 2, item 2, sentence 1", "\u201cLet us rest\u201d is fine."),
        ("list 2, item 2, sentences 1 and 3", "\u201cLet us rest\u201d is fine. So is Monday."),
        ("list 3, item 7", "A list may begin at any number."),
        ("paragraph 1, sentence 1 and item 1", "Staff write kindly. Shout; or"),
        ("item 1; list 2, item 1", "Shout; or Everybody must (1) listen; (2) nod."),
        ("heading 1", "Maple Grove School District"),
        ("heading 4", "1. General Ideas"),
        ("heading 5", "Second thoughts"),
        ("heading 6", "Last Updated: May 2020"),
    ],
)
def test_a_reader_finds_the_district_s_own_words(locator: str, words: str) -> None:
    assert well_formed(locator)
    assert quote(SENTENCES, locator) == words


@pytest.mark.parametrize(
    "locator",
    ["paragraph 9", "item 1, sentence 2", "item 1, sentences 1 to 2", "list 2, item 2 (c)", "item 1 and item 8", "L33 s1", ""],
)
def test_an_address_that_leads_nowhere_quotes_nothing(locator: str) -> None:
    assert quote(SENTENCES, locator) is None


@pytest.mark.parametrize("locator", ["L33 s1", "paragraph", "item 5, sentence", "section 2", "item 1 and then item 2", ""])
def test_an_address_nobody_can_follow_is_known_without_any_text(locator: str) -> None:
    assert not well_formed(locator)


def test_every_sentence_knows_its_own_address() -> None:
    assert all(quote(SENTENCES, sentence.locator) == sentence.text for sentence in SENTENCES)


def test_an_address_tells_which_sentences_it_reaches() -> None:
    assert covered(SENTENCES, "item 2 and heading 1") == {"item 2, sentence 1", "item 2, sentence 2", "heading 1"}


@pytest.mark.parametrize(
    ("prose", "sentences"),
    [
        ("Write to the U.S. Department. Then wait.", ["Write to the U.S. Department.", "Then wait."]),
        ("Stop at 9 p.m. Staff go home then.", ["Stop at 9 p.m.", "Staff go home then."]),
        ("The answer is no. Staff may ask again.", ["The answer is no.", "Staff may ask again."]),
        ("See sec. 4 and no. 7. Both help.", ["See sec. 4 and no. 7.", "Both help."]),
        ("The form is approved. (See Form A) Staff sign it.", ["The form is approved.", "(See Form A)", "Staff sign it."]),
        ("Each (1) Reads and (2) Writes.", ["Each (1) Reads and (2) Writes."]),
        ("Use the phone (a flat one) Monday.", ["Use the phone (a flat one) Monday."]),
        ("They said \u201cgo.\u201d Everybody went.", ["They said \u201cgo.\u201d", "Everybody went."]),
        ("He/she signs his/her name, etc., daily. Done.", ["He/she signs his/her name, etc., daily.", "Done."]),
        ("Who knows? 3 people do.", ["Who knows?", "3 people do."]),
        ("a. Not a letter of any list, for none has begun.", ["a. Not a letter of any list, for none has begun."]),
        ("A short line without an end", ["A short line without an end"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(prose: str, sentences: list[str]) -> None:
    assert only(prose) == sentences


def test_short_lines_with_numbers_are_a_list_and_a_number_alone_is_a_heading() -> None:
    blocks = [sentence.block for sentence in cut("It begins here.\n1. Calls\n2. Texts\nIt goes on.\n3. Late hours\nIt ends.")]

    assert blocks == ["paragraph 1", "item 1", "item 2", "paragraph 2", "heading 1", "paragraph 3"]


def test_a_long_title_before_the_text_is_a_heading_and_later_a_paragraph() -> None:
    title = "A name of a document " * 5

    assert cut(f"{title}\nText begins.\n{title}")[0].block == "heading 1"
    assert cut(f"{title}\nText begins.\n{title}")[2].block == "paragraph 2"


def test_the_same_words_have_the_same_fingerprint_whatever_the_file() -> None:
    assert fingerprint("Staff \u201cmust\u201d\xa0 write.\r\n\r\nDaily") == fingerprint('STAFF "must" write daily')
    assert fingerprint("Staff must write daily") != fingerprint("Staff must not write daily")
