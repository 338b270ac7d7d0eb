"""Many applications in a file: the place to choose it, with the tables of the clients' past beside it."""

from __future__ import annotations

from typing import Final

from dash import html

from scoring_dash.core.new_application import MOST_APPLICATIONS, MOST_BYTES, ApplicationFault, FaultCode
from scoring_dash.data.new_application.histories import HISTORY_TABLES
from scoring_dash.data.schema import TABLES
from scoring_dash.i18n.catalogue import Language, Texts
from scoring_dash.i18n.new_application import fault_text
from scoring_dash.i18n.numbers import number
from scoring_dash.web.new_application.elements import Input
from scoring_dash.web.new_application.ids import NewId

_KIBIBYTES: Final = 1024


def file_card(texts: Texts, template: str) -> html.Section:
    """Where a file is chosen.

    Parameters
    ----------
    template : str
        Address of an empty file with the names of the columns.
    """
    size = fault_text(ApplicationFault(FaultCode.TOO_LARGE), texts).sentences
    return html.Section(
        [
            html.H2(texts.say("Several applications in a file"), id="new-file-title"),
            html.P(
                texts.say(
                    "A CSV or JSON file with the columns of the table of applications, at most {rows} rows and "
                    "{megabytes} MB. Columns that may not decide on a loan, such as sex or age, are not read. The "
                    "file is not kept.",
                    rows=number(MOST_APPLICATIONS, texts),
                    megabytes=number(MOST_BYTES / _KIBIBYTES**2, texts),
                ),
                className="caption",
            ),
            html.P(html.A(texts.say("Download an empty file with the names of the columns"), href=template)),
            _past(texts),
            _file_form(texts, size),
        ],
        className="card full new-file",
        **{"aria-labelledby": "new-file-title"},
    )


def _past(texts: Texts) -> html.Details:
    """Which further files may be chosen together with the applications."""
    tables = [TABLES[name] for name in HISTORY_TABLES]
    meanings = [table.meaning_fr if texts.language is Language.FRENCH else table.meaning_en for table in tables]
    return html.Details(
        [
            html.Summary(texts.say("Add what is known of these clients' past")),
            html.P(
                texts.say("Choose together with the applications one file for each table, with the name of its table:")
            ),
            html.Ul(
                [
                    html.Li([html.Code(str(table.name)), " – ", texts.typeset(meaning)])
                    for table, meaning in zip(tables, meanings, strict=True)
                ]
            ),
        ],
        className="new-past",
    )


def _file_form(texts: Texts, size: str) -> html.Form:
    return html.Form(
        [
            html.Div(
                [
                    html.Label(texts.say("CSV or JSON file"), htmlFor=NewId.FILE),
                    Input(
                        type="file",
                        id=NewId.FILE,
                        name="files",
                        accept=".csv,.json,.txt,text/csv,application/json",
                        multiple=True,
                    ),
                ],
                className="new-field",
            ),
            html.Button(texts.say("Estimate all rows"), type="submit", id=NewId.FILE_SUBMIT, className="button"),
            html.Div(
                [
                    html.Progress(id=NewId.PROGRESS, max="100", **{"aria-labelledby": NewId.PROGRESS_TEXT.value}),
                    html.P(id=NewId.PROGRESS_TEXT, role="status", className="caption"),
                ],
                className="new-progress",
            ),
        ],
        id=NewId.FILE_FORM,
        **{
            "data-most-bytes": str(MOST_BYTES),
            "data-too-large": size,
            "data-none": texts.say("Choose a file first."),
            "data-sending": texts.say("Sending the file: {share}%", share="{share}"),
            "data-checking": texts.say("Checking the rows…"),
            "data-estimating": texts.say("{done} of {all} rows estimated", done="{done}", all="{all}"),
            "data-failed": texts.say("The file could not be sent. Try again."),
        },
    )
