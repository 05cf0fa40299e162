from handlers.policy.pack import Kind, Rule
from handlers.policy.search import nearest
from tests.rulebook import a_pack, a_rule


def saying(key: str, says: str, instead: str = "") -> Rule:
    return a_rule(key, Kind.information, says=says, instead=instead)


YEARBOOK = saying("R1", "Photos of students go into the yearbook when the principal agrees.")
LOGO = saying("R2", "The mascot is drawn by the art department alone.")
RIDES = saying("R3", "Staff drive students home when a parent agrees.", instead="Call the parents, or the bus office.")
PACK = a_pack(YEARBOOK, LOGO, RIDES)


def test_a_question_finds_the_clause_that_shares_its_rare_words():
    assert nearest(PACK, "Who may draw our mascot?") == (LOGO,)


def test_a_word_is_found_in_any_of_its_forms():
    assert nearest(PACK, "drawing mascots") == (LOGO,)
    assert nearest(PACK, "MASCOT") == (LOGO,)


def test_the_clause_that_shares_more_comes_first():
    assert nearest(PACK, "a photo of a student for the yearbook")[0] is YEARBOOK


def test_a_rare_word_weighs_more_than_a_common_one():
    trip, another, mascot = saying("R1", "Forms for trips."), saying("R2", "Forms for trips."), saying("R3", "Forms for mascots.")

    assert nearest(a_pack(trip, another, mascot), "trips and mascots")[0] is mascot


def test_what_to_do_instead_is_searched_too():
    assert nearest(PACK, "the office") == (RIDES,)


def test_small_words_find_nothing():
    assert nearest(PACK, "may I do this when they are there") == ()


def test_a_question_about_something_else_finds_nothing():
    assert nearest(PACK, "cafeteria prices") == ()
    assert nearest(PACK, "") == ()


def test_no_more_clauses_come_than_were_asked_for():
    assert len(nearest(PACK, "students, mascot, bus, photos")) == 3
    assert len(nearest(PACK, "students, mascot, bus, photos", most=1)) == 1


def test_between_equals_the_policys_own_order_counts():
    one, other = saying("R1", "Bring a bicycle."), saying("R2", "Bring a bicycle.")

    assert nearest(a_pack(one, other), "bicycle") == (one, other)


def test_a_long_clause_does_not_win_by_its_length():
    short = saying("R1", "Trips need a form.")
    long = saying("R2", "Trips abroad, overnight stays, museums, theatres, zoos and camps are planned with great care every year.")

    assert nearest(a_pack(long, short), "trips")[0] is short


def test_a_word_that_is_in_nearly_every_clause_finds_nothing():
    pack = a_pack(*(saying(f"R{number}", f"Staff may ask the office about students and item{number}.") for number in range(40)))

    assert nearest(pack, "students") == ()
    assert nearest(pack, "item7") == (pack.rules[7],)
