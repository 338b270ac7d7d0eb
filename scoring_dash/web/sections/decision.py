"""Décision: the recommendation in a sentence, the gauge, the reasons, and what to know before trusting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment, Reason
from scoring_dash.core.words import Direction, Recommendation
from scoring_dash.figures.dots import dots_picture
from scoring_dash.figures.gauge import gauge_figure, gauge_summary
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent, signed_points
from scoring_dash.i18n.reasons import reason_detail, reason_title, warning_text
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.view import SectionView

_ICONS = {Recommendation.ACCEPT: "✓", Recommendation.REVIEW: "!", Recommendation.REFUSE: "✕"}


def decision_view(_address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address."""
    features = {feature.name: feature for feature in services.model.features}
    return SectionView(decision_section(services.assess(facts.client_id), features, texts), [])


def decision_section(assessment: Assessment, features: Mapping[str, Feature], texts: Texts) -> list[Component]:
    """All cards of the section.

    Parameters
    ----------
    features : mapping of str to Feature
        Features of the model by name.
    """
    return [
        _verdict(assessment, texts),
        _gauge(assessment, texts),
        _reasons(assessment, Direction.RAISES, features, texts),
        _reasons(assessment, Direction.LOWERS, features, texts),
        _reliability(assessment, texts),
        _to_know(assessment, features, texts),
    ]


def recommendation_tag(recommendation: Recommendation, texts: Texts) -> html.Span:
    """The recommendation as a sign and two words."""
    sign = html.Span(_ICONS[recommendation], **{"aria-hidden": "true"})
    return html.Span(
        [sign, sentences.recommendation_name(recommendation, texts)], className=f"tag tag-{recommendation}"
    )


def _verdict(assessment: Assessment, texts: Texts) -> html.Section:
    dots = dots_picture(sentences.among_hundred(assessment.observed))
    frequency = sentences.frequency(assessment.observed, texts)
    return html.Section(
        [
            html.P(recommendation_tag(assessment.recommendation, texts)),
            html.H2(sentences.verdict(assessment, texts), id="verdict"),
            html.P(sentences.advice(assessment, texts), className="lead"),
            html.Img(src=dots, alt=frequency, className="dots", width="500", height="80"),
            html.P(frequency, className="caption"),
        ],
        className="card wide verdict",
        # The exact numbers behind the sentence: what a test compares with the interface and the batch.
        **{
            "data-probability": repr(assessment.probability_of_default),
            "data-threshold": repr(assessment.threshold),
            "data-recommendation": assessment.recommendation.value,
        },
        **_of(assessment, "verdict"),
    )


def _gauge(assessment: Assessment, texts: Texts) -> html.Section:
    risk = percent(assessment.probability_of_default, texts)
    table = Table(
        texts.say("Values of the gauge"),
        (texts.say("Measure"), texts.say("Value")),
        (
            (texts.say("Estimated risk of this file"), risk),
            (texts.say("Threshold"), percent(assessment.threshold, texts)),
            (texts.say("Start of the review zone"), percent(assessment.review_low, texts)),
            (texts.say("End of the review zone"), percent(assessment.review_high, texts)),
        ),
    )
    below = [
        html.P(risk, className="big-number"),
        html.P(sentences.distance(assessment, texts), className="caption"),
        _legend(assessment, texts),
    ]
    picture = Chart("gauge", gauge_figure(assessment, texts), gauge_summary(assessment, texts), table)
    return html.Section(
        [html.H3(texts.say("Risk against the threshold"), id="gauge-title"), chart(picture, texts, extra=below)],
        className="card narrow score",
        **_of(assessment, "gauge-title"),
    )


def _legend(assessment: Assessment, texts: Texts) -> html.Ul:
    low, high = percent(assessment.review_low, texts), percent(assessment.review_high, texts)
    words = {
        "accept": texts.say("accept: less than {low}", low=low),
        "review": texts.say("review: {low} to {high}", low=low, high=high),
        "refuse": texts.say("refuse: more than {high}", high=high),
    }
    return html.Ul(
        [html.Li([html.I(className=f"swatch {name}"), text]) for name, text in words.items()], className="legend"
    )


def _reasons(
    assessment: Assessment, direction: Direction, features: Mapping[str, Feature], texts: Texts
) -> html.Section:
    raises = direction is Direction.RAISES
    title = texts.say("What raises the risk") if raises else texts.say("What lowers the risk")
    reasons = assessment.reasons_of(direction)
    longest = max((abs(reason.probability_points) for reason in assessment.reasons), default=1.0) or 1.0
    none = texts.say("Nothing stands out against the client.") if raises else texts.say("Nothing stands out in favour.")
    content: Sequence[Component] = (
        [
            html.Ul(
                [_reason(reason, features[reason.feature], longest, texts) for reason in reasons], className="reasons"
            )
        ]
        if reasons
        else [html.P(none, className="caption")]
    )
    arrow = html.Span("▲" if raises else "▼", **{"aria-hidden": "true"})
    return html.Section(
        [html.H3([arrow, " ", title], id=f"reasons-{direction}", className=direction.value), *content],
        className=f"card half {direction}",
        **_of(assessment, f"reasons-{direction}"),
    )


def _reason(reason: Reason, feature: Feature, longest: float, texts: Texts) -> html.Li:
    width = f"{max(2, round(100 * abs(reason.probability_points) / longest))}%"
    return html.Li(
        [
            html.Div(
                [html.B(reason_title(reason, texts)), html.Span(reason_detail(reason, feature, texts), className="why")]
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


def _reliability(assessment: Assessment, texts: Texts) -> html.Section:
    lines = [line for line in (sentences.spread(assessment, texts),) if line]
    lines.append(
        texts.say(
            "Among past files of comparable risk, the default rate is {rate}.",
            rate=sentences.default_rate(assessment.observed, texts),
        )
    )
    lines.append(texts.say("The recommendation is not the decision: a person decides."))
    return _list_card(assessment, "reliability", texts.say("Reliability"), lines)


def _to_know(assessment: Assessment, features: Mapping[str, Feature], texts: Texts) -> html.Section:
    lines = [
        warning_text(warning, features.get(warning.feature) if warning.feature else None, texts)
        for warning in assessment.warnings
    ]
    return _list_card(
        assessment, "to-know", texts.say("Good to know"), lines or [texts.say("Nothing unusual in this file.")]
    )


def _list_card(assessment: Assessment, name: str, title: str, lines: Sequence[str]) -> html.Section:
    return html.Section(
        [html.H3(title, id=f"{name}-title"), html.Ul([html.Li(line) for line in lines], className="plain")],
        className="card half",
        **_of(assessment, f"{name}-title"),
    )


def _of(assessment: Assessment, title: str) -> dict[str, str]:
    """Which client a card was computed for, and what names it."""
    return {"data-client": str(assessment.client_id), "aria-labelledby": title}
