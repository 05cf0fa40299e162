"""The stem of an English word. Not here: which words tell anything.

The stemmer's package loads forty languages when it is imported, 3 MB and 25 ms: here it stands empty while the one is loaded.
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

PACKAGE = "snowballstemmer"


def stemmed(word: str) -> str:
    """Return the word without its ending."""
    return str(_English().stemWord(word))  # each has its own: a stemmer works on what it keeps, and any thread may ask


def _loaded(language: str) -> ModuleType:
    found = find_spec(PACKAGE)
    if PACKAGE in sys.modules or found is None:
        return import_module(f"{PACKAGE}.{language}")
    sys.modules[PACKAGE] = module_from_spec(found)  # not run
    try:
        return import_module(f"{PACKAGE}.{language}")
    finally:
        del sys.modules[PACKAGE]


_English: Any = _loaded("english_stemmer").EnglishStemmer
