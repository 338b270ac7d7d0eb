"""What a file does not hold, in sentences: what it would change, how such files turned out, what to ask for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.effects import Gap
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import Assessment, ObservedFrequency
from scoring_dash.core.words import Book, Recommendation, TableName, Theme
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.subjects import subject_of
from scoring_dash.i18n.values import feature_label

LEAST_FILES: Final = 30
"""A rate among fewer past files would say more about these few than about the case."""


def gap_text(gap: Gap, feature: Feature | None, assessment: Assessment, texts: Texts) -> str:
    """Two or three complete sentences about one gap.

    Parameters
    ----------
    feature : Feature or None
        What ``gap.feature`` names.
    assessment : Assessment
        Of the same client.
    """
    if feature is None or gap.low is None or gap.high is None:
        told = [texts.say(_EMPTY_TABLES[gap.table]), _observed(gap.observed, texts)]
        asked = _ASK_FOR_TABLE.get(gap.table) if assessment.book is Book.CURRENT else None
        return " ".join([*told, *([texts.say(asked)] if asked else [])])
    told = [_range(gap.low, gap.high, _named(feature, texts), texts), *_outlook(gap, assessment, texts)]
    if assessment.book is Book.CURRENT:
        is_agency = feature.theme is Theme.EXTERNAL_SCORES
        told.append(texts.say("To be asked of the agency.") if is_agency else texts.say("To be asked of the client."))
    return " ".join(told)


def could_change_recommendation(gap: Gap, assessment: Assessment) -> bool:
    """Whether, by its risk alone, the file could fall into another zone once the value is known."""
    if gap.low is None or gap.high is None:
        return False
    return len({_zone(risk, assessment) for risk in (gap.low, gap.high, assessment.probability_of_default)}) > 1


def _named(feature: Feature, texts: Texts) -> str:
    subject = subject_of(feature, texts)
    return texts.say("“{feature}”", feature=feature_label(feature, texts)) if subject is None else subject.words


def _range(low: float, high: float, missing: str, texts: Texts) -> str:
    shown_low, shown_high = percent(low, texts), percent(high, texts)
    if shown_low == shown_high:
        return texts.say(
            "The file lacks {missing}: whatever its value, the risk would be about {risk}.",
            missing=missing,
            risk=shown_low,
        )
    return texts.say(
        "The file lacks {missing}: depending on its value, the risk would lie between {low} and {high}.",
        missing=missing,
        low=shown_low,
        high=shown_high,
    )


def _outlook(gap: Gap, assessment: Assessment, texts: Texts) -> list[str]:
    """What becomes of the recommendation; nothing where it does not rest on the risk alone."""
    if could_change_recommendation(gap, assessment):
        return [texts.say("The recommendation could change.")]
    if _zone(assessment.probability_of_default, assessment) is assessment.recommendation:
        return [texts.say("The recommendation would stay the same.")]
    return []


def _zone(risk: float, assessment: Assessment) -> Recommendation:
    if assessment.review_low <= risk <= assessment.review_high:
        return Recommendation.REVIEW
    return Recommendation.ACCEPT if risk < assessment.review_low else Recommendation.REFUSE


def _observed(observed: ObservedFrequency, texts: Texts) -> str:
    files = number(observed.files, texts)
    if observed.files < LEAST_FILES:
        return texts.say("Past files in this case: {files}, too few to tell what becomes of them.", files=files)
    return texts.say(
        "Of the {files} past files in this case, {rate} were in default (between {low} and {high}).",
        files=files,
        rate=percent(observed.rate, texts),
        low=number(observed.low * 100, texts, 1),
        high=percent(observed.high, texts),
    )


_EMPTY_TABLES: Final[Mapping[TableName, str]] = MappingProxyType(
    {
        TableName.BUREAU: message("No credit with other institutions is known."),
        TableName.PREVIOUS_APPLICATION: message("No previous application with us is known."),
        TableName.INSTALLMENTS_PAYMENTS: message("There is no record of an instalment paid to us."),
        TableName.CREDIT_CARD_BALANCE: message("There is no record of a credit card with us."),
    }
)
_ASK_FOR_TABLE: Final[Mapping[TableName, str]] = MappingProxyType(
    {TableName.BUREAU: message("Ask the client for a statement of all running credits.")}
)
