"""Comparer: one fact of the client among all past files, or among similar ones."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Comparison, GroupName
from scoring_dash.figures.bars import FEWEST_FILES, bars_of, is_by_category, with_readable_bars
from scoring_dash.figures.comparison import comparison_figure
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address, Field
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.feature_choice import feature_fields
from scoring_dash.web.ids import CompareId
from scoring_dash.web.notices import ignored_text
from scoring_dash.web.view import SectionView, card_attributes


def compare_view(address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The comparison asked for, or that of the heaviest reason where the address names no feature of the model."""
    notices: list[Component] = []
    if address.feature is not None:
        try:
            comparison = services.compare(facts.client_id, address.feature, address.group)
            return SectionView(compare_section(comparison, services.model.features, address, texts), [])
        except InvalidRequestError:
            notices = [ignored_text(Field.FEATURE, address.feature, texts)]
    reasons = services.assess(facts.client_id).reasons
    feature = reasons[0].feature if reasons else services.model.features[0].name
    comparison = services.compare(facts.client_id, feature, address.group)
    return SectionView(compare_section(comparison, services.model.features, address, texts), notices)


def compare_section(
    comparison: Comparison, features: Sequence[Feature], address: Address, texts: Texts
) -> list[Component]:
    """All cards of the section."""
    feature = next(item for item in features if item.name == comparison.feature)
    comparison = with_readable_bars(comparison)
    takeaway = position_sentence(comparison, feature, texts)
    picture = Chart(
        "comparison",
        comparison_figure(comparison, feature, texts),
        f"{feature_label(feature, texts)}. {takeaway}",
        _table(comparison, feature, texts),
    )
    title = html.H2(feature_label(feature, texts), id="comparison-title")
    return [
        _controls(features, comparison, address, texts),
        html.Section(
            [title, html.P(takeaway, className="lead"), chart(picture, texts, extra=[_legend(texts)])],
            className="card two-thirds",
            **card_attributes(comparison.client_id, "comparison-title"),
        ),
        _group_card(comparison, texts),
    ]


def position_sentence(comparison: Comparison, feature: Feature, texts: Texts) -> str:
    """Where the client stands in the group, in one sentence."""
    if comparison.value is None:
        return texts.say("This fact is not given for this client.")
    value = value_text(comparison.value, feature, texts)
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


def _controls(features: Sequence[Feature], comparison: Comparison, address: Address, texts: Texts) -> html.Section:
    chosen = next(item for item in features if item.name == comparison.feature)
    groups = html.Div(
        [_group_link(group, comparison, address, texts) for group in GroupName],
        className="segments",
        role="group",
        **{"aria-label": texts.say("Compare with")},
    )
    caption = html.Span(texts.say("Compare with"), className="label", **{"aria-hidden": "true"})
    return html.Section(
        [
            *feature_fields(
                features, chosen, texts.say("Fact to compare"), texts, ids=(CompareId.THEME, CompareId.FEATURE)
            ),
            html.Div([caption, groups], className="field"),
        ],
        className="card controls full",
        **{"aria-label": texts.say("What to compare"), "data-client": str(comparison.client_id)},
    )


def _group_link(group: GroupName, comparison: Comparison, address: Address, texts: Texts) -> html.A:
    is_current = group is comparison.group
    return html.A(
        _group_name(group, texts),
        href=address.href(group=group, feature=comparison.feature),
        id=f"compare-group-{group}",
        **({"aria-current": "true"} if is_current else {}),
    )


def _group_name(group: GroupName, texts: Texts) -> str:
    return texts.say("All past files") if group is GroupName.ALL else texts.say("Similar files")


def _group_card(comparison: Comparison, texts: Texts) -> html.Section:
    similar = texts.say(
        "Similar files are those past files in which the themes weigh on the risk as they do for this client."
    )
    everybody = texts.say("All past files: those whose outcome is known.")
    lines = [
        texts.say("Files in the group: {count}.", count=number(comparison.group_size, texts)),
        texts.say("Default rate of the group: {rate}.", rate=sentences.default_rate(comparison.observed, texts)),
        similar if comparison.group is GroupName.SIMILAR else everybody,
        texts.say("Under {count} files no default rate is shown: chance would speak.", count=str(FEWEST_FILES)),
    ]
    return html.Section(
        [
            html.H3(_group_name(comparison.group, texts), id="group-title"),
            html.Ul([html.Li(line) for line in lines], className="plain"),
        ],
        className="card third",
        **card_attributes(comparison.client_id, "group-title"),
    )


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
