"""The arithmetic of the loan beside the model: formula, inputs, result, and what it takes for granted."""

from __future__ import annotations

from dash import html

from scoring_dash.core.simulation import Simulation
from scoring_dash.i18n.affordability import affordability_lines, assumptions
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.web.charts import Table, table
from scoring_dash.web.view import card_attributes


def money_card(simulation: Simulation, texts: Texts) -> html.Section:
    """Instalment, effort rate, cost and what remains, for the file and for the simulation."""
    after = affordability_lines(simulation.affordability_after, texts)
    before = affordability_lines(simulation.affordability_before, texts)
    is_changed = bool(simulation.changes)
    head = (texts.say("Measure"), texts.say("How it is computed"))
    columns = (texts.say("File"), texts.say("Simulation")) if is_changed else (texts.say("File"),)
    rows = tuple(
        (new.name, new.formula, *((old.result, new.result) if is_changed else (new.result,)))
        for old, new in zip(before, after, strict=True)
    )
    heading = "simulate-money-title"
    return html.Section(
        [
            html.H2(texts.say("What it costs, what remains"), id=heading),
            html.P(texts.say("Plain arithmetic beside the model: it takes no part in the risk."), className="lead"),
            table(Table(texts.say("Arithmetic of the loan"), (*head, *columns), rows, numeric_from=2)),
            html.Ul([html.Li(line) for line in assumptions(simulation.affordability_after, texts)], className="plain"),
        ],
        className="card full money",
        **card_attributes(simulation.after.client_id, heading),
    )
