"""The features that row scores become: which summary of which source, and what a person is told of it.

A score is the probability, for a client with such a row, of not repaying; a client's scores are summed up in the ways
that winners of the original competition found to matter (NoxMoon, 17th). Means, extremes and the latest must not lower
the risk as they rise; sums also count rows, and stay free.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.past_rows import credits, instalments, previous
from scoring_dash.data.features.past_rows.source import RowInput, RowSource
from scoring_dash.data.features.registry import strictest_use


class Statistic(StrEnum):
    """How the scores of a client's rows become one number."""

    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    LATEST = "latest"
    SUM = "sum"
    WEIGHTED_SUM = "weighted_sum"  # weights fall from 1 today to 0 eight years ago


@dataclass(frozen=True, slots=True)
class RowSummary:
    """One summary of a client's row scores, before the columns that its rows read are known.

    Attributes
    ----------
    days : int or None
        Rows looked at: of the last days, or all.
    """

    name: str
    statistic: Statistic
    days: int | None
    label_fr: str
    label_en: str

    @property
    def is_sum(self) -> bool:
        """Whether a client without rows has 0 rather than no value."""
        return self.statistic in (Statistic.SUM, Statistic.WEIGHTED_SUM)

    @property
    def window(self) -> str:
        """Rows looked at, in words."""
        if self.statistic is Statistic.LATEST:
            return "latest row"
        return "all" if self.days is None else f"last {self.days} days"


_PREVIOUS: Final = (
    RowSummary(
        "previous_row_score_mean",
        Statistic.MEAN,
        None,
        "Risque lu dans les demandes passées (moyenne)",
        "Risk read in past applications (mean)",
    ),
    RowSummary(
        "previous_row_score_max",
        Statistic.MAX,
        None,
        "Risque lu dans la demande passée la plus risquée",
        "Risk read in the riskiest past application",
    ),
    RowSummary(
        "previous_row_score_min",
        Statistic.MIN,
        None,
        "Risque lu dans la demande passée la plus sûre",
        "Risk read in the safest past application",
    ),
    RowSummary(
        "previous_row_score_latest",
        Statistic.LATEST,
        None,
        "Risque lu dans la dernière demande passée",
        "Risk read in the latest past application",
    ),
    RowSummary(
        "previous_row_score_weighted",
        Statistic.WEIGHTED_SUM,
        None,
        "Risque cumulé des demandes, les récentes pesant plus",
        "Risk of past applications in all, recent ones weighing more",
    ),
)

_CREDITS: Final = (
    RowSummary(
        "bureau_row_score_mean",
        Statistic.MEAN,
        None,
        "Risque lu dans les crédits ailleurs (moyenne)",
        "Risk read in credits elsewhere (mean)",
    ),
    RowSummary(
        "bureau_row_score_max",
        Statistic.MAX,
        None,
        "Risque lu dans le crédit ailleurs le plus risqué",
        "Risk read in the riskiest credit elsewhere",
    ),
    RowSummary(
        "bureau_row_score_latest",
        Statistic.LATEST,
        None,
        "Risque lu dans le dernier crédit ouvert ailleurs",
        "Risk read in the latest credit elsewhere",
    ),
    RowSummary(
        "bureau_row_score_sum",
        Statistic.SUM,
        None,
        "Risque cumulé des crédits ailleurs",
        "Risk of credits elsewhere in all",
    ),
    RowSummary(
        "bureau_row_score_sum_730d",
        Statistic.SUM,
        730,
        "Risque cumulé des crédits ailleurs (730 derniers jours)",
        "Risk of credits elsewhere in all (last 730 days)",
    ),
)

_INSTALMENTS: Final = (
    RowSummary(
        "instalment_row_score_mean",
        Statistic.MEAN,
        None,
        "Risque lu dans les échéances (moyenne)",
        "Risk read in instalments (mean)",
    ),
    RowSummary(
        "instalment_row_score_max",
        Statistic.MAX,
        None,
        "Risque lu dans l'échéance la plus risquée",
        "Risk read in the riskiest instalment",
    ),
    RowSummary(
        "instalment_row_score_mean_365d",
        Statistic.MEAN,
        365,
        "Risque lu dans les échéances (365 derniers jours)",
        "Risk read in instalments (last 365 days)",
    ),
)

SOURCES: Final[dict[TableName, RowSource]] = {
    module.SOURCE.table: module.SOURCE for module in (previous, credits, instalments)
}
"""The tables whose rows are scored, in the order of the features."""

SUMMARIES: Final[dict[TableName, tuple[RowSummary, ...]]] = {
    TableName.PREVIOUS_APPLICATION: _PREVIOUS,
    TableName.BUREAU: _CREDITS,
    TableName.INSTALLMENTS_PAYMENTS: _INSTALMENTS,
}

ROW_SCORE_NAMES: Final = frozenset(summary.name for group in SUMMARIES.values() for summary in group)
"""Names of all features that come from row models: no recipe computes them without the models."""


def score_features(source: RowSource, inputs: Sequence[RowInput]) -> tuple[Feature, ...]:
    """Describe the summaries of a source whose row model reads these inputs.

    Each feature names every raw column behind its row model, and has the strictest class among them.
    """
    columns = tuple(dict.fromkeys(_reference(source, pair) for item in inputs for pair in source.raw_columns(item)))
    return tuple(_feature(source.table, columns, summary) for summary in SUMMARIES[source.table])


def computable_sources(tables: Collection[TableName]) -> tuple[RowSource, ...]:
    """The sources whose table is there."""
    return tuple(source for table, source in SOURCES.items() if table in tables)


def _reference(source: RowSource, pair: tuple[TableName, str]) -> str:
    table, column = pair
    return column if table is source.table else f"{table}.{column}"


def _feature(table: TableName, columns: tuple[str, ...], summary: RowSummary) -> Feature:
    feature = Feature(
        summary.name,
        table,
        columns,
        summary.window,
        Unit.SCORE,
        Theme.LEARNED_SCORES,
        typeset_french(summary.label_fr),
        summary.label_en,
        monotone=0 if summary.is_sum else 1,
        zero_when_no_rows=summary.is_sum,
    )
    return replace(feature, use=strictest_use(feature))
