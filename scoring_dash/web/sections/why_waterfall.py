"""The waterfall and the facts behind it: all themes, or one opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.figures.named_rows import TOP
from scoring_dash.figures.steps import FeatureStep, Scale, Waterfall
from scoring_dash.figures.waterfall import (
    RowKind,
    WaterfallRow,
    placed,
    rows_of,
    told_change,
    told_level,
    waterfall_figure,
    waterfall_summary,
)
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.web.address import Address, Measure
from scoring_dash.web.charts import Chart, Table, chart, table
from scoring_dash.web.sections.why_cards import WhyId, card, reading

MOST_FEATURES = 15


def waterfall_card(
    waterfall: Waterfall, threshold: float, features: Mapping[str, Feature], address: Address, texts: Texts
) -> html.Section:
    """The chart, with a link over the name of each theme that opens or closes it."""
    rows = rows_of(waterfall, texts, opened=address.theme, features=features)
    summary = waterfall_summary(waterfall, texts)
    picture = Chart(
        "waterfall", waterfall_figure(waterfall, threshold, texts, rows), summary, _rows_table(waterfall, rows, texts)
    )
    extra = [_theme_links(rows, waterfall.scale, address, texts), _how_to_read(waterfall, texts)]
    title = texts.say("From the files only just accepted to this one")
    content = [html.P(summary, className="lead"), chart(picture, texts, extra=extra), _measures(address, texts)]
    return card(waterfall.client_id, "waterfall", title, content, width="wide")


def facts_card(waterfall: Waterfall, features: Mapping[str, Feature], address: Address, texts: Texts) -> html.Section:
    """The facts that move the risk most: of all themes, or of the opened one."""
    opened = waterfall.theme(address.theme)
    if opened is None:
        shown, others = strongest_features(waterfall)
        title, total = (
            texts.say("The facts behind it"),
            texts.say("Total: from the files only just accepted to this one"),
        )
        change, links = waterfall.end - waterfall.base, []
    else:
        shown, others = list(opened.features[:MOST_FEATURES]), list(opened.features[MOST_FEATURES:])
        title = texts.say("The facts of “{theme}”", theme=theme_name(opened.theme, texts))
        total, change, links = texts.say("Total of the theme"), opened.change, [_all_themes(address, texts)]
    rows = [_fact_row(step, features[step.feature], waterfall.scale, texts) for step in shown]
    rows += _rest_row(others, waterfall.scale, texts)
    rows.append((total, "", told_change(change, texts, waterfall.scale)))
    head = (texts.say("Fact"), texts.say("This file"), texts.say("Effect on the risk"))
    content = Table(texts.say("Facts that move the risk of this file most"), head, tuple(rows), numeric_from=2)
    lead = html.P(_heaviest(shown, features, waterfall.scale, texts), className="lead")
    return card(
        waterfall.client_id, "facts", title, [lead, table(content, class_name="values facts"), *links], width="narrow"
    )


def strongest_features(waterfall: Waterfall) -> tuple[list[FeatureStep], list[FeatureStep]]:
    """The features that move the client's place most, and the others."""
    steps = sorted(
        (step for theme in waterfall.themes for step in theme.features),
        key=lambda step: (-abs(step.change), step.feature),
    )
    return steps[:MOST_FEATURES], steps[MOST_FEATURES:]


def _rows_table(waterfall: Waterfall, rows: Sequence[WaterfallRow], texts: Texts) -> Table:
    """The rows of the chart: a feature is told after a dash, below its theme."""
    scale = waterfall.scale
    afterwards = texts.say("Risk afterwards") if scale is Scale.PROBABILITY else texts.say("Log-odds afterwards")
    return Table(
        texts.say("From the files only just accepted to this one, theme by theme"),
        (texts.say("Theme"), texts.say("Effect on the risk"), afterwards),
        tuple(
            (
                f"– {row.name}" if row.kind is RowKind.FEATURE else row.name,
                "" if row.theme is None else told_change(row.change, texts, scale),
                told_level(row.end, scale, texts, is_exact=True),
            )
            for row in rows
        ),
    )


def _theme_links(rows: Sequence[WaterfallRow], scale: Scale, address: Address, texts: Texts) -> html.Ul:
    """The names of the themes, laid over the chart where they belong: a picture holds no links."""
    items = []
    for row, place in zip(rows, placed(rows), strict=True):
        if row.kind is not RowKind.THEME or row.theme is None:
            continue
        is_open = row.theme is address.theme
        told = html.Span(f" : {told_change(row.change, texts, scale)}", className="visually-hidden")
        link = html.A(
            [row.name, told],
            href=address.href(theme=None if is_open else row.theme),
            id=f"{WhyId.THEME}-{row.theme}",
            **{"aria-expanded": "true" if is_open else "false"},
        )
        items.append(html.Li(link, style={"top": f"{place.name_top + TOP:.0f}px"}))
    return html.Ul(items, className="over-chart", **{"aria-label": texts.say("Open a theme")})


def _how_to_read(waterfall: Waterfall, texts: Texts) -> html.Details:
    sentences = texts.say(
        "Each bar starts where the one above ends: to the right a theme raises the risk, to the left it lowers it. "
        "Choose the name of a theme to see its facts below it."
    )
    if waterfall.scale is Scale.PROBABILITY:
        return reading(
            sentences,
            texts,
            texts.say(
                "How the points are obtained: it starts from past files whose risk was just below the threshold, as "
                "the reasons of the decision. The themes are taken one after the other, the heaviest first; in "
                "another order the bars would differ a little, start and end would not."
            ),
        )
    return reading(
        sentences,
        texts,
        texts.say(
            "In log-odds, the logarithm of p / (1 − p), contributions add up exactly whatever their order: {base} at "
            "the start, {change} in all, {end} at the end, that is a probability of {risk}.",
            base=number(waterfall.base, texts, 3),
            change=number(waterfall.end - waterfall.base, texts, 3),
            end=number(waterfall.end, texts, 3),
            risk=percent(waterfall.probability, texts, 2),
        ),
    )


def _measures(address: Address, texts: Texts) -> html.Div:
    names = {Measure.POINTS: texts.say("Points of risk"), Measure.MARGIN: texts.say("Unit of the model (analyst)")}
    links = [
        html.A(
            name,
            href=address.href(measure=measure),
            id=f"{WhyId.MEASURE}-{measure}",
            **({"aria-current": "true"} if measure is address.measure else {}),
        )
        for measure, name in names.items()
    ]
    label = texts.say("Unit of the bars")
    return html.Div(
        [
            html.Span(label, className="caption", **{"aria-hidden": "true"}),
            html.Div(links, className="segments small", role="group", **{"aria-label": label}),
        ],
        className="measures",
    )


def _all_themes(address: Address, texts: Texts) -> Component:
    # Without an identifier the link moves the focus to the top of the page: it will itself be gone.
    return html.P(html.A(texts.say("Back to all themes"), href=address.href(theme=None)), className="back")


def _fact_row(step: FeatureStep, feature: Feature, scale: Scale, texts: Texts) -> tuple[str, str, str]:
    told = told_change(step.change, texts, scale)
    return feature_label(feature, texts), value_text(step.value, feature, texts), told


def _rest_row(others: Sequence[FeatureStep], scale: Scale, texts: Texts) -> list[tuple[str, str, str]]:
    if not others:
        return []
    name = texts.say_count(
        "{count} other fact", "The {count} other facts together", len(others), count=str(len(others))
    )
    return [(name, "", told_change(sum(step.change for step in others), texts, scale))]


def _heaviest(shown: Sequence[FeatureStep], features: Mapping[str, Feature], scale: Scale, texts: Texts) -> str:
    if not shown:
        return texts.say("The model uses no fact for this file.")
    first = shown[0]
    return texts.say(
        "The heaviest fact is “{feature}” ({value}): {points}.",
        feature=feature_label(features[first.feature], texts),
        value=value_text(first.value, features[first.feature], texts),
        points=told_change(first.change, texts, scale).lstrip("▲▼ "),
    )
