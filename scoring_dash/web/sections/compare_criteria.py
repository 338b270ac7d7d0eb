"""One criterion of a group: what it asks for, and everything else that it could ask for, with what would be left."""

from __future__ import annotations

import math
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.comparisons import Facet, FacetOption
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import NOT_GIVEN, Between, Closeness, Condition, Near, OneOf
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.groups import FLAGS, option_text, wanted_text
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.web.content import Input
from scoring_dash.web.ids import CompareId
from scoring_dash.web.sections.compare_context import CompareContext

_TOLERANCES: Final = (0.1, 0.2, 0.5)
_WHOLE_TOLERANCES: Final = (1.0, 2.0, 5.0)
_MOST_OPTIONS: Final = 8
_DAYS_A_YEAR: Final = 365.25
_MOST_DECIMALS: Final = 4
RANGE_PLACE: Final = "__range__"
"""What the script replaces by the two ends that were typed."""


def criterion(condition: Condition, facet: Facet, context: CompareContext) -> html.Div:
    """One criterion with its ways to change it and to take it away."""
    texts, feature = context.texts, context.fact(condition.field)
    label, name_id = feature_label(feature, texts), f"compare-criterion-{condition.field}"
    wanted = wanted_text(condition, feature, context.own(condition.field), texts)
    remove = html.A(
        "×",
        href=context.address.href(group=context.address.group.without(condition.field)),
        className="remove",
        id=f"compare-remove-{condition.field}",
        **{
            "aria-label": texts.say("Remove the criterion: {fact}", fact=label),
            "data-focus": f"{CompareId.GROUP}-{context.address.group.base}",
        },
    )
    head = html.Div([html.B(label, id=name_id), html.Span(wanted, className="caption")], className="asked")
    options = context.model.options.get(condition.field, ())
    body = _names(condition, facet, options, context) if options else _numbers(condition, facet, context)
    return html.Div([head, remove, *body], className="criterion", role="group", **{"aria-labelledby": name_id})


def chosen_names(condition: Condition, own: FeatureValue, feature: Feature) -> tuple[str, ...]:
    """Names that a condition admits, as it would list them: those in its range, or near the client's own value."""
    if isinstance(condition, OneOf):
        return condition.values
    if isinstance(own, str) or own is None:
        return (NOT_GIVEN if own is None else own,) if isinstance(condition, Near) else ()
    names = FLAGS if feature.unit is Unit.FLAG else feature.levels
    low, high = _reach(condition, own)
    return tuple(name for code, name in enumerate(names) if low <= code <= high)


def _reach(condition: Between | Near, own: float) -> tuple[float, float]:
    if isinstance(condition, Between):
        low, high = condition.low, condition.high
        return (-math.inf if low is None else low), (math.inf if high is None else high)
    width = condition.tolerance * (abs(own) if condition.closeness is Closeness.WITHIN_SHARE else 1.0)
    return own - width, own + width


def _names(condition: Condition, facet: Facet, options: tuple[str, ...], context: CompareContext) -> list[Component]:
    """A box to tick for each value, with the files that it would leave."""
    feature, texts = context.fact(condition.field), context.texts
    chosen = chosen_names(condition, context.own(condition.field), feature)
    files = {_facet_name(item, feature): item.files for item in facet.options}
    listed = [name for name in (*options, NOT_GIVEN) if files.get(name, 0) or name in chosen or not files]
    if feature.unit is Unit.CATEGORY:
        listed.sort(key=lambda name: (name == NOT_GIVEN, -files.get(name, 0)))
    boxes = [_box(name, chosen, files.get(name, 0) if files else None, feature, context) for name in listed]
    first = [box for place, box in enumerate(boxes) if place < _MOST_OPTIONS or listed[place] in chosen]
    rest = [box for place, box in enumerate(boxes) if not (place < _MOST_OPTIONS or listed[place] in chosen)]
    more = texts.say_count("{count} more value", "{count} more values", len(rest), count=str(len(rest)))
    hidden = [html.Details([html.Summary(more), html.Div(rest, className="options")])] if rest else []
    return [html.Div(first, className="options"), *hidden]


def _box(
    name: str, chosen: tuple[str, ...], files: int | None, feature: Feature, context: CompareContext
) -> html.Label:
    is_chosen = name in chosen
    names = tuple(other for other in chosen if other != name) if is_chosen else (*chosen, name)
    group = context.address.group
    there = group.having(OneOf(feature.name, names)) if names else group.without(feature.name)
    place = "none" if name == NOT_GIVEN else context.model.options[feature.name].index(name)
    tick: dict[str, Any] = {"data-href": context.address.href(group=there)}
    box = Input(id=f"compare-{feature.name}-{place}", type="checkbox", defaultChecked=is_chosen, **tick)
    return html.Label(
        [
            box,
            html.Span(option_text(name, feature, context.texts)),
            *([] if files is None else [html.Span(number(files, context.texts), className="caption")]),
        ]
    )


def _numbers(condition: Condition, facet: Facet, context: CompareContext) -> list[Component]:
    """Tolerances around the client's own value, and two ends to type."""
    own = context.own(condition.field)
    known = isinstance(own, float)
    return [
        *([_tolerances(condition, context)] if known else []),
        _range_form(condition, facet, context),
    ]


def _tolerances(condition: Condition, context: CompareContext) -> html.Div:
    feature, texts = context.fact(condition.field), context.texts
    near = [Near(feature.name, Closeness.EQUAL), *_widths(feature, context.own(feature.name))]
    links = [
        html.A(
            _width_text(item, feature, texts),
            href=context.address.href(group=context.address.group.having(item)),
            id=f"compare-{feature.name}-near-{place}",
            **({"aria-current": "true"} if item == condition else {}),
        )
        for place, item in enumerate(near)
    ]
    label = texts.say("About as for this client")
    return html.Div(links, className="segments small", role="group", **{"aria-label": label})


def _widths(feature: Feature, own: FeatureValue) -> list[Near]:
    if feature.unit is Unit.COUNT:
        return [Near(feature.name, Closeness.WITHIN, width) for width in _WHOLE_TOLERANCES]
    return [] if own == 0 else [Near(feature.name, Closeness.WITHIN_SHARE, share) for share in _TOLERANCES]


def _width_text(condition: Near, feature: Feature, texts: Texts) -> str:
    if condition.closeness is Closeness.EQUAL:
        return texts.say("same")
    if condition.closeness is Closeness.WITHIN_SHARE:
        return texts.say("± {share}", share=percent(condition.tolerance, texts, 0))
    return texts.say("± {share}", share=value_text(condition.tolerance, feature, texts))


def _range_form(condition: Condition, facet: Facet, context: CompareContext) -> html.Form:
    """Two boxes for the ends, in the unit that people use; the script writes them into the address."""
    feature, texts = context.fact(condition.field), context.texts
    factor, unit = _typed_unit(feature, texts)
    place = OneOf(feature.name, (RANGE_PLACE,))
    low, high = (condition.low, condition.high) if isinstance(condition, Between) else (None, None)
    ends = [
        _end("low", texts.say("from"), low, facet.low, feature, texts),
        _end("high", texts.say("to"), high, facet.high, feature, texts),
    ]
    wrong = texts.say("Type numbers, such as {example}.", example=texts.say("1250 or 0.5"))
    unit_text = [html.Span(unit, className="caption")] if unit else []
    button = html.Button(texts.say("Apply"), type="submit", className="button quiet-button")
    return html.Form(
        [*ends, *unit_text, button, html.P("", className="fault", role="alert", id=f"compare-{feature.name}-fault")],
        className="range",
        **{
            "data-range": context.address.href(group=context.address.group.having(place)),
            "data-factor": repr(factor),
            "data-wrong": wrong,
            "aria-label": feature_label(feature, texts),
        },
    )


def _end(
    side: str, label: str, value: float | None, extreme: float | None, feature: Feature, texts: Texts
) -> html.Label:
    factor, _ = _typed_unit(feature, texts)
    return html.Label(
        [
            html.Span(label),
            Input(
                id=f"compare-{feature.name}-{side}",
                inputMode="decimal",
                defaultValue="" if value is None else _typed(value / factor, texts),
                placeholder="" if extreme is None else _typed(float(f"{extreme / factor:.4g}"), texts),
                autoComplete="off",
                maxLength=20,
            ),
        ]
    )


def _typed(value: float, texts: Texts) -> str:
    """A number as a person would type it, with the decimals that it has, at most four."""
    _, _, decimals = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")
    return number(value, texts, len(decimals))


def _typed_unit(feature: Feature, texts: Texts) -> tuple[float, str]:
    """What a typed number is multiplied by, and the unit that people type it in."""
    if feature.unit is Unit.DAYS:
        return _DAYS_A_YEAR, texts.say("years")
    if feature.unit is Unit.SHARE:
        return 0.01, "%"
    return 1.0, {Unit.MONTHS: texts.say("months"), Unit.YEARS: texts.say("years")}.get(feature.unit, "")


def _facet_name(option: FacetOption, feature: Feature) -> str:
    """The name by which a condition lists the value of a facet's bar."""
    if option.is_missing:
        return NOT_GIVEN
    if option.category is not None:
        return option.category
    # Ordered levels and flags have a bar each, between halves: the whole number inside is their value.
    code = round((option.low if option.low is not None else -0.5) + 0.5)
    names = FLAGS if feature.unit is Unit.FLAG else feature.levels
    return names[min(code, len(names) - 1)]
