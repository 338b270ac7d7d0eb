"""The effect of one fact: what the model would say if it alone were different."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from scoring_dash.core.effects import EffectPoint, FeatureEffect
from scoring_dash.core.feature import Feature
from scoring_dash.figures.effect import drawn_points, effect_figure, is_in_rows
from scoring_dash.figures.effect_scale import EffectScale, told_points
from scoring_dash.figures.waterfall import told_change
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.feature_choice import FactLists, feature_fields
from scoring_dash.web.sections.why_cards import WhyId, card, reading


def effect_card(effect: FeatureEffect, features: Sequence[Feature], threshold: float, texts: Texts) -> html.Section:
    """The choice of a fact, its curve, and what it does not say."""
    feature = next(item for item in features if item.name == effect.feature)
    summary = effect_summary(effect, feature, threshold, texts)
    picture = Chart("effect", effect_figure(effect, feature, threshold, texts), summary, _table(effect, feature, texts))
    fields = feature_fields(
        features,
        feature,
        texts.say("Fact that changes"),
        texts,
        lists=FactLists(WhyId.EFFECT_THEME, WhyId.EFFECT_FEATURE),
    )
    caution = html.P(" ".join(_cautions(effect, feature, texts)), className="caption caution")
    content = [
        html.P(summary, className="lead"),
        html.Div(fields, className="choices"),
        chart(picture, texts, extra=[caution, reading(_how_to_read(feature, texts), texts)]),
    ]
    return card(effect.client_id, "effect", texts.say("If one fact alone were different"), content, width="wide")


def effect_summary(effect: FeatureEffect, feature: Feature, threshold: float, texts: Texts) -> str:
    """How far the fact alone moves the risk, and whether it would change the side of the threshold."""
    risks = [effect.probability, *(point.probability for point in effect.points)]
    low, high = percent(min(risks), texts), percent(max(risks), texts)
    name, risk = feature_label(feature, texts), percent(effect.probability, texts)
    if low == high:
        return texts.say(
            "Alone, “{feature}” would hardly move the estimated risk of this file ({risk}), whatever its value.",
            feature=name,
            risk=risk,
        )
    is_crossed = min(risks) <= threshold < max(risks)
    side = (
        texts.say("Some values would bring the file to the other side of the threshold.")
        if is_crossed
        else texts.say("No value would bring the file to the other side of the threshold.")
    )
    told = texts.say(
        "If only “{feature}” changed, the estimated risk would lie between {low} and {high}; it is {risk} today.",
        feature=name,
        low=low,
        high=high,
        risk=risk,
    )
    return f"{told} {side}"


def _cautions(effect: FeatureEffect, feature: Feature, texts: Texts) -> list[str]:
    """What the curve is, and is not."""
    told = [
        texts.say(
            "Only this fact changes: the others stay as they are, and ratios that depend on it are not computed again. "
            "It shows how the model reads the file, not what another application would give."
        )
    ]
    if feature.monotone > 0:
        told.append(texts.say("The model is held never to lower the risk when this value rises."))
    if feature.monotone < 0:
        told.append(texts.say("The model is held never to raise the risk when this value rises."))
    if not is_in_rows(feature) and EffectScale.of(effect).is_squeezed:
        told.append(texts.say("Towards the extreme values the scale is tightened."))
    left_out = len(told_points(effect)) - len(drawn_points(effect, feature))
    if left_out:
        told.append(texts.say("The {count} rarer values are in the table only.", count=str(left_out)))
    return told


def _how_to_read(feature: Feature, texts: Texts) -> str:
    if is_in_rows(feature):
        return texts.say(
            "Each bar is the risk that the model would estimate if this file had that value, the dark one being its "
            "own. At the right stand this risk and the share of past files with that value."
        )
    return texts.say(
        "The line is the risk that the model would estimate at each value, the dot is this file. The bars below show "
        "where past files lie: where there are few, the model knows little."
    )


def _table(effect: FeatureEffect, feature: Feature, texts: Texts) -> Table:
    points = told_points(effect)
    own = [place for place, point in enumerate(points) if point.value == effect.value]
    return Table(
        texts.say("Estimated risk by value: {feature}", feature=feature_label(feature, texts)),
        (
            texts.say("Value"),
            texts.say("Estimated risk"),
            texts.say("Difference from this file"),
            texts.say("Share of past files"),
        ),
        tuple(_row(point, effect, feature, texts) for point in points),
        marked=own[0] if own else None,
    )


def _row(point: EffectPoint, effect: FeatureEffect, feature: Feature, texts: Texts) -> tuple[str, ...]:
    value = value_text(point.value, feature, texts)
    return (
        f"{value} ({texts.say('this client')})" if point.value == effect.value else value,
        percent(point.probability, texts, 2),
        told_change(point.probability - effect.probability, texts),
        percent(point.share, texts),
    )
