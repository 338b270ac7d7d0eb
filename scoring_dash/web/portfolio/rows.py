"""What the grid asks for and what it gets: a few rows, every value already written for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Language, Texts
from scoring_dash.i18n.work_list import cell_texts
from scoring_dash.population.work_list import LARGEST_PAGE, WorkRow
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import Services
from scoring_dash.web.address import Address
from scoring_dash.web.wording import RECOMMENDATION_SIGNS

_KEYS: Final = frozenset({"list", "language", "startRow", "endRow", "turn"})
_PARAMETER: Final = "getRowsRequest"
_MOST_ROWS: Final = 10**9


@dataclass(frozen=True, slots=True)
class RowsRequest:
    """Rows ``start`` to ``end``, the last one not included, of a list, in a language.

    ``turn`` is the number that the browser gave to the question.
    """

    turn: int
    query: WorkListQuery
    start: int
    end: int
    language: Language


def read_rows_request(value: object) -> RowsRequest:
    """A request of the grid, strictly.

    Raises
    ------
    InvalidRequestError
        If it is no object with exactly a number, a list, a language and two row numbers at most 200 apart.
    """
    if not isinstance(value, dict) or value.keys() != _KEYS:
        raise InvalidRequestError(_PARAMETER, value, f"an object with the keys {', '.join(sorted(_KEYS))}")
    start, end = _whole_number(value["startRow"]), _whole_number(value["endRow"])
    if not 0 < end - start <= LARGEST_PAGE:
        raise InvalidRequestError(_PARAMETER, f"{start} to {end}", f"1 to {LARGEST_PAGE} rows")
    text, language = value["list"], value["language"]
    if not isinstance(text, str):
        raise InvalidRequestError("list", text, "a text such as near_threshold")
    if language not in list(Language):
        raise InvalidRequestError("language", language, " or ".join(Language))
    turn = _whole_number(value["turn"])
    return RowsRequest(turn, WorkListQuery.parse(text), start, end, Language(language))


def check_rows_request(value: object, services: Services) -> None:
    """Raise InvalidRequestError for a request that :func:`rows_answer` could not answer.

    The order found on the way is kept, so that nothing is computed twice.
    """
    services.work_list(read_rows_request(value).query, offset=0, limit=1)


def rows_answer(request: RowsRequest, services: Services, texts: Texts) -> dict[str, Any]:
    """The rows asked for, with the number of the question: the grid never takes an answer for that to another one."""
    page = services.work_list(request.query, offset=request.start, limit=request.end - request.start)
    return {
        "turn": request.turn,
        "rowCount": page.total,
        "rowData": [grid_row(row, request.query, texts) for row in page.rows],
    }


def grid_row(row: WorkRow, query: WorkListQuery, texts: Texts) -> dict[str, Any]:
    """Cells by name of their column, and what opens the file."""
    cells: Mapping[str, str] = {column.value: text for column, text in cell_texts(row, texts).items()}
    address = Address(client_text=str(row.client_id), language=texts.language, work_list=query)
    return {
        **cells,
        "id": row.client_id,
        "href": address.href(),
        "kind": row.recommendation.value,
        "sign": RECOMMENDATION_SIGNS[row.recommendation],
    }


def _whole_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST_ROWS:
        raise InvalidRequestError(_PARAMETER, value, "whole numbers from 0 on")
    return value
