"""What became of a file of applications: its faults by row and column, or its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.assessment.new_applications import NO_NUMBER
from scoring_dash.core.new_application import (
    ApplicationFault,
    ApplicationFaultsError,
)
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Direction, Recommendation, TableName
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.new_application import column_label, fault_count_text, fault_text, more_faults_text
from scoring_dash.i18n.numbers import client_number, number, percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.web.new_application.ids import NewId
from scoring_dash.web.sections.decision import recommendation_tag

SHOWN_ROWS: Final = 20
_KIBIBYTES: Final = 1024
_MOST_NAMED: Final = 6
_DOWNLOAD_NAME: Final = "assessments.csv"


def faults_card(error: ApplicationFaultsError, texts: Texts) -> html.Section:
    """All faults of a file, by row and column."""
    more = [html.P(more_faults_text(error.more, texts), className="caption")] if error.more else []
    return html.Section(
        [
            html.H2(fault_count_text(error.faults, error.more, texts), id=NewId.FAULTS, tabIndex="-1"),
            html.P(texts.say("Nothing was estimated. Correct the file and send it again."), className="lead"),
            _scrolling(_faults_table(error.faults, texts), NewId.FAULTS),
            *more,
        ],
        className="card full new-faults",
        **{"aria-labelledby": NewId.FAULTS.value},
    )


def results_card(assessments: Sequence[Assessment], applications: NewApplications, texts: Texts) -> html.Section:
    """How many of each recommendation, the first rows, and all of them to download."""
    count = len(assessments)
    title = texts.say_count(
        "{count} application estimated", "{count} applications estimated", count, count=number(count, texts)
    )
    return html.Section(
        [
            html.H2(title, id=NewId.FILE_RESULT, tabIndex="-1"),
            _counts(assessments, texts),
            *_notes(applications, texts),
            html.P(
                html.A(
                    texts.say("Download all results (CSV)"),
                    id=NewId.DOWNLOAD,
                    className="button",
                    **{"data-name": _DOWNLOAD_NAME},
                )
            ),
            _scrolling(_results_table(assessments[:SHOWN_ROWS], texts), NewId.FILE_RESULT),
        ],
        className="card full new-results",
        **{"aria-labelledby": NewId.FILE_RESULT.value},
    )


def _faults_table(faults: Sequence[ApplicationFault], texts: Texts) -> html.Table:
    heads = (texts.say("Row"), texts.say("Column"), texts.say("What is wrong"), texts.say("What to do"))
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([_fault_row(fault, texts) for fault in faults]),
        ]
    )


def _fault_row(fault: ApplicationFault, texts: Texts) -> html.Tr:
    told = fault_text(fault, texts)
    is_history = fault.table is not TableName.APPLICATION_TEST
    column = f"{fault.table}.{fault.column}" if is_history and fault.column else fault.column
    shown = column or (fault.table if is_history else None)
    name = [html.Code(str(shown))] if shown else []
    label = [html.Span(told.label), " "] if told.label else []
    return html.Tr(
        [
            _row_cell(fault.row, texts),
            html.Td([*label, *name]),
            html.Td(told.problem),
            html.Td(" ".join(part for part in (told.allowed, told.remedy) if part)),
        ]
    )


def _row_cell(row: int | None, texts: Texts) -> html.Td:
    if row is None:
        return html.Td(texts.say("the file"))
    return html.Td(number(row, texts), **{"data-label": texts.say("Row")})


def _counts(assessments: Sequence[Assessment], texts: Texts) -> html.Ul:
    times = Counter(item.recommendation for item in assessments)
    return html.Ul(
        [
            html.Li([recommendation_tag(recommendation, texts), " ", html.B(number(times[recommendation], texts))])
            for recommendation in Recommendation
        ],
        className="new-counts",
    )


def _notes(applications: NewApplications, texts: Texts) -> list[Component]:
    told = []
    if applications.ignored:
        told.append(
            texts.say(
                "Not read, because it may not decide on a loan: {columns}.",
                columns=_listed(applications.ignored, texts),
            )
        )
    if applications.absent:
        told.append(
            texts.say_count(
                "{count} column of the table is not in the file; its values count as unknown.",
                "{count} columns of the table are not in the file; their values count as unknown.",
                len(applications.absent),
                count=number(len(applications.absent), texts),
            )
        )
    told.append(
        texts.say("No history of these clients was given: they are judged by their application alone.")
        if applications.directory is None
        else texts.say("The tables of these clients' past were taken into account.")
    )
    return [html.P(text, className="caption") for text in told]


def _listed(columns: Sequence[str], texts: Texts) -> str:
    named = [column_label(name, texts) or name for name in columns[:_MOST_NAMED]]
    more = len(columns) - len(named)
    return "; ".join(named) + (texts.say(" and {count} more", count=number(more, texts)) if more else "")


def _results_table(assessments: Sequence[Assessment], texts: Texts) -> html.Table:
    heads = (
        texts.say("Client number"),
        texts.say("Recommendation"),
        texts.say("Estimated risk"),
        texts.say("First reason against"),
    )
    return html.Table(
        [
            html.Caption(
                texts.say_count(
                    "The first {count} row",
                    "The first {count} rows",
                    len(assessments),
                    count=number(len(assessments), texts),
                )
            ),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody([_result_row(item, texts) for item in assessments]),
        ]
    )


def _result_row(item: Assessment, texts: Texts) -> html.Tr:
    against = item.reasons_of(Direction.RAISES)
    return html.Tr(
        [
            html.Td(client_number(item.client_id) if item.client_id != NO_NUMBER else "–"),
            html.Td(sentences.recommendation_name(item.recommendation, texts)),
            html.Td(percent(item.probability_of_default, texts), className="number"),
            html.Td(theme_name(against[0].theme, texts) if against else "–"),
        ],
        **{"data-client": str(item.client_id), "data-probability": repr(item.probability_of_default)},
    )


def _scrolling(table: html.Table, title: NewId) -> html.Div:
    """A wide table scrolls in a box of its own, by keyboard too."""
    return html.Div(table, className="new-table", tabIndex="0", role="region", **{"aria-labelledby": title.value})
