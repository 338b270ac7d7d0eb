"""Décision: the recommendation in a sentence, the gauge, the reasons, and what to know before trusting it."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.effects import Gap
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Recommendation
from scoring_dash.figures.dots import dots_picture
from scoring_dash.figures.gauge import beyond_scale, gauge_figure, gauge_summary
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.services import ClientFacts, ModelSummary, Services
from scoring_dash.web.address import Address
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.sections.decision_alerts import reliability_card, to_know_card
from scoring_dash.web.sections.decision_reasons import reasons_card
from scoring_dash.web.view import SectionView, card_attributes
from scoring_dash.web.wording import RECOMMENDATION_SIGNS


def decision_view(_address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address."""
    assessment = services.assess(facts.client_id)
    cards = decision_section(assessment, services.gaps(facts.client_id), services.model, texts)
    proposed = sentences.recommendation_name(assessment.recommendation, texts)
    return SectionView(cards, [], f"{proposed}. {sentences.verdict(assessment, texts)}")


def decision_section(
    assessment: Assessment, gaps: tuple[Gap, ...], model: ModelSummary, texts: Texts
) -> list[Component]:
    """All cards of the section.

    Parameters
    ----------
    gaps : tuple of Gap
        What the file does not hold.
    """
    features: Mapping[str, Feature] = {feature.name: feature for feature in model.features}
    return [
        _verdict(assessment, texts),
        _gauge(assessment, texts),
        reasons_card(assessment, features, texts),
        reliability_card(assessment, texts),
        to_know_card(assessment, gaps, features, model.ranges, texts),
    ]


def recommendation_tag(recommendation: Recommendation, texts: Texts) -> html.Span:
    """The recommendation as a sign and two words."""
    sign = html.Span(RECOMMENDATION_SIGNS[recommendation], **{"aria-hidden": "true"})
    return html.Span(
        [sign, sentences.recommendation_name(recommendation, texts)], className=f"tag tag-{recommendation}"
    )


def _verdict(assessment: Assessment, texts: Texts) -> html.Section:
    return html.Section(
        [
            html.P(recommendation_tag(assessment.recommendation, texts)),
            html.H2(sentences.verdict(assessment, texts), id="verdict"),
            html.P(sentences.advice(assessment, texts), className="lead"),
            _frequency(assessment, texts),
        ],
        className="card wide verdict",
        # The exact numbers behind the sentence: what a test compares with the interface and the batch.
        **{
            "data-probability": repr(assessment.probability_of_default),
            "data-threshold": repr(assessment.threshold),
            "data-recommendation": assessment.recommendation.value,
            "data-client": str(assessment.client_id),
            "aria-labelledby": "verdict",
        },
    )


def _frequency(assessment: Assessment, texts: Texts) -> html.Div:
    """The risk as so many files among a hundred: a picture, and the sentence that says the same."""
    dots = dots_picture(sentences.among_hundred(assessment.observed))
    told = sentences.frequency(assessment.observed, texts)
    return html.Div(
        [html.Img(src=dots, alt=told, className="dots", width="500", height="80"), html.P(told, className="told")],
        className="frequency",
    )


def _gauge(assessment: Assessment, texts: Texts) -> html.Section:
    risk = percent(assessment.probability_of_default, texts)
    table = Table(
        texts.say("Values of the gauge"),
        (texts.say("Measure"), texts.say("Value")),
        (
            (texts.say("Estimated risk of this file"), risk),
            (texts.say("Distance to the threshold"), sentences.distance(assessment, texts)),
            (texts.say("Threshold"), percent(assessment.threshold, texts)),
            (texts.say("Start of the review zone"), percent(assessment.review_low, texts)),
            (texts.say("End of the review zone"), percent(assessment.review_high, texts)),
        ),
    )
    beyond = beyond_scale(assessment, texts)
    below = [
        html.P(risk, className="big-number"),
        html.P(sentences.distance(assessment, texts), className="distance"),
        *([html.P(beyond, className="caption")] if beyond else []),
        _legend(assessment, texts),
    ]
    picture = Chart("gauge", gauge_figure(assessment, texts), gauge_summary(assessment, texts), table)
    return html.Section(
        [html.H3(texts.say("Risk against the threshold"), id="gauge-title"), chart(picture, texts, extra=below)],
        className="card narrow score",
        **card_attributes(assessment.client_id, "gauge-title"),
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
