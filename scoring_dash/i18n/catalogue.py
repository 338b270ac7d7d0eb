"""The messages of the program in each language: English in the code, French in ``locale/fr/``, a catalogue a room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from babel.messages.pofile import read_po

from scoring_dash.core.typography import typeset_french


class Language(StrEnum):
    """Languages of the screen; the first one is spoken when nothing else is asked."""

    FRENCH = "fr"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """Every message in one language.

    Attributes
    ----------
    language : Language
    messages : mapping of str to tuple of str
        Translations by English message: one form, or the forms for one and for many.
    """

    language: Language
    messages: Mapping[str, tuple[str, ...]]

    def say(self, english: str, /, **values: str) -> str:
        """One message, with its ``{placeholders}`` filled in; English itself if nobody translated it."""
        (text, *_) = self.messages.get(english, (english,))
        return self.typeset(text).format_map(values)

    def say_count(self, one: str, many: str, count: float, /, **values: str) -> str:
        """One message in the number that the language wants for ``count``."""
        forms = self.messages.get(one, (one, many))
        return self.typeset(forms[0 if self.is_singular(count) else 1]).format_map(values)

    def is_singular(self, count: float) -> bool:
        """Whether ``count`` takes the singular: 0, 1 and 1.9 do in French, only 1 does in English."""
        return abs(count) < 2 if self.language is Language.FRENCH else abs(count) == 1

    def typeset(self, text: str) -> str:
        """Text with the apostrophes and unbreakable spaces of the language."""
        return typeset_french(text) if self.language is Language.FRENCH else text.replace("'", "\u2019")


def message(english: str) -> str:
    """Mark an English message for translation where it is written down before it is said."""
    return english


@cache
def load_texts(language: Language) -> Texts:
    """Read the messages of one language.

    Raises
    ------
    FileNotFoundError
        If the catalogue was not installed with the package.
    """
    if language is Language.ENGLISH:
        return Texts(language, {})
    messages: dict[str, tuple[str, ...]] = {}
    for file in catalogue_files(language):
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=str(language))
        messages |= {_key(item.id): _forms(item.string) for item in catalogue if item.id and not item.fuzzy}
    return Texts(language, messages)


def catalogue_files(language: Language) -> list[Traversable]:
    """The files that hold the messages of a language, by name.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    directory = resources.files(__package__) / "locale" / language
    return sorted((file for file in directory.iterdir() if file.name.endswith(".po")), key=lambda file: file.name)


def _key(identifier: str | tuple[str, ...] | list[str]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]


def _forms(translation: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (translation,) if isinstance(translation, str) else tuple(translation)
