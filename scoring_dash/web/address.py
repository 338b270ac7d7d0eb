"""The address of a page: the one owner of client, section, language, facts and group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar
from urllib.parse import parse_qs, urlencode

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import Group, read_what_is_a_group
from scoring_dash.core.words import Theme
from scoring_dash.i18n.catalogue import Language
from scoring_dash.population.work_query import WorkListQuery

_MOST_BESIDE = 2
_MOST_CHARACTERS = 4_000  # a group, and three scenarios of ten changes each, escaped twice
_MOST_DIGITS = 10
_MOST_FIELDS = 50
_LONGEST_SEARCH = 60
_SPACES = re.compile(r"[\s\u00a0\u202f]+")

_Word = TypeVar("_Word", bound=StrEnum)
_Default = TypeVar("_Default")


class Section(StrEnum):
    """Parts of a client's page, and the work list."""

    DECISION = "decision"
    WHY = "why"
    FILE = "file"
    COMPARE = "compare"
    SIMULATE = "simulate"
    PORTFOLIO = "portfolio"  # the work list: of no client


CLIENT_SECTIONS: Final = tuple(section for section in Section if section is not Section.PORTFOLIO)
"""Those that tell of one client, in the order of their links."""


NEW_APPLICATION: Final = "new"
"""In place of a section: the page of new applications, which belongs to no client."""


class Measure(StrEnum):
    """In what an explanation is told: points of probability for managers, the model's log-odds for analysts."""

    POINTS = "points"
    MARGIN = "margin"


class LogScale(StrEnum):
    """Which axes of a two-fact chart grow by factors."""

    NONE = "none"
    ACROSS = "x"
    UP = "y"
    BOTH = "xy"

    @property
    def axes(self) -> tuple[bool, bool]:
        """Across and up."""
        return self in (LogScale.ACROSS, LogScale.BOTH), self in (LogScale.UP, LogScale.BOTH)


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
    SECOND = "by"
    LOG = "log"
    BESIDE = "with"
    LIST = "list"
    CHANGE = "change"
    SCENARIO = "scenario"


_OWN_FIELDS: Final[Mapping[Section, frozenset[Field]]] = MappingProxyType(
    {
        Section.DECISION: frozenset[Field](),
        Section.WHY: frozenset({Field.FEATURE, Field.THEME, Field.MEASURE}),
        Section.FILE: frozenset({Field.THEME, Field.SEARCH}),
        Section.COMPARE: frozenset({Field.FEATURE, Field.GROUP, Field.SECOND, Field.LOG, Field.BESIDE}),
        Section.PORTFOLIO: frozenset[Field](),
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
        Fact to compare, or whose effect is drawn, by its technical name, unchecked.
    group : Group
        Whom the client is compared with; whether its fields exist is not checked here.
    second : str or None
        The other fact of the two-fact chart, by its technical name, unchecked.
    log : LogScale
    beside : tuple of int
        Numbers of the clients shown side by side with this one, unchecked, at most two.
    theme : Theme or None
        Theme that is opened or that facts are restricted to; None for all.
    search : str
        What the facts of a file are searched for; empty for nothing.
    is_new : bool
        Whether the page is that of new applications, which has no client: ``?section=new``.
    work_list : WorkListQuery or None
        The list that is shown, or that the client was opened from; None for none.
    change, scenario : str
        What is changed in a simulation, and the scenarios that are kept, as texts, unchecked.
    ignored : tuple of (Field, str)
        Fields whose value means nothing, with that value: their default is taken and the page says so.
    """

    client_text: str = ""
    section: Section = Section.DECISION
    language: Language = Language.FRENCH
    feature: str | None = None
    group: Group = Group()  # noqa: RUF009 - frozen, without state
    theme: Theme | None = None
    measure: Measure = Measure.POINTS
    search: str = ""
    is_new: bool = False
    second: str | None = None
    log: LogScale = LogScale.NONE
    beside: tuple[int, ...] = ()
    work_list: WorkListQuery | None = None
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
            Field.GROUP: str(there.group) if there.group != Group() else "",
            Field.THEME: there.theme or "",
            Field.MEASURE: there.measure if there.measure is not Measure.POINTS else "",
            Field.SEARCH: there.search,
            Field.SECOND: there.second or "",
            Field.LOG: there.log if there.log is not LogScale.NONE else "",
            Field.BESIDE: ",".join(str(number) for number in there.beside),
            Field.CHANGE: there.change,
            Field.SCENARIO: there.scenario,
        }
        fields = {
            Field.CLIENT: there.client_text,
            Field.SECTION: _section_text(there),
            **{name: value for name, value in own.items() if name in _OWN_FIELDS[there.section] | _OF_THE_CLIENT},
            Field.LIST: there.work_list.text if there.work_list is not None else "",
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


def _section_text(address: Address) -> str:
    if address.is_new and not address.client_text:
        return NEW_APPLICATION
    return address.section if address.section is not Section.DECISION else ""


def _address(given: Mapping[str, str]) -> Address:
    is_new = given.get(Field.SECTION) == NEW_APPLICATION
    fields = {name: value for name, value in given.items() if not (is_new and name == Field.SECTION)}
    section, no_section = _one_of(Section, fields, Field.SECTION, Section.DECISION)
    language, no_language = _one_of(Language, fields, Field.LANGUAGE, Language.FRENCH)
    group, no_group = _read_group(fields)
    log, no_log = _one_of(LogScale, fields, Field.LOG, LogScale.NONE)
    beside, no_beside = _read_beside(fields)
    measure, no_measure = _one_of(Measure, fields, Field.MEASURE, Measure.POINTS)
    theme, no_theme = _one_of(Theme, fields, Field.THEME, None)
    work_list, no_list = _work_list(fields.get(Field.LIST))
    return Address(
        client_text=_SPACES.sub("", fields.get(Field.CLIENT, "")),
        section=section,
        language=language,
        feature=fields.get(Field.FEATURE),
        group=group,
        theme=theme,
        measure=measure,
        search=" ".join(fields.get(Field.SEARCH, "").split())[:_LONGEST_SEARCH],
        is_new=is_new and not fields.get(Field.CLIENT, "").strip(),
        second=fields.get(Field.SECOND),
        log=log,
        beside=beside,
        work_list=work_list,
        change=fields.get(Field.CHANGE, "").strip(),
        scenario=fields.get(Field.SCENARIO, "").strip(),
        ignored=(*no_section, *no_language, *no_group, *no_measure, *no_theme, *no_log, *no_beside, *no_list),
    )


def _read_group(fields: Mapping[str, str]) -> tuple[Group, tuple[tuple[Field, str], ...]]:
    group, unread = read_what_is_a_group(fields.get(Field.GROUP, ""))
    return group, tuple((Field.GROUP, part) for part in unread)


def _read_beside(fields: Mapping[str, str]) -> tuple[tuple[int, ...], tuple[tuple[Field, str], ...]]:
    """Client numbers divided by commas, as people write them; what is no number, or one too many, is told."""
    texts = [part for part in fields.get(Field.BESIDE, "").replace(";", ",").split(",") if part.strip()]
    numbers = [(text.strip(), read_client_number(text)) for text in texts]
    found = tuple(dict.fromkeys(number for _, number in numbers if number is not None))
    unread = [text for text, number in numbers if number is None]
    beyond = [str(number) for number in found[_MOST_BESIDE:]]
    return found[:_MOST_BESIDE], tuple((Field.BESIDE, text) for text in (*unread, *beyond))


def _work_list(text: str | None) -> tuple[WorkListQuery | None, tuple[tuple[Field, str], ...]]:
    try:
        return (None if text is None else WorkListQuery.parse(text)), ()
    except InvalidRequestError:
        return None, ((Field.LIST, text or ""),)


def _one_of(
    words: type[_Word], fields: Mapping[str, str], field: Field, default: _Default
) -> tuple[_Word | _Default, tuple[tuple[Field, str], ...]]:
    value = fields.get(field)
    if value is None:
        return default, ()
    return (words(value), ()) if value in set(words) else (default, ((field, value),))
