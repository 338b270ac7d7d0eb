"""The catalogue is complete: every message of the code is in French, with its placeholders."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import scoring_dash
from scoring_dash.i18n.catalogue import Language, Texts, catalogue_files, load_texts

PACKAGE = Path(scoring_dash.__file__).parent
KEYWORDS = {"say": None, "message": None, "say_count": (1, 2)}
METHODS = [("**.py", "python")]
FILES = catalogue_files(Language.FRENCH)


def messages_of_the_code() -> set[str]:
    found = extract_from_dir(str(PACKAGE), method_map=METHODS, keywords=KEYWORDS)
    return {item[2] if isinstance(item[2], str) else item[2][0] for item in found}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_is_translated() -> None:
    assert messages_of_the_code() - set(load_texts(Language.FRENCH).messages) == set()


def test_no_translation_is_left_over() -> None:
    assert set(load_texts(Language.FRENCH).messages) - messages_of_the_code() == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_translations_are_complete_and_checked(file: Traversable) -> None:
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale="fr", abort_invalid=True)
    for item in catalogue:
        forms = item.string if isinstance(item.string, tuple) else (item.string,)
        assert all(forms), f"{item.id!r} has no translation"
        assert not item.fuzzy, f"{item.id!r} is marked fuzzy"
        for form in forms:
            if item.id:
                english = item.id if isinstance(item.id, str) else item.id[0]
                assert placeholders(form) == placeholders(english), english


def test_no_message_is_translated_twice() -> None:
    identifiers = re.compile(r'^msgid "(.+)"$', re.MULTILINE)
    found = Counter(identifier for file in FILES for identifier in identifiers.findall(file.read_text()))
    assert [identifier for identifier, times in found.items() if times > 1] == []


def test_french_texts_have_french_typography() -> None:
    texts = load_texts(Language.FRENCH)
    for forms in texts.messages.values():
        for form in forms:
            shown = texts.typeset(form)
            assert "'" not in shown, shown
            assert not re.search(r" [:;!?%»]|« |[^\s\u00a0\u202f{(][;!?%»]", shown), shown


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(0, True, False), (1, True, True), (1.9, True, False), (2, False, False), (-1.5, True, False)],
)
def test_singular_follows_the_language(count: float, french: bool, english: bool) -> None:
    assert load_texts(Language.FRENCH).is_singular(count) is french
    assert load_texts(Language.ENGLISH).is_singular(count) is english


def test_a_message_nobody_translated_is_said_in_english() -> None:
    assert Texts(Language.FRENCH, {}).say("It's {what}", what="new") == "It’s new"


def test_values_are_not_read_as_placeholders() -> None:
    assert load_texts(Language.ENGLISH).say("{feature}: {value}", feature="{value}", value="{x}") == "{value}: {x}"
