"""From a probability to a recommendation: one rule, for one client and for a whole book."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.words import Recommendation
from scoring_dash.model.cost import DecisionRule

RECOMMENDATIONS: Final = tuple(Recommendation)
"""What the codes of :func:`recommendation_codes` stand for."""

_Value = TypeVar("_Value", float, NDArray[np.float64])


def recommend(probability: float, rule: DecisionRule, spread_low: float, spread_high: float) -> Recommendation:
    """Accept below the review zone, refuse above it; a person decides in it, and where the models disagree.

    A higher risk by every model never gets a better recommendation: accepted is who lies below the zone with no model
    above the threshold, refused who lies above it with no model at or below the threshold.

    Parameters
    ----------
    spread_low, spread_high : float
        Least and greatest probability among the fold models. If the threshold lies between them, or between them and
        the final model, the side depends on which past files were learnt from, and the model does not settle it.
    """
    if _is_unsettled(probability, rule, spread_low, spread_high):
        return Recommendation.REVIEW
    return Recommendation.ACCEPT if probability < rule.review_low else Recommendation.REFUSE


def recommendation_codes(
    probabilities: NDArray[np.float64], rule: DecisionRule, spreads: NDArray[np.float64]
) -> NDArray[np.int8]:
    """What :func:`recommend` says of each client.

    Parameters
    ----------
    probabilities : (n,) float64, in [0, 1]
    spreads : (n, 2) float64
        Least and greatest probability among the fold models.

    Returns
    -------
    (n,) int8
        Places in :data:`RECOMMENDATIONS`.
    """
    unsettled = _is_unsettled(probabilities, rule, spreads[:, 0], spreads[:, 1])
    review, accept, refuse = (
        np.int8(RECOMMENDATIONS.index(word))
        for word in (Recommendation.REVIEW, Recommendation.ACCEPT, Recommendation.REFUSE)
    )
    return np.where(unsettled, review, np.where(probabilities < rule.review_low, accept, refuse))


def _is_unsettled(
    probability: _Value, rule: DecisionRule, spread_low: _Value, spread_high: _Value
) -> bool | NDArray[np.bool_]:
    """Whether a person has to look again; written once, for numbers and for arrays."""
    in_zone = (rule.review_low <= probability) & (probability <= rule.review_high)
    is_one_at_or_below = (spread_low <= rule.threshold) | (probability <= rule.threshold)
    is_one_above = (rule.threshold < spread_high) | (rule.threshold < probability)
    return in_zone | (is_one_at_or_below & is_one_above)
