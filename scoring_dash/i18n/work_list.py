"""The work list in words: names of its views and columns, and what stands in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.words import Recommendation, TableName
from scoring_dash.data.schema import category_label
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import MINUS, client_number, number, percent, signed_points
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.sentences import recommendation_name
from scoring_dash.population.work_list import Change, WorkRow
from scoring_dash.population.work_query import SortDirection, WorkColumn, WorkView

_CONTRACT_COLUMN: Final = "NAME_CONTRACT_TYPE"
_ARROWS: Final[Mapping[str, str]] = MappingProxyType({"+": "▲ ", MINUS: "▼ "})


def view_name(view: WorkView, texts: Texts) -> str:
    """What a view holds, in a few words."""
    return texts.say(_VIEWS[view])


def column_title(column: WorkColumn, texts: Texts) -> str:
    """Heading of a column."""
    return texts.say(_COLUMNS[column])


def order_name(column: WorkColumn, direction: SortDirection, texts: Texts) -> str:
    """An order, as a list of orders offers it."""
    if column is WorkColumn.DISTANCE:
        return texts.say(_NEAREST[direction])
    return texts.say(_ORDERS[direction], column=column_title(column, texts))


def contract_name(contract: str, texts: Texts) -> str:
    """A kind of credit for a person."""
    return texts.typeset(category_label(TableName.APPLICATION_TRAIN, _CONTRACT_COLUMN, contract, texts.language))


def change_text(change: Change | None, now: Recommendation, texts: Texts) -> str:
    """What differs from the scoring before, from what to what; empty where nothing does."""
    if change is None:
        return ""
    if change.before is None:
        return texts.say("new file")
    return texts.say("{before} → {now}", before=texts.say(_SHORT[change.before]), now=texts.say(_SHORT[now]))


def cell_texts(row: WorkRow, texts: Texts) -> dict[WorkColumn, str]:
    """Every cell of a row as a person reads it."""
    return {
        WorkColumn.CLIENT: client_number(row.client_id),
        WorkColumn.RECOMMENDATION: recommendation_name(row.recommendation, texts),
        WorkColumn.RISK: percent(row.probability, texts),
        WorkColumn.DISTANCE: _distance(row.distance, texts),
        WorkColumn.AMOUNT: _amount(row.amount, texts),
        WorkColumn.INSTALMENT: _amount(row.instalment, texts),
        WorkColumn.CONTRACT: texts.say("not given") if row.contract is None else contract_name(row.contract, texts),
        WorkColumn.THEME: texts.say("none") if row.theme is None else theme_name(row.theme, texts),
        WorkColumn.CHANGE: change_text(row.change, row.recommendation, texts) or texts.say("unchanged"),
    }


def _distance(distance: float, texts: Texts) -> str:
    """Points with sign and arrow, so that the side is never told by colour alone."""
    told = signed_points(distance, texts)
    return f"{_ARROWS.get(told[0], '')}{told}"


def _amount(amount: float | None, texts: Texts) -> str:
    return texts.say("not given") if amount is None else number(amount, texts)


_VIEWS: Final[Mapping[WorkView, str]] = MappingProxyType(
    {
        WorkView.NEAR_THRESHOLD: message("Near the threshold"),
        WorkView.TO_REVIEW: message("Waiting for review"),
        WorkView.REFUSED: message("Proposed: refuse"),
        WorkView.ACCEPTED: message("Proposed: accept"),
        WorkView.CHANGED: message("Changed"),
        WorkView.ALL: message("All files"),
    }
)
_COLUMNS: Final[Mapping[WorkColumn, str]] = MappingProxyType(
    {
        WorkColumn.CLIENT: message("Client"),
        WorkColumn.RECOMMENDATION: message("Recommendation"),
        WorkColumn.RISK: message("Estimated risk"),
        WorkColumn.DISTANCE: message("Gap to the threshold"),
        WorkColumn.AMOUNT: message("Amount asked for"),
        WorkColumn.INSTALMENT: message("Instalment"),
        WorkColumn.CONTRACT: message("Kind of credit"),
        WorkColumn.THEME: message("Weighs most against"),
        WorkColumn.CHANGE: message("Change"),
    }
)
_ORDERS: Final[Mapping[SortDirection, str]] = MappingProxyType(
    {
        SortDirection.ASCENDING: message("{column}, ascending"),
        SortDirection.DESCENDING: message("{column}, descending"),
    }
)
_NEAREST: Final[Mapping[SortDirection, str]] = MappingProxyType(
    {
        SortDirection.ASCENDING: message("Nearest to the threshold first"),
        SortDirection.DESCENDING: message("Farthest from the threshold first"),
    }
)
_SHORT: Final[Mapping[Recommendation, str]] = MappingProxyType(
    {
        Recommendation.ACCEPT: message("accept"),
        Recommendation.REVIEW: message("review"),
        Recommendation.REFUSE: message("refuse"),
    }
)
