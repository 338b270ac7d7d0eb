"""Short ways to write a column of each usual sort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypedDict, Unpack

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import Unit
from scoring_dash.data.schema.column import CategoryLabel, Column, ColumnKind

Vocabulary = Mapping[str, tuple[str, str]]
"""Categories as the files write them → (French name, English name)."""

MAXIMUM_AMOUNT: Final = 1e12
MAXIMUM_COUNT: Final = 10_000.0
MAXIMUM_IDENTIFIER: Final = 999_999_999_999_999.0  # exact as a float64 too
LIFETIME_DAYS: Final = 44_000.0  # 120 years
UNKNOWN_DAY: Final = 365_243.0  # the original's code for "no date": a thousand years
UNKNOWN_TEXT: Final = "XNA"
NOT_APPLICABLE_TEXT: Final = "XAP"


class Options(TypedDict, total=False):
    """What any column may add to its usual form."""

    minimum: float | None
    maximum: float | None
    sentinels: tuple[float | str, ...]
    nullable: bool
    implausible_below: float


def identifier(name: str, meaning_fr: str, meaning_en: str) -> Column:
    """Build a number that identifies a client, an application or a credit; never empty."""
    return _build(
        (name, ColumnKind.INTEGER, Unit.IDENTIFIER, meaning_fr, meaning_en),
        {"minimum": 1.0, "maximum": MAXIMUM_IDENTIFIER, "nullable": False},
        {},
    )


def amount(name: str, meaning_fr: str, meaning_en: str, **options: Unpack[Options]) -> Column:
    """Build an amount of money; not negative unless ``minimum`` says so."""
    return _build(
        (name, ColumnKind.DECIMAL, Unit.CURRENCY, meaning_fr, meaning_en),
        {"minimum": 0.0, "maximum": MAXIMUM_AMOUNT},
        options,
    )


def days(
    name: str, meaning_fr: str, meaning_en: str, *, kind: ColumnKind = ColumnKind.DECIMAL, **options: Unpack[Options]
) -> Column:
    """Build a day relative to the application: negative is the past, and the future is refused by default."""
    return _build((name, kind, Unit.DAYS, meaning_fr, meaning_en), {"minimum": -LIFETIME_DAYS, "maximum": 0.0}, options)


def months(name: str, meaning_fr: str, meaning_en: str) -> Column:
    """Build a month relative to the application: 0 is the month of the application, -1 the one before."""
    return _build(
        (name, ColumnKind.INTEGER, Unit.MONTHS, meaning_fr, meaning_en),
        {"minimum": -1_200.0, "maximum": 0.0, "nullable": False},
        {},
    )


def count(
    name: str,
    meaning_fr: str,
    meaning_en: str,
    *,
    kind: ColumnKind = ColumnKind.DECIMAL,
    unit: Unit = Unit.COUNT,
    **options: Unpack[Options],
) -> Column:
    """Build a number of things, never negative."""
    return _build((name, kind, unit, meaning_fr, meaning_en), {"minimum": 0.0, "maximum": MAXIMUM_COUNT}, options)


def score(
    name: str, meaning_fr: str, meaning_en: str, *, unit: Unit = Unit.SCORE, **options: Unpack[Options]
) -> Column:
    """Build a value normalised to [0, 1]."""
    return _build((name, ColumnKind.DECIMAL, unit, meaning_fr, meaning_en), {"minimum": 0.0, "maximum": 1.0}, options)


def flag(
    name: str, meaning_fr: str, meaning_en: str, *, kind: ColumnKind = ColumnKind.INTEGER, **options: Unpack[Options]
) -> Column:
    """Build a claim that is true (1) or false (0)."""
    return _build((name, kind, Unit.FLAG, meaning_fr, meaning_en), {"minimum": 0.0, "maximum": 1.0}, options)


def category(name: str, meaning_fr: str, meaning_en: str, vocabulary: Vocabulary, **options: Unpack[Options]) -> Column:
    """Build a text column with known categories."""
    labels = tuple(CategoryLabel(value, typeset_french(fr), en) for value, (fr, en) in vocabulary.items())
    return _build((name, ColumnKind.TEXT, Unit.CATEGORY, meaning_fr, meaning_en), {}, options, labels)


def _build(
    description: tuple[str, ColumnKind, Unit, str, str],
    usual: Options,
    options: Options,
    labels: tuple[CategoryLabel, ...] = (),
) -> Column:
    name, kind, unit, meaning_fr, meaning_en = description
    chosen: Options = {**usual, **options}
    return Column(
        name=name,
        kind=kind,
        unit=unit,
        meaning_fr=typeset_french(meaning_fr),
        meaning_en=meaning_en,
        minimum=chosen.get("minimum"),
        maximum=chosen.get("maximum"),
        sentinels=chosen.get("sentinels", ()),
        nullable=chosen.get("nullable", True),
        labels=labels,
        implausible_below=chosen.get("implausible_below"),
    )
