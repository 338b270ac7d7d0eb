"""Pourquoi: how the model goes from the files only just accepted to this one, by theme and then by feature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Explanation
from scoring_dash.figures.steps import FeatureStep, Waterfall, waterfall_of
from scoring_dash.figures.waterfall import told_change, waterfall_figure, waterfall_summary
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent, signed_points
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address
from scoring_dash.web.charts import Chart, Table, chart, table
from scoring_dash.web.view import SectionView

MOST_FEATURES = 15


def why_view(_address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address."""
    features = {feature.name: feature for feature in services.model.features}
    cards = why_section(services.explain(facts.client_id), services.model.threshold, features, texts)
    return SectionView(cards, [])


def why_section(
    explanation: Explanation, threshold: float, features: Mapping[str, Feature], texts: Texts
) -> list[Component]:
    """All cards of the section."""
    waterfall = waterfall_of(explanation)
    return [_by_theme(waterfall, threshold, texts), _by_feature(waterfall, features, texts)]


def strongest_features(waterfall: Waterfall) -> tuple[list[FeatureStep], list[FeatureStep]]:
    """The features that move the probability most, and the others."""
    steps = sorted(
        (step for theme in waterfall.themes for step in theme.features),
        key=lambda step: (-abs(step.change), step.feature),
    )
    return steps[:MOST_FEATURES], steps[MOST_FEATURES:]


def _by_theme(waterfall: Waterfall, threshold: float, texts: Texts) -> html.Section:
    summary = waterfall_summary(waterfall, texts)
    note = texts.say(
        "How it is obtained: it starts from past files whose risk was just below the threshold, as the reasons of the "
        "decision. The themes are then taken one after the other, the heaviest first, and each bar is what the risk "
        "moves when its theme is added. In another order the bars would differ a little; start and end would not."
    )
    picture = Chart(
        "waterfall", waterfall_figure(waterfall, threshold, texts), summary, _themes_table(waterfall, texts)
    )
    return html.Section(
        [
            html.H2(texts.say("From the files only just accepted to this one"), id="waterfall-title"),
            html.P(summary, className="lead"),
            chart(picture, texts, extra=[html.P(note, className="caption")]),
        ],
        className="card wide",
        **_of(waterfall, "waterfall-title"),
    )


def _themes_table(waterfall: Waterfall, texts: Texts) -> Table:
    rows = [
        (theme_name(step.theme, texts), told_change(step.change, texts), percent(step.end, texts, 2))
        for step in waterfall.themes
    ]
    return Table(
        texts.say("From the files only just accepted to this one, theme by theme"),
        (texts.say("Theme"), texts.say("Effect on the risk"), texts.say("Risk afterwards")),
        ((texts.say("Files only just accepted"), "", percent(waterfall.base, texts, 2)), *rows),
    )


def _by_feature(waterfall: Waterfall, features: Mapping[str, Feature], texts: Texts) -> html.Section:
    shown, others = strongest_features(waterfall)
    rows = [_feature_row(step, features[step.feature], texts) for step in shown]
    if others:
        rest = texts.say("The {count} other facts together", count=str(len(others)))
        rows.append((rest, "", signed_points(sum(step.change for step in others), texts)))
    total = waterfall.probability - waterfall.base
    rows.append((texts.say("Total: from the files only just accepted to this one"), "", signed_points(total, texts)))
    content = Table(
        texts.say("Facts that move the risk of this file most"),
        (texts.say("Fact"), texts.say("This file"), texts.say("Effect on the risk")),
        tuple(rows),
        numeric_from=2,
    )
    return html.Section(
        [
            html.H2(texts.say("The facts behind it"), id="facts-title"),
            html.P(_facts_sentence(shown, features, texts), className="lead"),
            table(content, class_name="values facts"),
        ],
        className="card narrow",
        **_of(waterfall, "facts-title"),
    )


def _feature_row(step: FeatureStep, feature: Feature, texts: Texts) -> tuple[str, str, str]:
    return feature_label(feature, texts), value_text(step.value, feature, texts), told_change(step.change, texts)


def _facts_sentence(shown: Sequence[FeatureStep], features: Mapping[str, Feature], texts: Texts) -> str:
    if not shown:
        return texts.say("The model uses no fact for this file.")
    first = shown[0]
    return texts.say(
        "The heaviest fact is “{feature}” ({value}): {points}.",
        feature=feature_label(features[first.feature], texts),
        value=value_text(first.value, features[first.feature], texts),
        points=signed_points(first.change, texts),
    )


def _of(waterfall: Waterfall, title: str) -> dict[str, str]:
    return {"data-client": str(waterfall.client_id), "aria-labelledby": title}
