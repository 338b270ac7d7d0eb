"""How far a decision's figures can be relied on, and what to know of the file: the most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.effects import Gap
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment, AssessmentWarning, WarningCode
from scoring_dash.core.words import TableName
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.gaps import could_change_recommendation, gap_text
from scoring_dash.i18n.reasons import warning_text
from scoring_dash.i18n.sentences import Confidence
from scoring_dash.web.view import card_attributes

MOST_SHOWN = 4
"""Alerts that are open at once; more of them is a list that nobody reads."""

Ranges = Mapping[str, tuple[float, float]]


class Urgency(IntEnum):
    """What an alert asks of its reader, the first first."""

    ATTENTION = 0
    INFORMATION = 1


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to know of a file, in complete sentences."""

    urgency: Urgency
    text: str


def find_alerts(
    assessment: Assessment, gaps: Sequence[Gap], features: Mapping[str, Feature], ranges: Ranges, texts: Texts
) -> list[Alert]:
    """What to know of a file, the most important first; what a gap tells is not told a second time."""
    found = [
        *_of_warnings(assessment, gaps, features, ranges, texts),
        *(_of_gap(gap, assessment, features, texts) for gap in gaps),
    ]
    return sorted(found, key=lambda alert: alert.urgency)


def reliability_card(assessment: Assessment, texts: Texts) -> html.Section:
    """Whether the control models agree, how comparable past files turned out, and who decides."""
    confidence = sentences.confidence_of(assessment)
    control = texts.say("Control models are the same model, each trained without one part of the past files.")
    rate = texts.say(
        "Among past files of comparable risk, the default rate is {rate}.",
        rate=sentences.default_rate(assessment.observed, texts),
    )
    told = [
        (sentences.confidence_title(confidence, texts), sentences.confidence_sentence(assessment, texts)),
        (texts.say("What became of comparable files"), rate),
        (
            texts.say("A person decides"),
            texts.say("The model proposes; a person decides, and may decide otherwise, saying why."),
        ),
    ]
    blocks = [html.Div([html.P(title, className="title"), html.P(sentence)]) for title, sentence in told]
    if confidence is not Confidence.SINGLE_MODEL:
        blocks[0].children.append(html.P(control, className="caption"))
    return html.Section(
        [html.H3(texts.say("Reliability"), id="reliability-title"), html.Div(blocks, className="strip")],
        className="card full reliability",
        **card_attributes(assessment.client_id, "reliability-title"),
    )


def to_know_card(
    assessment: Assessment, gaps: Sequence[Gap], features: Mapping[str, Feature], ranges: Ranges, texts: Texts
) -> html.Section:
    """What is missing, unusual or unlike anything known."""
    alerts = find_alerts(assessment, gaps, features, ranges, texts)
    return html.Section(
        [html.H3(texts.say("Good to know"), id="to-know-title"), *_alerts(alerts, texts)],
        className="card full to-know",
        **card_attributes(assessment.client_id, "to-know-title"),
    )


def _alerts(alerts: Sequence[Alert], texts: Texts) -> Iterator[Component]:
    if not alerts:
        yield html.P(texts.say("Nothing unusual in this file."))
        return
    shown, others = alerts[:MOST_SHOWN], alerts[MOST_SHOWN:]
    yield html.Ul([_alert(alert, texts) for alert in shown], className="alerts")
    if others:
        more = texts.say_count(
            "{count} more thing to know", "{count} more things to know", len(others), count=str(len(others))
        )
        rest = html.Ul([_alert(alert, texts) for alert in others], className="alerts")
        yield html.Details([html.Summary(more), rest], className="figures")


def _alert(alert: Alert, texts: Texts) -> html.Li:
    is_urgent = alert.urgency is Urgency.ATTENTION
    sign = html.Span("!" if is_urgent else "i", className="sign", **{"aria-hidden": "true"})
    word = texts.say("Attention") if is_urgent else texts.say("Information")
    return html.Li(
        [html.Span([sign, word], className="kind"), html.Span(alert.text)],
        className=f"alert {alert.urgency.name.lower()}",
    )


def _of_warnings(
    assessment: Assessment, gaps: Sequence[Gap], features: Mapping[str, Feature], ranges: Ranges, texts: Texts
) -> Iterator[Alert]:
    for warning in assessment.warnings:
        if warning.code is WarningCode.OUT_OF_FOLD or _is_told_by(warning, gaps):  # the reliability tells the former
            continue
        feature = features.get(warning.feature or "")
        usual_range = ranges.get(warning.feature or "")
        urgency = Urgency.INFORMATION if warning.code in _QUIET else Urgency.ATTENTION
        yield Alert(urgency, warning_text(warning, feature, texts, usual_range=usual_range))


def _is_told_by(warning: AssessmentWarning, gaps: Sequence[Gap]) -> bool:
    if warning.code is WarningCode.MISSING_EXTERNAL_SCORES:
        return any(gap.feature is not None and gap.feature == warning.feature for gap in gaps)
    table = _TABLES.get(warning.code)
    return table is not None and any(gap.feature is None and gap.table is table for gap in gaps)


def _of_gap(gap: Gap, assessment: Assessment, features: Mapping[str, Feature], texts: Texts) -> Alert:
    feature = features[gap.feature] if gap.feature is not None else None
    is_urgent = gap.table is TableName.BUREAU or could_change_recommendation(gap, assessment)
    return Alert(Urgency.ATTENTION if is_urgent else Urgency.INFORMATION, gap_text(gap, feature, assessment, texts))


_QUIET = (WarningCode.MISSING_EXTERNAL_SCORES, WarningCode.NO_PREVIOUS_APPLICATION)
_TABLES = {
    WarningCode.NO_BUREAU_HISTORY: TableName.BUREAU,
    WarningCode.NO_PREVIOUS_APPLICATION: TableName.PREVIOUS_APPLICATION,
}
