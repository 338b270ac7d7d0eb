"""The address of a page: the one owner of client, section, language, feature and group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

from scoring_dash.core.results import GroupName
from scoring_dash.i18n.catalogue import Language

_MOST_CHARACTERS = 500
_MOST_DIGITS = 10
_MOST_FIELDS = 50
_SPACES = re.compile(r"[\s\u00a0\u202f]+")

_Word = TypeVar("_Word", bound=StrEnum)


class Section(StrEnum):
    """Parts of a client's page."""

    DECISION = "decision"
    WHY = "why"
    COMPARE = "compare"


class Field(StrEnum):
    """Names used in the query string."""

    CLIENT = "client"
    SECTION = "section"
    LANGUAGE = "lang"
    FEATURE = "feature"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Address:
    """What a query string asks for.

    Attributes
    ----------
    client_text : str
        The client as written in the address, without spaces; empty on the start page.
    feature : str or None
        Feature to compare, by its technical name, unchecked.
    ignored : tuple of (Field, str)
        Fields whose value means nothing, with that value: their default is taken and the page says so.
    """

    client_text: str = ""
    section: Section = Section.DECISION
    language: Language = Language.FRENCH
    feature: str | None = None
    group: GroupName = GroupName.ALL
    ignored: tuple[tuple[Field, str], ...] = ()

    @property
    def client(self) -> int | None:
        """The client number; None if there is none or it is malformed."""
        return read_client_number(self.client_text)

    def href(self, **changes: object) -> str:
        """Relative link to this page with some fields changed; defaults are left out."""
        there = replace(self, **changes)  # type: ignore[arg-type]
        fields = {
            Field.CLIENT: there.client_text,
            Field.SECTION: there.section if there.section is not Section.DECISION else "",
            Field.FEATURE: (there.feature or "") if there.section is Section.COMPARE else "",
            Field.GROUP: there.group if there.section is Section.COMPARE and there.group is not GroupName.ALL else "",
            Field.LANGUAGE: there.language if there.language is not Language.FRENCH else "",
        }
        return "?" + urlencode({str(name): str(value) for name, value in fields.items() if value})


def read_address(search: object) -> Address:
    """Address of a query string such as ``?client=100002&lang=en``; anything else is the start page."""
    text = search[:_MOST_CHARACTERS] if isinstance(search, str) else ""
    if text.count("&") >= _MOST_FIELDS:
        return Address()
    fields = parse_qs(text.removeprefix("?"))
    return _address({name: values[0] for name, values in fields.items()})


def read_client_number(text: str) -> int | None:
    """A client number as people write it, with or without spaces; None if it is not one."""
    digits = _SPACES.sub("", text)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None


def _address(fields: Mapping[str, str]) -> Address:
    section, no_section = _one_of(Section, fields, Field.SECTION, Section.DECISION)
    language, no_language = _one_of(Language, fields, Field.LANGUAGE, Language.FRENCH)
    group, no_group = _one_of(GroupName, fields, Field.GROUP, GroupName.ALL)
    return Address(
        client_text=_SPACES.sub("", fields.get(Field.CLIENT, "")),
        section=section,
        language=language,
        feature=fields.get(Field.FEATURE),
        group=group,
        ignored=(*no_section, *no_language, *no_group),
    )


def _one_of(
    words: type[_Word], fields: Mapping[str, str], field: Field, default: _Word
) -> tuple[_Word, tuple[tuple[Field, str], ...]]:
    value = fields.get(field)
    if value is None:
        return default, ()
    return (words(value), ()) if value in set(words) else (default, ((field, value),))
