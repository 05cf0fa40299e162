"""Documents of every numbering are divided into clauses that one can find by their address and understand alone."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.policy.split.clauses import Dated, Divided, divide
from handlers.policy.split.pieces import LONGEST

DOCUMENTS = Path(__file__).parents[3] / "documents"

TITLES = {
    "articles.txt": "POLICY ON MESSAGES BETWEEN STAFF AND STUDENTS",
    "broken-lines.txt": "PROCEDURE 4-17 STAFF AND STUDENT MESSAGING",
    "bullets.txt": "Guidelines for Electronic Communication",
    "decimals.txt": "Regulation 6.40 Online Contact With Pupils",
    "prose.txt": "Employee Use of Social Networks",
    "questions.txt": "Staff Guide to Social Media: Questions and Answers",
    "roman.txt": "ELECTRONIC CONTACT BETWEEN EMPLOYEES AND STUDENTS",
    "table.md": "Handbook chapter 9: Which channel for which message",
}
DATES = {
    "articles.txt": [("adopted", "May 4, 2015"), ("revised", "6/12/2019"), ("revised", "August 2, 2023")],
    "broken-lines.txt": [("revised", "9/9/2019")],
    "decimals.txt": [("effective", "1 July 2021"), ("reviewed", "2024-06-18")],
    "prose.txt": [("revised", "October 2020")],
    "roman.txt": [("proposed", "January 9, 2017"), ("adopted", "February 13, 2017"), ("reviewed", "2020"), ("reviewed", "2022")],
    "table.md": [("adopted", "3/14/2022")],
}
LEFT_OUT = {  # heads, feet, labels, dates, the site's name, halves of broken words
    "articles.txt": "BRIAR HOLLOW SCHOOL UNION Policy Messages Between Staff Students Page Adopted Revised"
    " May August elec tronically ARTICLE",
    "broken-lines.txt": "Amended",
    "bullets.txt": "",
    "decimals.txt": "Effective Date July Last Reviewed Permitted Contact",
    "prose.txt": "Home Skip content Stonebrook Consolidated School District Last updated October",
    "questions.txt": "Juniper Ridge Schools Everyday questions Harder",
    "roman.txt": "FILE GBXX Rules for First Reading January Adopted February Reviewed Employees",
    "table.md": "Fern Valley Charter School Adopted https forms example emergency",
}
CLAUSES = {
    "articles.txt": {
        "Article I, section 1": (
            "PURPOSE AND SCOPE",
            "This policy tells employees how they may write, call and electronically reach",
            10,
            12,
        ),
        "Article II, section 2, item (a)": ("CHANNELS", "Employees shall not: text a student from a telephone", 24, 25),
        "Article II, section 2, item (b)": ("CHANNELS", "Employees shall not: follow, befriend or otherwise join a student on a", 27, 31),
        "Article II, section 2, item (c)(ii)": (
            "CHANNELS",
            "Employees shall not: call a student after nine in the evening, unless a",
            35,
            35,
        ),
        "Article II, section 3": ("CHANNELS", "The building principal may allow a coach", 37, 38),
        "Article II, section 3, item 3": ("CHANNELS", "The request names: the second adult", 42, 42),
        "Article II, section 3, paragraph 2": ("CHANNELS", "The principal answers within five school days. No answer", 44, 44),
        "Article III, section 1": ("CONSEQUENCES", "Whoever breaks Article II is subject to discipline as Board Policy 8", 48, 52),
    },
    "broken-lines.txt": {
        "Section 1": ("", "General rule. Staff and students write to each other through the district's platform.", 4, 12),
        "Section 2": ("", "Text messages. A staff-member-owned telephone may be used for text messages in grades 9 to 12. Staff", 14, 22),
        "Section 3, item 3": ("", "The rule of § 1 does not bind staff who are leaders of a congregation", 32, 36),
    },
    "bullets.txt": {
        "bullet 2": ("Guidelines for Electronic Communication", "Staff members are expected to: Keep messages short, factual", 8, 9),
        "list 2, bullet 1, bullet 2": (
            "Guidelines for Electronic Communication",
            "Staff members may not: Send or accept friend requests: From former students",
            16,
            16,
        ),
        "list 2, bullet 2": ("Guidelines for Electronic Communication", "Staff members may not: Share a student's picture", 17, 17),
        "paragraph 4": ("Exceptions", "The head of school may make an exception", 21, 21),
    },
    "decimals.txt": {
        "Section 1.2": ("Definitions", '"Personal account" means', 5, 5),
        "Section 2.1.2, item (b)": ("District accounts", "A message to one pupil alone shall be copied to: another teacher", 12, 12),
        "Section 2.2.2": ("Personal accounts", "The office may consent for one event at a time. Version 3.5 of", 15, 15),
        "Section 3.1": ("Prohibited Contact", "Staff shall not send pictures", 18, 18),
    },
    "prose.txt": {
        "paragraph 1": ("Employee Use of Social Networks", "The district knows that employees", 5, 5),
        "paragraph 4": ("What employees may do", "Employees may keep private profiles.", 10, 10),
        "paragraph 6": ("Enforcement", "A supervisor who hears of a breach", 13, 13),
    },
    "questions.txt": {
        "Q 1": (
            "May I answer a student who writes to my private account?",
            "May I answer a student who writes to my private account? Once,",
            7,
            7,
        ),
        "Q 2, bullet 2": ("May I text my team?", "May I text my team? She agrees when: the parents have been told.", 12, 12),
        "Q 4, paragraph 2": (
            "Somebody else's student asks for help at night. What do I do?",
            "Somebody else's student asks for help at night. What do I do? Do not promise",
            23,
            23,
        ),
    },
    "roman.txt": {
        "Section I": ("Statement of Purpose", "The Board wants employees", 7, 7),
        "Section II, section A, item 2 (b)": ("Approved Systems", "It names an end date.", 15, 15),
        "Section II, section B, item 2 (i)": ("Private Systems", "The following are exempt: relatives of the employee;", 19, 19),
        "Section III": ("Records", "Employees keep every message", 25, 25),
    },
    "table.md": {
        "table 1, row 3": (
            "Handbook chapter 9: Which channel for which message",
            "Channel: Personal phone; To one student: Not allowed; To a group: With the principal's approval",
            12,
            12,
        ),
        "Section 9.1": (
            "After hours",
            "Between 9 p.m. and 6 a.m. staff do not write to students, unless there is an emergency. See the form.",
            17,
            17,
        ),
        "Section 9.2, item 2, bullet 1": ("What else to know", "Ask when in doubt: the principal, or", 23, 23),
    },
}


def divided(name: str) -> Divided:
    return divide((DOCUMENTS / name).read_text(encoding="utf-8"))


def told(text: str) -> dict[str, str]:
    return {clause.locator: clause.text for clause in divide(text).clauses}


@pytest.mark.parametrize("name", TITLES)
def test_the_title_and_the_dates_are_recognised(name: str) -> None:
    found = divided(name)

    assert found.title == TITLES[name]
    assert list(found.dates) == [Dated(*one) for one in DATES.get(name, [])]


@pytest.mark.parametrize("name", CLAUSES)
def test_a_clause_is_found_by_its_address_and_understood_alone(name: str) -> None:
    found = {clause.locator: clause for clause in divided(name).clauses}

    for locator, (heading, begins, first, last) in CLAUSES[name].items():
        clause = found[locator]
        assert (clause.heading, clause.text[: len(begins)], clause.first, clause.last) == (heading, begins, first, last)


@pytest.mark.parametrize("name", TITLES)
def test_no_word_of_a_document_is_lost(name: str) -> None:
    found = divided(name)
    kept = " ".join([found.title, *(f"{clause.locator} {clause.heading} {clause.text}" for clause in found.clauses)])

    lost = set(re.findall(r"[A-Za-z]{3,}", (DOCUMENTS / name).read_text(encoding="utf-8"))) - set(re.findall(r"[A-Za-z]+", kept))

    assert lost <= set(LEFT_OUT[name].split())


def test_a_long_item_is_cut_between_sentences_and_each_piece_has_its_introduction() -> None:
    sentence = "Staff write to students by the mail of the district, and never by any other way whatever it may be called."
    found = told(f"Policy 7 Media\n\nStaff keep to these rules:\n\n1. {' '.join([sentence] * 12)}\n\n2. Short.\n")

    assert list(found) == ["item 1, sentences 1 to 8", "item 1, sentences 9 to 12", "item 2"]
    assert all(text.startswith("Staff keep to these rules: S") and len(text) <= LONGEST for text in found.values())


def test_a_sentence_without_end_is_cut_at_its_marks() -> None:
    found = told("Policy 7 Media\n\n" + "staff members, coaches and teachers; " * 80)

    assert all(len(text) <= LONGEST and text.endswith(";") for text in found.values())


def test_an_introduction_that_is_too_long_is_a_clause_of_its_own() -> None:
    introduction = f"Whoever {'writes or calls or sends ' * 20}shall not:"
    found = told(f"{introduction}\n\n1. lie;\n\n2. swear.\n")

    assert found == {"paragraph 1": introduction, "item 1": "lie;", "item 2": "swear."}


def test_an_introduction_that_nothing_follows_is_not_lost() -> None:
    assert told("Staff keep this in mind:\n\nARTICLE I\n\nStaff may write.\n\n1. Never at night:\n\n2. Never alone.") == {
        "paragraph 1": "Staff keep this in mind:",
        "Article I": "Staff may write.",
        "Article I, item 1": "Never at night:",
        "Article I, item 2": "Never alone.",
    }


def test_items_without_labels_have_their_introduction() -> None:
    text = "Staff may use all of these tools:\n\nSchool mail\n\nThe platform\n\nThe office's telephone.\n\nNothing else is used."

    assert list(told(text).values()) == [
        "Staff may use all of these tools: School mail",
        "Staff may use all of these tools: The platform",
        "Staff may use all of these tools: The office's telephone.",
        "Nothing else is used.",
    ]


def test_a_text_that_counts_wrongly_still_gives_every_clause_its_own_address() -> None:
    assert list(told("Section 1. Staff may write.\n\nSection 1. Staff may call.\n\nSection 1. Staff may visit.\n")) == [
        "Section 1",
        "Section 1, occurrence 2",
        "Section 1, occurrence 3",
    ]


def test_a_letter_that_may_be_roman_is_read_by_its_neighbours() -> None:
    letters = "\n".join(f"({letter}) never do {letter};" for letter in "abcdefghij")
    romans = "\n".join(f"({numeral}) not {numeral};" for numeral in ("i", "ii", "iii", "iv", "v"))

    found = list(told(f"Staff shall:\n{letters}\n(k) never:\n{romans}\n(l) stop."))

    assert found[8:10] == ["item (i)", "item (j)"]
    assert found[10:] == ["item (k)(i)", "item (k)(ii)", "item (k)(iii)", "item (k)(iv)", "item (k)(v)", "item (l)"]


def test_what_stands_between_two_items_belongs_to_the_first() -> None:
    assert list(told("1. Staff may write.\n\nThey do so by day.\n\n2. Staff may call.\n\nThat is all.\n")) == [
        "item 1",
        "item 1, paragraph 2",
        "item 2",
        "paragraph 1",
    ]


def test_a_list_that_skips_an_item_goes_on_and_one_that_begins_again_is_another() -> None:
    assert list(told("1. Staff write.\n3. Staff call.\n1. Staff visit.\n2. Staff wave.\n40. Staff nod.\n")) == [
        "item 1",
        "item 3",
        "list 2, item 1",
        "list 2, item 2",
        "list 3, item 40",
    ]


def test_an_indented_list_with_the_same_numbers_is_inside() -> None:
    found = told("1. Staff shall:\n      1. write,\n      2. call.\n2. Staff shall not:\n      1. lie.\n")

    assert found == {
        "item 1 (1)": "Staff shall: write,",
        "item 1 (2)": "Staff shall: call.",
        "item 2 (1)": "Staff shall not: lie.",
    }


def test_numbers_that_only_begin_a_line_are_no_labels() -> None:
    text = (
        "Coaches of grades 9 or\n10. Staff of the same grades may write under\nSection 4. They may call students of grade\n"
        "11 as well, and they may write as item\n(b) of the other policy says."
    )

    assert list(told(text)) == ["paragraph 1"]


def test_an_appendix_ends_the_articles() -> None:
    text = (
        "ARTICLE I. SCOPE\nSec. 1. All staff.\nARTICLE II. RULES\n§ 1 Staff write.\n1.a. By day.\n\n"
        "APPENDIX A\n\n1. A form.\nPart B: Notes\nStaff note it.\n"
    )

    assert list(told(text)) == [
        "Article I, section 1",
        "Article II, section 1",
        "Article II, section 1, item 1(a)",
        "Appendix A, item 1",
        "Appendix A, part B",
    ]


def test_a_table_without_a_head_and_cells_by_tabs_are_rows_as_well() -> None:
    text = "1. Staff tell us:\n\nMail us.\tBy day.\nCall us.\tBy night.\tAlways.\n\nWrite.\n\nOne | row alone.\n\nA | B\n"

    assert told(text) == {
        "item 1, table 1, row 1": "Staff tell us: Mail us.; By day.",
        "item 1, table 1, row 2": "Staff tell us: Call us.; By night.; Always.",
        "paragraph 1": "Write.",
        "table 1, row 1": "One; row alone.",
        "table 1, row 2": "A; B",
    }


def test_questions_without_numbers_and_headings_with_nothing_under_them() -> None:
    text = (
        "Policy 7 Media\n\nAsked Often\n\nQuestion: May I call?\nAnswer: Yes.\n\nQ: May I write?\n\nQ: May I visit?\nA: No.\n\n"
        "References\n\nForms\n"
    )

    assert told(text) == {
        "Q 1": "May I call? Yes.",
        "Q 2": "May I write?",
        "Q 3": "May I visit? No.",
        "heading 3": "References",
        "heading 4": "Forms",
    }


def test_headings_that_the_file_marks_are_believed() -> None:
    text = "Policy 7 Media\n\nWhen may staff write?\n\nBy day.\n"

    assert [clause.heading for clause in divide(text, {3}).clauses] == ["When may staff write?"]


@pytest.mark.parametrize("text", ["", " \n\f\n", "***\n---\n", "1.\n2.\n(a)\n", "Policy 7 Media", "•\n"])
def test_a_text_without_words_or_with_a_title_alone_has_no_clauses(text: str) -> None:
    assert divide(text).clauses == ()


LABELS = [
    "",
    "1. ",
    "2. ",
    "(a) ",
    "(b) ",
    "i. ",
    "ii) ",
    "A. ",
    "Article II. ",
    "Section 3. ",
    "4.2 ",
    "4.2.1 ",
    "Q1: ",
    "A: ",
    "• ",
    "o ",
    "  - ",
    "§ 2 ",
]
SAID = [
    "Staff shall not:",
    "Staff may call.",
    "the elec-",
    "tronic mail",
    "Scope",
    "Page 2 of 3",
    "Adopted: 1/2/2020",
    "a | b",
    "x\ty",
    "",
    "\f",
    "## Head",
    "**Bold**",
]


@given(st.lists(st.tuples(st.sampled_from(["", "    "]), st.sampled_from(LABELS), st.sampled_from(SAID)), max_size=25))
def test_whatever_the_numbering_every_clause_is_short_distinct_in_order_and_in_the_text(parts: list[tuple[str, str, str]]) -> None:
    text = "\n".join(f"{indent}{label}{said}" for indent, label, said in parts)

    found = divide(text).clauses

    assert len({clause.locator for clause in found}) == len(found)
    assert [clause.first for clause in found] == sorted(clause.first for clause in found)
    assert all(1 <= clause.first <= clause.last <= text.count("\n") + 1 for clause in found)
    assert all(clause.text.strip() and clause.locator for clause in found)


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_divide(text: str) -> None:
    assert all(clause.text for clause in divide(text).clauses)


@given(
    st.lists(
        st.sampled_from(["Staff", "shall", "not", "text.", "They", "may", "call;", "or", "write,", "9", "p.m."]), min_size=1, max_size=900
    )
)
def test_a_clause_is_never_longer_than_can_be_quoted(words: list[str]) -> None:
    found = divide(f"1. {' '.join(words)}").clauses

    assert all(len(clause.text) <= LONGEST for clause in found)
    assert " ".join(clause.text for clause in found).split() == words


def test_an_article_takes_the_heading_below_it() -> None:
    found = divide("ARTICLE I\nPURPOSE\n\nStaff write by mail.\n\nSCOPE\n\nAll staff.\n").clauses

    assert [(clause.locator, clause.heading) for clause in found] == [
        ("Article I, paragraph 1", "PURPOSE"),
        ("Article I, paragraph 2", "SCOPE"),
    ]


def test_bare_page_numbers_and_the_heads_beside_them_are_no_clauses() -> None:
    pages = [
        f"Board Policies of Alder Flats\n\nStaff write by mail on {day}.\n\n{page}"
        for page, day in enumerate(("Monday", "Friday", "Sunday"), start=4)
    ]

    assert list(told("\n\f".join(pages)).values()) == [f"Staff write by mail on {day}." for day in ("Monday", "Friday", "Sunday")]


def test_a_number_on_a_line_of_its_own_is_no_page_number_when_it_does_not_count_up() -> None:
    assert told("Staff call this number:\n\n1970\n\n911\n") == {
        "paragraph 2": "Staff call this number: 1970",
        "paragraph 3": "Staff call this number: 911",
    }


def test_an_article_takes_the_heading_further_down_as_well() -> None:
    found = divide("Policy 7 Media\n\nARTICLE I\n\n\nPURPOSE\n\nStaff write by mail.\n").clauses

    assert [(clause.locator, clause.heading) for clause in found] == [("Article I", "PURPOSE")]


def test_the_only_row_of_a_table_is_no_head() -> None:
    assert told("Staff write by mail.\n\nForm | Number 7\nAdopted | 1/2/2020\n")["table 1, row 1"] == "Form; Number 7"


def test_a_question_on_a_line_of_its_own_is_one_whatever_stands_before_it() -> None:
    assert told("Policy 7 Media\n\nMay I call?\nNo.\n\nReally? Yes?\n\nWhy?\n") == {
        "Q 1, paragraph 1": "May I call? No.",
        "Q 1, paragraph 2": "May I call? Really? Yes?",
        "Q 1, paragraph 3": "May I call? Why?",
    }
    assert told("Policy 7 Media\n\n1. May I write?\n\nYes, by mail.\n\n2. May I visit?\n\nNo.\n") == {
        "Section 1": "May I write? Yes, by mail.",
        "Section 2": "May I visit? No.",
    }


def test_a_statute_is_named_by_its_chapter_and_its_headings_end_with_a_stop() -> None:
    found = divide("CHAPTER 12. MESSAGES\n\nSec. 12-1. Penalties.\n\nThe board decides.\n\nSec. 12-2. Staff are told.\n\nBy mail.\n")

    assert found.title == "CHAPTER 12. MESSAGES"
    assert [(clause.locator, clause.heading, clause.text) for clause in found.clauses] == [
        ("Chapter 12, section 12-1", "Penalties", "Penalties."),
        ("Chapter 12, section 12-1, paragraph 1", "Penalties", "The board decides."),
        ("Chapter 12, section 12-2", "MESSAGES", "Staff are told."),
        ("Chapter 12, section 12-2, paragraph 2", "MESSAGES", "By mail."),
    ]


def test_short_lines_after_a_colon_are_items_without_labels() -> None:
    text = "Staff shall do none of the following:\nsharing photographs of students\nmeeting students alone\nlending a phone to a student.\n"

    assert [one.removeprefix("Staff shall do none of the following: ") for one in told(text).values()] == [
        "sharing photographs of students",
        "meeting students alone",
        "lending a phone to a student.",
    ]


def test_a_table_after_a_list_is_outside_and_one_within_an_item_is_inside() -> None:
    table = "Channel\tRule\nMail\tFree\n"

    assert list(told(f"1. Staff write.\n2. Staff call.\n\n{table}")) == ["item 1", "item 2", "table 1, row 2"]
    assert list(told(f"1. Staff write.\n\n{table}\n2. Staff call.\n")) == ["item 1", "item 1, table 1, row 2", "item 2"]


def test_a_paragraph_goes_on_over_a_page() -> None:
    text = "Whoever breaks this rule is subject to discipline as Board\n\f\nPolicy 8 describes it, up to dismissal.\n"

    assert list(told(text).values()) == [
        "Whoever breaks this rule is subject to discipline as Board Policy 8 describes it, up to dismissal."
    ]


def test_a_text_that_nests_without_end_is_divided_all_the_same() -> None:
    assert len(divide("1. x\n" * 2_000).clauses) == 2_000


def test_a_line_too_long_to_be_marked_up_is_taken_as_it_is() -> None:
    assert told("**" + "word " * 700)["paragraph 1, sentence 1"].startswith("**word")
