"""What the engine makes of the changes: risk and recommendation before and after, and what moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment
from scoring_dash.core.simulation import ChangeFault, Move, ReasonMove, Simulation
from scoring_dash.core.words import Recommendation
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.reasons import reason_text, theme_name, warning_text
from scoring_dash.i18n.simulation import (
    changes_text,
    fault_field,
    fault_text,
    move_name,
    recommendation_sentence,
    result_sentence,
)
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ModelSummary
from scoring_dash.web.charts import Table, table
from scoring_dash.web.ids import SimulateId
from scoring_dash.web.sections.decision import recommendation_tag
from scoring_dash.web.view import card_attributes

_MOST_FACTS: Final = 12
_SHOWN_MOVES: Final = (Move.APPEARED, Move.VANISHED, Move.TURNED, Move.STRONGER, Move.WEAKER)


def result_card(
    simulation: Simulation, model: ModelSummary, features: Mapping[str, Feature], texts: Texts
) -> html.Section:
    """Risk, recommendation and distance, before and after, and what to know before trusting them."""
    after = simulation.after
    heading = "simulate-result-title"
    return html.Section(
        [
            html.H2(texts.say("Result"), id=heading),
            html.P(recommendation_tag(after.recommendation, texts)),
            html.P(result_sentence(simulation, texts), className="lead"),
            *([html.P(recommendation_sentence(simulation, texts))] if simulation.changes else []),
            *([html.P(sentences.advice(after, texts))] if after.recommendation is Recommendation.REVIEW else []),
            html.P(changes_text(simulation.changes, texts), className="caption"),
            table(_before_and_after(simulation, texts)),
            *_new_warnings(simulation, model, features, texts),
            html.P(
                texts.say("Every fact that follows from a changed value is computed anew; nothing else is changed."),
                className="caption",
            ),
        ],
        className="card result",
        id=SimulateId.RESULT,
        **{
            "data-probability": repr(after.probability_of_default),
            "data-probability-before": repr(simulation.before.probability_of_default),
            "data-recommendation": after.recommendation.value,
            **card_attributes(after.client_id, heading),
        },
    )


def faults_card(client_id: int, faults: Sequence[ChangeFault], texts: Texts) -> html.Section:
    """What is wrong, all of it; nothing was computed."""
    heading = "simulate-result-title"
    told = [
        html.Li(texts.say("{field}: {value}", field=fault_field(fault, texts), value=fault_text(fault, texts)))
        for fault in faults
    ]
    return html.Section(
        [
            html.H2(texts.say("Nothing was computed"), id=heading),
            html.P(texts.say("Correct what is marked in the form, then simulate again."), className="lead"),
            html.Ul(told, className="plain"),
        ],
        className="card result",
        id=SimulateId.RESULT,
        **card_attributes(client_id, heading),
    )


def moved_card(simulation: Simulation, features: Mapping[str, Feature], texts: Texts) -> html.Section:
    """Reasons that appeared, vanished or moved, and the facts that followed from the changes."""
    heading = "simulate-moved-title"
    return html.Section(
        [
            html.H2(texts.say("What moves with it"), id=heading),
            *_reasons(simulation.reasons, features, texts),
            *_facts(simulation, features, texts),
        ],
        className="card",
        **card_attributes(simulation.after.client_id, heading),
    )


def _new_warnings(
    simulation: Simulation, model: ModelSummary, features: Mapping[str, Feature], texts: Texts
) -> list[Component]:
    """Alerts that the file itself does not give, such as a value that no past file had."""
    known = {(warning.code, warning.feature) for warning in simulation.before.warnings}
    new = [warning for warning in simulation.after.warnings if (warning.code, warning.feature) not in known]
    lines = [
        warning_text(item, features.get(item.feature or ""), texts, usual_range=model.ranges.get(item.feature or ""))
        for item in new
    ]
    told = html.Ul([html.Li(line) for line in lines], className="plain")
    return [html.H3(texts.say("New with these changes")), told] if lines else []


def _before_and_after(simulation: Simulation, texts: Texts) -> Table:
    before, after = simulation.before, simulation.after
    return Table(
        texts.say("Before and after the changes"),
        (texts.say("Measure"), texts.say("File"), texts.say("Simulation")),
        (
            (texts.say("Estimated risk"), *(percent(item.probability_of_default, texts) for item in (before, after))),
            (texts.say("Distance to the threshold"), *(sentences.distance(item, texts) for item in (before, after))),
            (
                texts.say("Recommendation"),
                *(sentences.recommendation_name(item.recommendation, texts) for item in (before, after)),
            ),
            (texts.say("Control models"), *(_spread(item, texts) for item in (before, after))),
        ),
    )


def _spread(assessment: Assessment, texts: Texts) -> str:
    if assessment.spread_low == assessment.spread_high:
        return texts.say("one single model")
    return texts.say(
        "{low} to {high}", low=percent(assessment.spread_low, texts), high=percent(assessment.spread_high, texts)
    )


def _reasons(moves: Sequence[ReasonMove], features: Mapping[str, Feature], texts: Texts) -> list[Component]:
    moved = sorted(
        (item for item in moves if item.move in _SHOWN_MOVES), key=lambda item: _SHOWN_MOVES.index(item.move)
    )
    title = html.H3(texts.say("Reasons"))
    if not moved:
        return [title, html.P(texts.say("No reason moved."))]
    return [title, html.Ul([_reason_item(item, features, texts) for item in moved], className="plain moves")]


def _reason_item(item: ReasonMove, features: Mapping[str, Feature], texts: Texts) -> html.Li:
    reason = item.after or item.before
    assert reason is not None  # noqa: S101 - one of both is always there
    told = [
        html.B(theme_name(item.theme, texts)),
        html.Span(move_name(item.move, reason.direction, texts), className="move"),
    ]
    if item.move in (Move.APPEARED, Move.TURNED):
        told.append(html.P(reason_text(reason, features[reason.feature], texts), className="caption"))
    return html.Li(told)


def _facts(simulation: Simulation, features: Mapping[str, Feature], texts: Texts) -> list[Component]:
    if not simulation.facts:
        return []
    content = Table(
        texts.say("Facts that follow from the changes"),
        (texts.say("Fact"), texts.say("File"), texts.say("Simulation")),
        tuple(
            (
                feature_label(features[fact.feature], texts),
                value_text(fact.before, features[fact.feature], texts),
                value_text(fact.after, features[fact.feature], texts),
            )
            for fact in simulation.facts[:_MOST_FACTS]
        ),
    )
    summary = html.Summary(texts.say("Facts that follow from the changes"))
    return [html.Details([summary, table(content)], className="figures")]
