"""What invented clients' files do not hold: one missing score, and the tables that are empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scoring_dash.core.effects import Gap
from scoring_dash.core.results import FeatureValue, ObservedFrequency
from scoring_dash.core.words import TableName

Values = Mapping[str, FeatureValue]

SCORE, USUAL_SCORES = "ext_source_1", (0.25, 0.75)


def invent_gaps(
    values: Values, probability: Callable[[Values], float], observed: Callable[[int, int], ObservedFrequency]
) -> tuple[Gap, ...]:
    """The gaps of a client; a missing score is tried at the two ends of what is usual."""
    gaps = []
    if values[SCORE] is None:
        risks = sorted(probability({**values, SCORE: score}) for score in USUAL_SCORES)
        gaps.append(Gap(SCORE, TableName.APPLICATION_TRAIN, risks[0], risks[1], observed(140, 12)))
    if values["bureau_debt"] is None:
        gaps.append(Gap(None, TableName.BUREAU, None, None, observed(1_432, 146)))
    if values["previous_term"] is None:
        gaps.append(Gap(None, TableName.PREVIOUS_APPLICATION, None, None, observed(12, 1)))
    elif values["card_use"] is None:
        gaps.append(Gap(None, TableName.CREDIT_CARD_BALANCE, None, None, observed(140, 9)))
    return tuple(gaps)
