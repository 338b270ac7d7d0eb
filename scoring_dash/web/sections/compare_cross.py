"""Two facts at once: which combinations the group holds, how they turned out, and which one is the client's."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.comparisons import Axis, CrossComparison
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import FEWEST_FILES
from scoring_dash.figures.cross import Crossing, Standing, bar_label, cross_figure, is_numbered
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.subjects import lower_first
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.web.address import Address, Field, LogScale
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.feature_choice import FactLists, feature_fields
from scoring_dash.web.ids import CompareId
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.view import card_attributes


def cross_card(comparison: CrossComparison, context: CompareContext) -> html.Section:
    """The two-fact chart, the list to choose the second fact, and the scales."""
    texts, model = context.texts, context.model
    crossing = Crossing(comparison, context.fact(comparison.x.feature), context.fact(comparison.y.feature))
    chosen = context.fact(second_of(comparison, context.address))
    theme_label = texts.say("Theme of the second fact")
    lists = FactLists(CompareId.SECOND_THEME, CompareId.SECOND, Field.SECOND, theme_label)
    label = texts.say("Second fact")
    fields = feature_fields(model.features, chosen, label, texts, lists=lists, others=model.fields)
    takeaway = own_cell_sentence(crossing, texts)
    return html.Section(
        [
            html.H2(title(crossing, texts), id="cross-title"),
            html.Div([*fields, *_scales(comparison, context)], className="choices"),
            html.P(takeaway, className="lead"),
            *_picture(crossing, takeaway, texts),
        ],
        className="card full",
        **card_attributes(comparison.client_id, "cross-title"),
    )


def title(crossing: Crossing, texts: Texts) -> str:
    """Both facts, the one across first."""
    across, up = feature_label(crossing.x, texts), lower_first(feature_label(crossing.y, texts))
    return texts.say("{first} and {second}", first=across, second=up)


def second_of(comparison: CrossComparison, address: Address) -> str:
    """The fact beside the one that is compared, on whichever axis it stands."""
    return comparison.x.feature if comparison.y.feature == address.feature else comparison.y.feature


def own_cell_sentence(crossing: Crossing, texts: Texts) -> str:
    """The client's combination, how many share it, and how they turned out."""
    comparison = crossing.comparison
    values = {
        "first": _fact_and_value(comparison.x, crossing.x, texts),
        "second": _fact_and_value(comparison.y, crossing.y, texts),
    }
    if comparison.is_withheld:
        return texts.say("This client. {first}; {second}.", **values)
    cell = crossing.own_cell
    if cell is None:
        return texts.say("This client. {first}; {second}. No file of the group combines the two so.", **values)
    files = number(cell.files, texts)
    if cell.observed is None or comparison.observed is None:
        return texts.say_count(
            "This client. {first}; {second}. {count} file of the group combines the two so: too few to tell more.",
            "This client. {first}; {second}. {count} files of the group combine the two so: too few to tell more.",
            cell.files,
            count=files,
            **values,
        )
    return texts.say(
        "This client. {first}; {second}. {count} files of the group combine the two so; default rate: {rate}, against "
        "{usual} in the whole group.",
        count=files,
        rate=sentences.default_rate(cell.observed, texts),
        usual=percent(comparison.observed.rate, texts),
        **values,
    )


def _fact_and_value(axis: Axis, feature: Feature, texts: Texts) -> str:
    label = feature_label(feature, texts)
    return texts.say("{fact}: {wanted}", fact=label, wanted=value_text(axis.value, feature, texts))


def _picture(crossing: Crossing, takeaway: str, texts: Texts) -> list[Component]:
    if crossing.comparison.is_withheld:
        return [html.P(texts.say("The group is too small: no figure is shown."), className="caption")]
    across, up = feature_label(crossing.x, texts), feature_label(crossing.y, texts)
    axes = texts.say("Across: {first}. Up: {second}.", first=across, second=up)
    picture = Chart("cross", cross_figure(crossing, texts), f"{axes} {takeaway}", _table(crossing, texts))
    extra = [*_numbers(crossing, texts), _legend(texts), html.P(axes, className="caption")]
    return [chart(picture, texts, extra=extra)]


def _numbers(crossing: Crossing, texts: Texts) -> list[Component]:
    """What the numbers under the chart stand for."""
    axis = crossing.comparison.x
    if not is_numbered(axis):
        return []
    names = [_named(axis, place, crossing.x, texts) for place in range(len(axis.bars))]
    return [html.Ol([html.Li(name) for name in names], className="numbered")]


def _legend(texts: Texts) -> html.Ul:
    words = {
        Standing.HIGHER: ("▲", texts.say("default clearly more often than the group")),
        Standing.LOWER: ("▼", texts.say("clearly less often")),
        Standing.LIKE: ("■", texts.say("no clear difference")),
        Standing.FEW: ("○", texts.say("fewer than {count} files", count=str(FEWEST_FILES))),
    }
    items = [
        html.Li([html.Span(sign, className=f"sign {standing}", **{"aria-hidden": "true"}), text])
        for standing, (sign, text) in words.items()
    ]
    ring = html.Li([html.I(className="swatch ring"), texts.say("this client")])
    size = html.Li(texts.say("the larger, the more files"))
    return html.Ul([*items, ring, size], className="legend")


def _scales(comparison: CrossComparison, context: CompareContext) -> list[Component]:
    """Equal steps or growing ones, for the axes that allow it."""
    axes = ((comparison.x, LogScale.ACROSS), (comparison.y, LogScale.UP))
    if not any(axis.can_be_log for axis, _ in axes):
        return []
    able = [scale for axis, scale in axes if axis.can_be_log]
    choices = [LogScale.NONE, *able, *([LogScale.BOTH] if len(able) == 2 else [])]
    names = {
        LogScale.NONE: context.texts.say("equal steps"),
        LogScale.ACROSS: context.texts.say("growing across"),
        LogScale.UP: context.texts.say("growing up"),
        LogScale.BOTH: context.texts.say("growing both ways"),
    }
    current = LogScale(("x" if comparison.x.is_log else "") + ("y" if comparison.y.is_log else "") or "none")
    links = [
        html.A(
            names[scale],
            href=context.address.href(log=scale),
            id=f"compare-log-{scale}",
            **({"aria-current": "true"} if scale is current else {}),
        )
        for scale in choices
    ]
    label = context.texts.say("Steps of the scales")
    group = html.Div(links, className="segments small", role="group", **{"aria-label": label})
    return [html.Div([html.Span(label, className="label", **{"aria-hidden": "true"}), group], className="field")]


def _table(crossing: Crossing, texts: Texts) -> Table:
    comparison = crossing.comparison
    head = (
        feature_label(crossing.x, texts),
        feature_label(crossing.y, texts),
        texts.say("Files"),
        texts.say("Default rate"),
        texts.say("Between"),
    )
    own = crossing.own_cell
    rows = []
    for cell in comparison.cells:
        rate, interval = texts.say("too few files"), ""
        if cell.observed is not None:
            rate = percent(cell.observed.rate, texts)
            interval = texts.say(
                "{low} and {high}", low=percent(cell.observed.low, texts), high=percent(cell.observed.high, texts)
            )
        first = bar_label(comparison.x, cell.x, crossing.x, texts)
        first = f"{first} ({texts.say('this client')})" if cell == own else first
        rows.append(
            (first, bar_label(comparison.y, cell.y, crossing.y, texts), number(cell.files, texts), rate, interval)
        )
    marked = comparison.cells.index(own) if own is not None else None
    return Table(texts.say("Past files by two facts"), head, tuple(rows), numeric_from=2, marked=marked)


def _named(axis: Axis, place: int, feature: Feature, texts: Texts) -> str:
    label = bar_label(axis, place, feature, texts)
    return f"{label} ({texts.say('this client')})" if place == axis.client_bar else label
