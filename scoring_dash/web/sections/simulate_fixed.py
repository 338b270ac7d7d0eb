"""What the client cannot change here: shown with its value and with what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment
from scoring_dash.core.words import Changeability, Direction, Theme
from scoring_dash.explain.changeability import changeability
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.reasons import changeability_name
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts
from scoring_dash.web.view import card_attributes

_ALWAYS_SHOWN = ("external_score_1", "external_score_2", "external_score_3", "job_tenure_days", "education_level")
_DEBT = "bureau_active_debt"
_ENTERED = {"NAME_INCOME_TYPE", "OCCUPATION_TYPE", "ORGANIZATION_TYPE", "AMT_INCOME_TOTAL"}
"""What the form offers, though the client changes it in life and not in the application."""


def fixed_card(
    assessment: Assessment, facts: ClientFacts, features: Mapping[str, Feature], texts: Texts
) -> html.Section:
    """The facts behind the reasons, and those that everybody asks about, where nothing can be entered."""
    named = (*(reason.feature for reason in assessment.reasons), *_ALWAYS_SHOWN, _DEBT)
    shown = [features[name] for name in dict.fromkeys(named) if name in features and _cannot_be_entered(features[name])]
    heading = "simulate-fixed-title"
    return html.Section(
        [
            html.H2(texts.say("What stays as it is"), id=heading),
            html.Dl([_entry(feature, facts, texts) for feature in shown], className="fixed"),
            *([html.P(_debts(texts), className="caption")] if _has_debts(features) else []),
        ],
        className="card full",
        **card_attributes(facts.client_id, heading),
    )


def _cannot_be_entered(feature: Feature) -> bool:
    columns = {name.rpartition(".")[2] for name in feature.columns}
    return changeability(feature) is not Changeability.CAN_CHANGE and not columns & _ENTERED


def _entry(feature: Feature, facts: ClientFacts, texts: Texts) -> html.Div:
    what = changeability_name(changeability(feature), Direction.RAISES, texts)
    value = value_text(facts.features.get(feature.name), feature, texts)
    return html.Div(
        [html.Dt(feature_label(feature, texts)), html.Dd([html.B(value), html.Span(what, className="caption")])]
    )


def _has_debts(features: Mapping[str, Feature]) -> bool:
    return any(feature.theme is Theme.DEBTS_ELSEWHERE for feature in features.values())


def _debts(texts: Texts) -> str:
    return texts.say(
        "Repaying a credit elsewhere is not offered: which credit is repaid decides several facts that the file keeps "
        "only as totals, and a result computed from half of them would be wrong. Once it is repaid, ask for a new "
        "statement and score the file anew."
    )
