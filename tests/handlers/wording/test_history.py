"""Every line of the record is a sentence: of each deed there is, of one that this version does not know, and of erased words."""

from datetime import timedelta

import pytest

from handlers.kept import Happening
from handlers.people import ADMINISTRATOR, DistrictKey, PersonId
from handlers.wording.erased import erased
from handlers.wording.history import HAPPENED, SAID, story
from handlers.wording.plain import plain
from storage.packs import DiskPacks
from tests.handlers.conftest import PACKS
from tests.samples import EVERYBODY, MAPLE_GROVE, MARIA, NOON, a_request

KNOWN = {person.id: person for person in EVERYBODY}
DEEDS = (*HAPPENED, *sorted(SAID), "something_of_a_later_version")
PACK = DiskPacks(PACKS).get(MAPLE_GROVE)


def told(what: str, detail: str, who: PersonId = MARIA.id) -> str:
    request = a_request()
    line = Happening(request.id, DistrictKey(MAPLE_GROVE), NOON + timedelta(days=1), who, what, "", "", detail, "", request.stages[0].id)
    return plain(story(request, [line], PACK, KNOWN)).split("\n\n")[2]


@pytest.mark.parametrize("what", DEEDS)
@pytest.mark.parametrize("detail", ["", "passed it on to Ngozi Okafor"])
def test_every_deed_is_told(what: str, detail: str) -> None:
    said = told(what, detail)

    assert "2026-03-03 12:00 UTC" in said
    assert "_" not in said


@pytest.mark.parametrize("what", DEEDS)
def test_erased_words_complete_no_sentence(what: str) -> None:
    first, *rest = told(what, erased(NOON)).splitlines()

    assert "erased on" not in first
    assert rest == ["Detail: erased on March 2, 2026"]


def test_hallpass_and_administrators_have_names() -> None:
    assert told("rerouted", erased(NOON), PersonId("")).startswith("Hallpass passed it on")
    assert told("erased", "The parents asked", ADMINISTRATOR).startswith("An administrator erased what people had typed")
