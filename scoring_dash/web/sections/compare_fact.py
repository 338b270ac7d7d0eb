"""One fact of the client among the group: its spread, how each value turned out, and where the client stands."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.comparisons import Comparison
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import FEWEST_FILES
from scoring_dash.figures.bars import bars_of, is_by_category, with_readable_bars
from scoring_dash.figures.comparison import comparison_figure
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.feature_choice import FactLists, feature_fields
from scoring_dash.web.ids import CompareId
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.sections.compare_group import add_link
from scoring_dash.web.view import card_attributes


def fact_card(comparison: Comparison, context: CompareContext) -> html.Section:
    """The fact that is compared, and the lists to choose another one."""
    texts, feature = context.texts, context.fact(comparison.feature)
    comparison = with_readable_bars(comparison, feature)
    takeaway = position_sentence(comparison, feature, texts)
    return html.Section(
        [
            html.H2(feature_label(feature, texts), id="comparison-title"),
            html.Div(_fields(feature, context), className="choices"),
            html.P(takeaway, className="lead"),
            *_picture(comparison, feature, takeaway, texts),
            *_as_criterion(feature.name, context),
        ],
        className="card two-thirds",
        **card_attributes(comparison.client_id, "comparison-title"),
    )


def position_sentence(comparison: Comparison, feature: Feature, texts: Texts) -> str:
    """Where the client stands in the group, in one sentence."""
    if comparison.value is None:
        return texts.say("This fact is not given for this client.")
    value = value_text(comparison.value, feature, texts)
    if comparison.is_withheld:
        return texts.say("This client: {value}.", value=value)
    if is_by_category(comparison, feature):
        return _category_sentence(comparison, value, texts)
    if comparison.percentile is None or comparison.median is None:
        return texts.say("This client: {value}.", value=value)
    return texts.say(
        "This client: {value}. {share} of the files of the group have this value or a lower one; half of them "
        "have at most {median}.",
        value=value,
        share=percent(comparison.percentile, texts, 0),
        median=value_text(comparison.median, feature, texts),
    )


def _category_sentence(comparison: Comparison, value: str, texts: Texts) -> str:
    place = comparison.client_bin
    own = comparison.bins[place] if place is not None else None
    if own is None or own.files == 0:
        return texts.say("This client: {value}. No file of the group is in the same case.", value=value)
    share = percent(own.files / max(1, sum(item.files for item in comparison.bins)), texts)
    if own.files < FEWEST_FILES:
        return texts.say("This client: {value}, like {share} of the files of the group.", value=value, share=share)
    rate = percent(own.defaulted / own.files, texts)
    return texts.say(
        "This client: {value}, like {share} of the files of the group; of these, {rate} defaulted.",
        value=value,
        share=share,
        rate=rate,
    )


def _fields(feature: Feature, context: CompareContext) -> Sequence[Component]:
    texts, model = context.texts, context.model
    lists = FactLists(CompareId.THEME, CompareId.FEATURE)
    label = texts.say("Fact to compare")
    return feature_fields(model.features, feature, label, texts, lists=lists, others=model.fields)


def _picture(comparison: Comparison, feature: Feature, takeaway: str, texts: Texts) -> list[Component]:
    if comparison.is_withheld:
        return [html.P(texts.say("The group is too small: no figure is shown."), className="caption")]
    picture = Chart(
        "comparison",
        comparison_figure(comparison, feature, texts),
        f"{feature_label(feature, texts)}. {takeaway}",
        _table(comparison, feature, texts),
    )
    few = texts.say("Under {count} files no default rate is shown: chance would speak.", count=str(FEWEST_FILES))
    return [chart(picture, texts, extra=[_legend(texts), html.P(few, className="caption")])]


def _as_criterion(name: str, context: CompareContext) -> list[Component]:
    """Any fact becomes a criterion of the group from here."""
    if context.address.group.condition(name) is not None:
        return []
    return [html.P([context.texts.say("Narrow the group:"), " ", add_link(name, context, id="compare-add-shown")])]


def _legend(texts: Texts) -> html.Ul:
    words = {
        "repaid": texts.say("files repaid"),
        "defaulted": texts.say("files in default"),
        "mark": texts.say("this client"),
    }
    return html.Ul(
        [html.Li([html.I(className=f"swatch {name}"), text]) for name, text in words.items()], className="legend"
    )


def _table(comparison: Comparison, feature: Feature, texts: Texts) -> Table:
    bars = bars_of(comparison, feature, texts)
    return Table(
        texts.say("Past files by value: {feature}", feature=feature_label(feature, texts)),
        (
            texts.say("Value"),
            texts.say("Files"),
            texts.say("Share of files"),
            texts.say("Repaid"),
            texts.say("In default"),
            texts.say("Default rate"),
        ),
        tuple(
            (
                f"{bar.label} ({texts.say('this client')})" if bar.is_client else bar.label,
                number(bar.files, texts),
                percent(bar.share, texts),
                number(bar.repaid, texts),
                number(bar.defaulted, texts),
                texts.say("too few files") if bar.rate is None else percent(bar.rate, texts),
            )
            for bar in bars
        ),
        marked=next((place for place, bar in enumerate(bars) if bar.is_client), None),
    )
