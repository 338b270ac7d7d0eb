"""The address of a page: the one owner of client, section, language, feature and group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar
from urllib.parse import parse_qs, urlencode

from scoring_dash.core.results import GroupName
from scoring_dash.core.words import Theme
from scoring_dash.i18n.catalogue import Language

_MOST_CHARACTERS = 3_000  # three scenarios of ten changes each, escaped twice
_MOST_DIGITS = 10
_MOST_FIELDS = 50
_LONGEST_SEARCH = 60
_SPACES = re.compile(r"[\s\u00a0\u202f]+")

_Word = TypeVar("_Word", bound=StrEnum)
_Default = TypeVar("_Default")


class Section(StrEnum):
    """Parts of a client's page."""

    DECISION = "decision"
    WHY = "why"
    FILE = "file"
    COMPARE = "compare"
    SIMULATE = "simulate"


class Measure(StrEnum):
    """In what an explanation is told: points of probability for managers, the model's log-odds for analysts."""

    POINTS = "points"
    MARGIN = "margin"


class Field(StrEnum):
    """Names used in the query string."""

    CLIENT = "client"
    SECTION = "section"
    LANGUAGE = "lang"
    FEATURE = "feature"
    GROUP = "group"
    THEME = "theme"
    MEASURE = "measure"
    SEARCH = "search"
    CHANGE = "change"
    SCENARIO = "scenario"


_OWN_FIELDS: Final[Mapping[Section, frozenset[Field]]] = MappingProxyType(
    {
        Section.DECISION: frozenset[Field](),
        Section.WHY: frozenset({Field.FEATURE, Field.THEME, Field.MEASURE}),
        Section.FILE: frozenset({Field.THEME, Field.SEARCH}),
        Section.COMPARE: frozenset({Field.FEATURE, Field.GROUP}),
        Section.SIMULATE: frozenset[Field](),
    }
)
"""What means something in one section only: a link to another section leaves it out."""

_OF_THE_CLIENT: Final = frozenset({Field.CHANGE, Field.SCENARIO})
"""What a look at another section must not lose: only another client leaves it out."""


@dataclass(frozen=True, slots=True)
class Address:
    """What a query string asks for.

    Attributes
    ----------
    client_text : str
        The client as written in the address, without spaces; empty on the start page.
    feature : str or None
        Feature to compare, or whose effect is drawn, by its technical name, unchecked.
    theme : Theme or None
        Theme that is opened or that facts are restricted to; None for all.
    search : str
        What the facts of a file are searched for; empty for nothing.
    change, scenario : str
        What is changed in a simulation, and the scenarios that are kept, as texts, unchecked.
    ignored : tuple of (Field, str)
        Fields whose value means nothing, with that value: their default is taken and the page says so.
    """

    client_text: str = ""
    section: Section = Section.DECISION
    language: Language = Language.FRENCH
    feature: str | None = None
    group: GroupName = GroupName.ALL
    theme: Theme | None = None
    measure: Measure = Measure.POINTS
    search: str = ""
    change: str = ""
    scenario: str = ""
    ignored: tuple[tuple[Field, str], ...] = ()

    @property
    def client(self) -> int | None:
        """The client number; None if there is none or it is malformed."""
        return read_client_number(self.client_text)

    def href(self, **changes: object) -> str:
        """Relative link to this page with some fields changed; defaults are left out."""
        there = replace(self, **changes)  # type: ignore[arg-type]
        own = {
            Field.FEATURE: there.feature or "",
            Field.GROUP: there.group if there.group is not GroupName.ALL else "",
            Field.THEME: there.theme or "",
            Field.MEASURE: there.measure if there.measure is not Measure.POINTS else "",
            Field.SEARCH: there.search,
            Field.CHANGE: there.change,
            Field.SCENARIO: there.scenario,
        }
        fields = {
            Field.CLIENT: there.client_text,
            Field.SECTION: there.section if there.section is not Section.DECISION else "",
            **{name: value for name, value in own.items() if name in _OWN_FIELDS[there.section] | _OF_THE_CLIENT},
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
    measure, no_measure = _one_of(Measure, fields, Field.MEASURE, Measure.POINTS)
    theme, no_theme = _one_of(Theme, fields, Field.THEME, None)
    return Address(
        client_text=_SPACES.sub("", fields.get(Field.CLIENT, "")),
        section=section,
        language=language,
        feature=fields.get(Field.FEATURE),
        group=group,
        theme=theme,
        measure=measure,
        search=" ".join(fields.get(Field.SEARCH, "").split())[:_LONGEST_SEARCH],
        change=fields.get(Field.CHANGE, "").strip(),
        scenario=fields.get(Field.SCENARIO, "").strip(),
        ignored=(*no_section, *no_language, *no_group, *no_measure, *no_theme),
    )


def _one_of(
    words: type[_Word], fields: Mapping[str, str], field: Field, default: _Default
) -> tuple[_Word | _Default, tuple[tuple[Field, str], ...]]:
    value = fields.get(field)
    if value is None:
        return default, ()
    return (words(value), ()) if value in set(words) else (default, ((field, value),))
