"""Whom the client is compared with: a base, criteria that narrow it, and what the group amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.comparisons import GroupSummary
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import Closeness, Condition, Group, GroupName, Near
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.groups import base_meaning, base_name, size_sentence, withheld_sentence
from scoring_dash.i18n.numbers import percent
from scoring_dash.i18n.values import feature_label
from scoring_dash.web.address import Address
from scoring_dash.web.ids import CompareId
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.sections.compare_criteria import criterion
from scoring_dash.web.view import card_attributes

_OFFERED: Final = (
    "age_band", "income_type", "education_level", "contract_type", "credit_amount", "income", "occupation",
    "employer_sector", "job_tenure_days",
)  # fmt: skip
"""Criteria that a click adds; any other fact is added from its own comparison."""

USUAL_TOLERANCE: Final = 0.2
_LARGE_COUNT: Final = 10


def group_card(summary: GroupSummary, context: CompareContext) -> html.Section:
    """The group: what it starts from, its criteria, its size."""
    address, texts = context.address, context.texts
    conditions = summary.group.conditions
    criteria = [criterion(item, facet, context) for item, facet in zip(conditions, summary.facets, strict=True)]
    return html.Section(
        [
            html.H2(texts.say("The group"), id="group-title"),
            html.Div([_base_link(base, address, texts) for base in GroupName], className="segments bases", role="group",
                     **{"aria-label": texts.say("Compare with")}),
            html.P(base_meaning(summary.group.base, texts), className="caption"),
            *([html.Div(criteria, className="criteria")] if criteria else []),
            *_offers(context),
            html.P(size_sentence(summary, texts), className="lead", id="group-size"),
            *_withheld(summary, context),
        ],
        className="card full group",
        **card_attributes(context.facts.client_id, "group-title"),
    )  # fmt: skip


def usual_condition(feature: Feature, own: FeatureValue) -> Condition:
    """What a new criterion asks for: the client's own value, or a number about as large."""
    if isinstance(own, float) and own != 0 and _is_measured(feature, own):
        return Near(feature.name, Closeness.WITHIN_SHARE, USUAL_TOLERANCE)
    return Near(feature.name, Closeness.EQUAL)


def add_link(name: str, context: CompareContext, *, id: str = "") -> html.A:
    """A link that adds the usual criterion on a fact."""
    feature, texts = context.fact(name), context.texts
    condition = usual_condition(feature, context.own(name))
    label = feature_label(feature, texts)
    is_share = isinstance(condition, Near) and condition.closeness is Closeness.WITHIN_SHARE
    wanted = texts.say("± {share}", share=percent(USUAL_TOLERANCE, texts, 0)) if is_share else texts.say("same")
    return html.A(
        [html.Span("+", **{"aria-hidden": "true"}), f" {label} ", html.Span(wanted, className="caption")],
        href=context.address.href(group=context.address.group.having(condition)),
        id=id or f"compare-add-{name}",
        className="chip",
        title=texts.say("Add the criterion: {fact}", fact=label),
        **{"data-focus": f"compare-remove-{name}"},
    )


def _is_measured(feature: Feature, own: float) -> bool:
    """Whether nearly nobody has the very same number: amounts and durations, large counts, means of counts."""
    if feature.unit is Unit.COUNT:
        return own != round(own) or abs(own) > _LARGE_COUNT
    return feature.unit not in (Unit.CATEGORY, Unit.LEVEL, Unit.FLAG)


def _base_link(base: GroupName, address: Address, texts: Texts) -> html.A:
    is_current = base is address.group.base
    return html.A(
        base_name(base, texts),
        href=address.href(group=Group(base, address.group.conditions)),
        id=f"{CompareId.GROUP}-{base}",
        **({"aria-current": "true"} if is_current else {}),
    )


def _offers(context: CompareContext) -> list[Component]:
    """Criteria that are not asked for yet."""
    taken = {item.field for item in context.address.group.conditions}
    names = [name for name in _OFFERED if name not in taken and context.model.fact(name) is not None]
    if not names:
        return []
    label = context.texts.say("Add a criterion")
    links: Sequence[html.Li] = [html.Li(add_link(name, context)) for name in names]
    return [
        html.Div(
            [html.Span(label, className="label", **{"aria-hidden": "true"}), html.Ul(links, **{"aria-label": label})],
            className="add-criteria",
        )
    ]


def _withheld(summary: GroupSummary, context: CompareContext) -> list[Component]:
    if not summary.is_withheld:
        return []
    return [html.P(withheld_sentence(context.texts), className="notice", role="status")]
