"""The list as a file for a spreadsheet: all its rows, in the columns of the grid, harmless when opened.

A cell of text that starts like a formula gets an apostrophe in front, which spreadsheets show as text. Numbers are not
text: they are written by this program, with digits, one decimal sign and at most a minus sign in front, and stay
numbers: a spreadsheet reads ``-0,42`` as a number, never as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

import dash
from flask import Response, request

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.i18n.catalogue import Language, Texts, load_texts
from scoring_dash.i18n.work_list import cell_texts, column_title
from scoring_dash.population.work_list import LARGEST_PAGE, WorkRow
from scoring_dash.population.work_query import WorkColumn, WorkListQuery
from scoring_dash.services import Services
from scoring_dash.web.portfolio.page import EXPORT_PATH
from scoring_dash.web.protection import is_same_origin, problem

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BYTE_ORDER_MARK: Final = "\ufeff"
_SEPARATORS: Final = {Language.FRENCH: ";", Language.ENGLISH: ","}


def install(app: dash.Dash, services: Services, *, now: Callable[[], datetime]) -> None:
    """Answer ``GET /work-list.csv?list=&lang=`` to pages of this server.

    Parameters
    ----------
    now : callable
        Gives the time, whose date goes into the name of the file.
    """

    @app.server.get(f"{app.config.routes_pathname_prefix}{EXPORT_PATH}", endpoint="work-list-export")
    def export() -> Response:
        if not is_same_origin(dict(request.headers), request.host):
            return problem(403, "The list is given to pages of this server only.")
        try:
            query = WorkListQuery.parse(request.args.get("list", WorkListQuery().text))
            services.work_list(query, offset=0, limit=1)  # refuses what cannot be answered before anything is sent
            language = _read_language(request.args.get("lang", Language.FRENCH))
        except InvalidRequestError as error:
            return problem(400, str(error))
        texts = load_texts(language)
        name = texts.say("portfolio-{date}.csv", date=f"{now():%Y-%m-%d}")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(csv_parts(query, services, texts), mimetype="text/csv", headers=headers)


def csv_parts(query: WorkListQuery, services: Services, texts: Texts) -> Iterator[str]:
    """The file, part by part: a byte order mark, so that spreadsheets read it as UTF-8, the headings, the rows."""
    yield _BYTE_ORDER_MARK + _line(_headings(texts), texts)
    offset, total = 0, 1
    while offset < total:
        page = services.work_list(query, offset=offset, limit=LARGEST_PAGE)
        yield "".join(_line(export_cells(row, texts), texts) for row in page.rows)
        offset, total = offset + LARGEST_PAGE, page.total


def export_cells(row: WorkRow, texts: Texts) -> list[str]:
    """The columns of the grid, risk in percent, gap in points, empty where not given."""
    words = {column: harmless(text) for column, text in cell_texts(row, texts).items()}
    return [
        str(row.client_id),
        words[WorkColumn.RECOMMENDATION],
        plain_number(row.probability * 100, texts),
        plain_number(row.distance * 100, texts),
        plain_number(row.amount, texts),
        plain_number(row.instalment, texts),
        words[WorkColumn.CONTRACT] if row.contract is not None else "",
        words[WorkColumn.THEME] if row.theme is not None else "",
        words[WorkColumn.CHANGE] if row.change is not None else "",
    ]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    References
    ----------
    OWASP, "CSV Injection".
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def plain_number(value: float | None, texts: Texts) -> str:
    """A number that a spreadsheet of the language reads: no grouping, at most two decimals, a plain minus sign."""
    if value is None:
        return ""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    written = "0" if written == "-0" else written
    return written.replace(".", ",") if texts.language is Language.FRENCH else written


def _headings(texts: Texts) -> list[str]:
    units = {
        WorkColumn.RISK: texts.say("Estimated risk (%)"),
        WorkColumn.DISTANCE: texts.say("Gap to the threshold (points)"),
    }
    return [harmless(units.get(column) or column_title(column, texts)) for column in WorkColumn]


def _line(cells: list[str], texts: Texts) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=_SEPARATORS[texts.language], lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _read_language(text: str) -> Language:
    if text not in list(Language):
        raise InvalidRequestError("lang", text, " or ".join(Language))
    return Language(text)
