"""The reasons of a decision: what speaks against and for the client, each a sentence, a tag and a weight."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment, Reason
from scoring_dash.core.words import Direction
from scoring_dash.explain.changeability import changeability
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import signed_points
from scoring_dash.i18n.reasons import changeability_name, reason_detail, reason_title
from scoring_dash.web.view import card_attributes


def reasons_card(assessment: Assessment, features: Mapping[str, Feature], texts: Texts) -> html.Section:
    """Reasons against and for, side by side; all bars have one scale."""
    title = "reasons-title"
    return html.Section(
        [
            html.H2(texts.say("What sets this file apart"), id=title),
            html.P(_how_to_read(texts), className="caption"),
            html.Div(
                [_side(assessment, direction, features, texts) for direction in Direction], className="reason-sides"
            ),
        ],
        className="card full reasons-card",
        **card_attributes(assessment.client_id, title),
    )


def _how_to_read(texts: Texts) -> str:
    return texts.say(
        "The file is compared with those only just accepted, whose risk was just below the threshold: “usually” tells "
        "what they have in common. Each weight is what the reason moves the risk by, in points."
    )


def _side(assessment: Assessment, direction: Direction, features: Mapping[str, Feature], texts: Texts) -> html.Section:
    raises = direction is Direction.RAISES
    title = texts.say("What raises the risk") if raises else texts.say("What lowers the risk")
    arrow = html.Span("▲" if raises else "▼", **{"aria-hidden": "true"})
    return html.Section(
        [
            html.H3([arrow, " ", title], id=f"reasons-{direction}", className=direction.value),
            _list(assessment, direction, features, texts),
        ],
        className=direction.value,
        **card_attributes(assessment.client_id, f"reasons-{direction}"),
    )


def _list(assessment: Assessment, direction: Direction, features: Mapping[str, Feature], texts: Texts) -> Component:
    reasons = assessment.reasons_of(direction)
    if not reasons:
        raises = direction is Direction.RAISES
        none = (
            texts.say("Nothing stands out against the client.")
            if raises
            else texts.say("Nothing stands out in favour.")
        )
        return html.P(none, className="none")
    longest = max(abs(reason.probability_points) for reason in assessment.reasons) or 1.0
    return html.Ul(
        [_reason(reason, features[reason.feature], longest, texts) for reason in reasons], className="reasons"
    )


def _reason(reason: Reason, feature: Feature, longest: float, texts: Texts) -> html.Li:
    width = f"{max(2, round(100 * abs(reason.probability_points) / longest))}%"
    tag = changeability_name(changeability(feature), reason.direction, texts)
    return html.Li(
        [
            html.P(
                [
                    html.B(reason_title(reason, texts)),
                    " ",
                    html.Span(reason_detail(reason, feature, texts), className="detail"),
                    " ",
                    html.Span(tag, className="changeability"),
                ],
                className="told",
            ),
            html.Div(
                [
                    html.Span(html.I(style={"width": width}), className="bar", **{"aria-hidden": "true"}),
                    html.Span(signed_points(reason.probability_points, texts), className="points"),
                ],
                className="weight",
            ),
        ],
        className="reason",
    )
