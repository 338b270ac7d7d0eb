"""The page of new applications: what was found, if anything, above the form and the place for a file."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.effects import Gap
from scoring_dash.core.results import Assessment
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.services import ModelSummary
from scoring_dash.web.ids import ShellId
from scoring_dash.web.new_application.file import file_card
from scoring_dash.web.new_application.form import Answers, form_card
from scoring_dash.web.new_application.ids import NewId
from scoring_dash.web.sections.decision import decision_section

TEMPLATE_PATH = "new-application/columns.csv"


def new_application_page(
    model: ModelSummary, texts: Texts, *, answers: Answers | None = None, found: Sequence[Component] = ()
) -> list[Component]:
    """The whole page.

    Parameters
    ----------
    answers : Answers or None
        What the form holds; None for an empty one.
    found : sequence of Component
        Results or faults, shown first.
    """
    return [
        html.Div(
            [
                html.Div([html.H1(texts.say("New application"), id=ShellId.TITLE, tabIndex="-1")], className="who"),
                html.P(texts.say("For a client who is not in the portfolio. Nothing is stored."), className="caption"),
            ],
            className="client new-head",
        ),
        *([html.Div(list(found), className="cards new-found")] if found else []),
        html.Div(
            [form_card(model, answers or Answers(), texts), file_card(texts, f"/{TEMPLATE_PATH}")],
            className="cards section-new",
        ),
    ]


def assessment_cards(
    assessment: Assessment, gaps: tuple[Gap, ...], model: ModelSummary, texts: Texts
) -> list[Component]:
    """The result of the form: the cards of a client's decision."""
    title = html.H2(texts.say("Estimate for these answers"), id=NewId.RESULT, tabIndex="-1", className="new-title")
    return [title, *decision_section(assessment, gaps, model, texts)]
