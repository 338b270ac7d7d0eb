"""What weighs in the model over all files, by theme and by fact."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from scoring_dash.core.feature import Feature
from scoring_dash.figures.importance import feature_shares, importance_figure, theme_shares
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import percent
from scoring_dash.services import ModelSummary
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.sections.why_cards import card, reading

MOST_FEATURES = 10


def importance_cards(
    client_id: int, model: ModelSummary, features: Mapping[str, Feature], texts: Texts
) -> list[html.Section]:
    """One card for themes, one for the heaviest facts."""
    return [_themes_card(client_id, model, texts), _features_card(client_id, model, features, texts)]


def _themes_card(client_id: int, model: ModelSummary, texts: Texts) -> html.Section:
    shares = theme_shares(model.theme_weights, texts)
    first = shares[0]
    summary = texts.say(
        "Over all past files, “{theme}” weighs most: {share} of the total.",
        theme=first.name,
        share=percent(first.share, texts, 0),
    )
    content = Table(
        texts.say("Weight of each theme over all files"),
        (texts.say("Theme"), texts.say("Share of the total")),
        tuple((item.name, percent(item.share, texts)) for item in shares),
    )
    sentences = texts.say(
        "Each share says how much a theme moves the risk, up or down, on average over past files. It says nothing of "
        "this client, whose own themes are above."
    )
    picture = Chart("theme-weights", importance_figure(shares, texts), summary, content)
    body = [html.P(summary, className="lead"), chart(picture, texts, extra=[reading(sentences, texts)])]
    return card(
        client_id, "theme-weights", texts.say("What weighs in the model, all files together"), body, width="half"
    )


def _features_card(client_id: int, model: ModelSummary, features: Mapping[str, Feature], texts: Texts) -> html.Section:
    shares = feature_shares(model.weights, features, texts, most=MOST_FEATURES)
    summary = texts.say(
        "Of {count} facts, these {shown} make {share} of the total.",
        count=str(len(model.weights)),
        shown=str(len(shares)),
        share=percent(sum(item.share for item in shares), texts, 0),
    )
    content = Table(
        texts.say("Weight of the heaviest facts over all files"),
        (texts.say("Fact"), texts.say("Theme"), texts.say("Share of the total")),
        tuple((item.name, item.theme, percent(item.share, texts)) for item in shares),
        numeric_from=2,
    )
    sentences = texts.say(
        "Each share says how much a fact moves the risk, up or down, on average over past files. Facts that tell "
        "nearly the same share their weight."
    )
    picture = Chart("feature-weights", importance_figure(shares, texts), summary, content)
    body = [html.P(summary, className="lead"), chart(picture, texts, extra=[reading(sentences, texts)])]
    return card(
        client_id, "feature-weights", texts.say("The facts that weigh most, all files together"), body, width="half"
    )
