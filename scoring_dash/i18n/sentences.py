"""What the model says of a client, in sentences with their figures."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from scoring_dash.core.results import Assessment, ObservedFrequency
from scoring_dash.core.words import Recommendation
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number, percent, points

_FAR_BELOW = 0.5
_FAR_ABOVE = 2.0


def recommendation_name(recommendation: Recommendation, texts: Texts) -> str:
    """What the model proposes, in two words."""
    return texts.say(_RECOMMENDATIONS[recommendation])


def verdict(assessment: Assessment, texts: Texts) -> str:
    """The estimated risk against the threshold, in one sentence."""
    risk, threshold = assessment.probability_of_default, assessment.threshold
    shown, limit = percent(risk, texts), percent(threshold, texts)
    if shown == limit:
        return texts.say("Estimated risk of {risk}: at the threshold.", risk=shown)
    return texts.say(_verdict_message(assessment), risk=shown, threshold=limit)


def advice(assessment: Assessment, texts: Texts) -> str:
    """What the recommendation rests on, and what is left to do."""
    if assessment.recommendation is Recommendation.REVIEW and not assessment.is_in_review_zone:
        low, high = _all_models(assessment)
        return texts.say(
            _MODELS_DISAGREE,
            low=percent(low, texts),
            high=percent(high, texts),
            threshold=percent(assessment.threshold, texts),
        )
    return texts.say(
        _ADVICE[assessment.recommendation],
        gap=points(assessment.distance_to_threshold, texts),
        low=percent(assessment.review_low, texts),
        high=percent(assessment.review_high, texts),
    )


def distance(assessment: Assessment, texts: Texts) -> str:
    """How far from the threshold, in points and a word."""
    gap = assessment.distance_to_threshold
    if gap == 0:
        return texts.say("at the threshold")
    told = points(gap, texts)
    return (
        texts.say("{gap} below the threshold", gap=told)
        if gap < 0
        else texts.say("{gap} above the threshold", gap=told)
    )


def frequency(observed: ObservedFrequency, texts: Texts) -> str:
    """How past files of comparable risk turned out, as persons among 100."""
    if observed.files == 0:
        return texts.say("No past file of comparable risk is known.")
    among = among_hundred(observed)
    values = {
        "among": number(among, texts),
        "files": number(observed.files, texts),
        "low": number(observed.low * 100, texts),
        "high": percent(observed.high, texts, 0),
    }
    if among == 0:
        return texts.say(
            "Of 100 past files of comparable risk, fewer than 1 had repayment difficulties "
            "({files} files observed; between {low} and {high}).",
            **values,
        )
    return texts.say_count(_AMONG_HUNDRED, _AMONG_HUNDRED, among, **values)


def among_hundred(observed: ObservedFrequency) -> int:
    """Of 100 such files, how many defaulted."""
    return round(observed.rate * 100)


def default_rate(observed: ObservedFrequency, texts: Texts) -> str:
    """Default rate of a group with its interval."""
    return texts.say(
        "{rate} (between {low} and {high})",
        rate=percent(observed.rate, texts),
        low=number(observed.low * 100, texts, 1),
        high=percent(observed.high, texts),
    )


class Confidence(StrEnum):
    """How far the model's answer can be relied on."""

    FIRM = "firm"
    NEAR_THRESHOLD = "near_threshold"
    DIVIDED = "divided"
    SINGLE_MODEL = "single_model"


def confidence_of(assessment: Assessment) -> Confidence:
    """Whether the control models agree, and whether the file is clear of the review zone.

    The model and its control models are divided as soon as one of them stands on the other side of the threshold.
    """
    if assessment.spread_low == assessment.spread_high:
        return Confidence.SINGLE_MODEL
    low, high = _all_models(assessment)
    if low <= assessment.threshold < high:
        return Confidence.DIVIDED
    return Confidence.NEAR_THRESHOLD if assessment.is_in_review_zone else Confidence.FIRM


def confidence_title(confidence: Confidence, texts: Texts) -> str:
    """The confidence in a few words."""
    return texts.say(_CONFIDENCE_TITLES[confidence])


def confidence_sentence(assessment: Assessment, texts: Texts) -> str:
    """What the confidence rests on."""
    low, high = _all_models(assessment)
    return texts.say(
        _CONFIDENCE_SENTENCES[confidence_of(assessment)],
        low=percent(low, texts),
        high=percent(high, texts),
        threshold=percent(assessment.threshold, texts),
        review_low=percent(assessment.review_low, texts),
        review_high=percent(assessment.review_high, texts),
    )


def _all_models(assessment: Assessment) -> tuple[float, float]:
    """Least and greatest probability among the model and its control models."""
    own = assessment.probability_of_default
    return min(own, assessment.spread_low), max(own, assessment.spread_high)


def _verdict_message(assessment: Assessment) -> str:
    ratio = assessment.probability_of_default / assessment.threshold
    if assessment.is_in_review_zone:
        return _JUST_BELOW if ratio <= 1 else _JUST_ABOVE
    if assessment.recommendation is Recommendation.ACCEPT:
        return _WELL_BELOW if ratio < _FAR_BELOW else _BELOW
    return _WELL_ABOVE if ratio >= _FAR_ABOVE else _ABOVE


# English says "had" for one and for many; French does not.
_AMONG_HUNDRED: Final = message(
    "Of 100 past files of comparable risk, {among} had repayment difficulties "
    "({files} files observed; between {low} and {high})."
)

_WELL_BELOW: Final = message("Estimated risk of {risk}: well below the threshold of {threshold}.")
_BELOW: Final = message("Estimated risk of {risk}: below the threshold of {threshold}.")
_JUST_BELOW: Final = message("Estimated risk of {risk}: just below the threshold of {threshold}.")
_JUST_ABOVE: Final = message("Estimated risk of {risk}: just above the threshold of {threshold}.")
_ABOVE: Final = message("Estimated risk of {risk}: above the threshold of {threshold}.")
_WELL_ABOVE: Final = message("Estimated risk of {risk}: far above the threshold of {threshold}.")

_RECOMMENDATIONS: Final[Mapping[Recommendation, str]] = MappingProxyType(
    {
        Recommendation.ACCEPT: message("Proposed: accept"),
        Recommendation.REVIEW: message("To be reviewed"),
        Recommendation.REFUSE: message("Proposed: refuse"),
    }
)
_MODELS_DISAGREE: Final = message(
    "The model does not settle it: it and its control models place the file on both sides of the threshold of "
    "{threshold} (between {low} and {high}). A second reading is asked for."
)
_ADVICE: Final[Mapping[Recommendation, str]] = MappingProxyType(
    {
        Recommendation.ACCEPT: message(
            "The file lies {gap} below the threshold, outside the zone where a second reading is asked for "
            "({low} to {high})."
        ),
        Recommendation.REVIEW: message(
            "The model does not settle it: the file is in the review zone ({low} to {high}), {gap} from the threshold. "
            "A second reading is asked for."
        ),
        Recommendation.REFUSE: message(
            "The file lies {gap} above the threshold, beyond the review zone ({low} to {high}). "
            "Look at the reasons below with the client before deciding."
        ),
    }
)
_CONFIDENCE_TITLES: Final[Mapping[Confidence, str]] = MappingProxyType(
    {
        Confidence.FIRM: message("A firm result"),
        Confidence.NEAR_THRESHOLD: message("A result close to the threshold"),
        Confidence.DIVIDED: message("The control models disagree"),
        Confidence.SINGLE_MODEL: message("One single model"),
    }
)
_CONFIDENCE_SENTENCES: Final[Mapping[Confidence, str]] = MappingProxyType(
    {
        Confidence.FIRM: message(
            "The control models give between {low} and {high}: all on the same side of the threshold of {threshold}, "
            "as the model itself."
        ),
        Confidence.NEAR_THRESHOLD: message(
            "The control models stand on the same side of the threshold of {threshold} (between {low} and {high}), but "
            "the file is in the review zone ({review_low} to {review_high})."
        ),
        Confidence.DIVIDED: message(
            "Depending on the control model, the risk goes from {low} to {high}: on both sides of the threshold of "
            "{threshold}."
        ),
        Confidence.SINGLE_MODEL: message(
            "A past file, scored by a model that has not seen its outcome: the control models cannot be asked."
        ),
    }
)
