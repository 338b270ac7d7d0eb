"""Choosing one fact among hundreds: a list of themes and a list of the facts of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from scoring_dash.core.feature import Feature
from scoring_dash.core.typography import folded
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label
from scoring_dash.web.address import Field


def feature_fields(
    features: Sequence[Feature], chosen: Feature, label: str, texts: Texts, *, ids: tuple[str, str]
) -> list[html.Div]:
    """Two lists whose choice becomes the feature of the address.

    Two short lists instead of one of all features: hundreds of options are slow to draw and tedious to read.

    Parameters
    ----------
    label : str
        Of the second list.
    ids : (str, str)
        Of both lists.
    """
    return [
        _field(ids[0], texts.say("Theme"), _theme_options(features, chosen, texts)),
        _field(ids[1], label, _feature_options(features, chosen, texts)),
    ]


def _field(id: str, label: str, options: list[html.Option]) -> html.Div:
    select = html.Select(options, id=id, name=Field.FEATURE.value, className="select", **{"data-address": "true"})
    return html.Div([html.Label(label, htmlFor=id), select], className="field grow")


def _theme_options(features: Sequence[Feature], chosen: Feature, texts: Texts) -> list[html.Option]:
    """Themes in the order of the model; each leads to its first feature."""
    first = {item.theme: item.name for item in reversed(features)} | {chosen.theme: chosen.name}
    themes = dict.fromkeys(item.theme for item in features)
    return [_option(theme_name(theme, texts), first[theme], is_chosen=theme is chosen.theme) for theme in themes]


def _feature_options(features: Sequence[Feature], chosen: Feature, texts: Texts) -> list[html.Option]:
    """Features of the chosen theme by name."""
    members = [(feature_label(item, texts), item.name) for item in features if item.theme is chosen.theme]
    members.sort(key=lambda member: folded(member[0]))
    return [_option(label, name, is_chosen=name == chosen.name) for label, name in members]


def _option(label: str, value: str, *, is_chosen: bool) -> html.Option:
    return html.Option(label, value=value, **({"selected": "selected"} if is_chosen else {}))
