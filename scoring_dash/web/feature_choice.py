"""Choosing one fact among hundreds: a list of themes and a list of the facts of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from scoring_dash.core.feature import Feature
from scoring_dash.core.typography import folded
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label
from scoring_dash.web.address import Field


@dataclass(frozen=True, slots=True)
class FactLists:
    """Identifiers of the two lists, what of the address their choice becomes, and the label of the first."""

    theme_id: str
    fact_id: str
    field: Field = Field.FEATURE
    theme_label: str = ""


def feature_fields(
    features: Sequence[Feature],
    chosen: Feature,
    label: str,
    texts: Texts,
    *,
    lists: FactLists,
    others: Sequence[Feature] = (),
) -> list[html.Div]:
    """Two lists whose choice becomes a fact of the address.

    Two short lists instead of one of all features: hundreds of options are slow to draw and tedious to read.

    Parameters
    ----------
    label : str
        Of the second list.
    lists : FactLists
    others : sequence of Feature
        Facts that the model does not read; they stand together under a name of their own.
    """
    is_other = chosen in others
    themes = _theme_options(features, None if is_other else chosen, texts)
    if others:
        first = chosen if is_other else others[0]
        themes.append(_option(texts.say("Outside the score"), first.name, is_chosen=is_other))
    members = others if is_other else [item for item in features if item.theme is chosen.theme]
    return [
        _field(lists.theme_id, lists.theme_label or texts.say("Theme"), themes, lists.field),
        _field(lists.fact_id, label, _feature_options(members, chosen, texts), lists.field),
    ]


def _field(id: str, label: str, options: list[html.Option], name: Field) -> html.Div:
    select = html.Select(options, id=id, name=name.value, className="select", **{"data-address": "true"})
    return html.Div([html.Label(label, htmlFor=id), select], className="field grow")


def _theme_options(features: Sequence[Feature], chosen: Feature | None, texts: Texts) -> list[html.Option]:
    """Themes in the order of the model; each leads to its first feature."""
    first = {item.theme: item.name for item in reversed(features)}
    own = None if chosen is None else chosen.theme
    if chosen is not None:
        first[chosen.theme] = chosen.name
    themes = dict.fromkeys(item.theme for item in features)
    return [_option(theme_name(theme, texts), first[theme], is_chosen=theme is own) for theme in themes]


def _feature_options(features: Sequence[Feature], chosen: Feature, texts: Texts) -> list[html.Option]:
    """Facts of the chosen theme by name."""
    members = [(feature_label(item, texts), item.name) for item in features]
    members.sort(key=lambda member: folded(member[0]))
    return [_option(label, name, is_chosen=name == chosen.name) for label, name in members]


def _option(label: str, value: str, *, is_chosen: bool) -> html.Option:
    return html.Option(label, value=value, **({"selected": "selected"} if is_chosen else {}))
