"""One language of the stemmer is loaded, and stems as all of them together would."""

import sys

import pytest
import snowballstemmer

from handlers.policy.english import PACKAGE, _loaded, stemmed


@pytest.mark.parametrize("word", ["texting", "policies", "students'", "generously", "y", "news", "dying", "über"])
def test_a_word_has_the_stem_that_the_whole_package_gives_it(word: str) -> None:
    assert stemmed(word) == snowballstemmer.stemmer("english").stemWord(word)


def test_whoever_wants_all_languages_still_gets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, PACKAGE)

    alone = _loaded("english_stemmer")

    assert PACKAGE not in sys.modules
    monkeypatch.setitem(sys.modules, PACKAGE, snowballstemmer)
    assert _loaded("english_stemmer") is alone
