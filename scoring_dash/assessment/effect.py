"""How one client's probability of default moves with one feature, all others as they are.

The curve is that of individual conditional expectation: the model that scores the client is asked again with other
values of the feature. Ratios that would follow from the change are not rebuilt; that is what a simulation does.

References
----------
A. Goldstein et al., "Peeking inside the black box: visualizing statistical learning with plots of individual
conditional expectation", Journal of Computational and Graphical Statistics 24 (2015).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.engine import ClientRow
from scoring_dash.core.effects import EffectPoint, FeatureEffect
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.words import Unit
from scoring_dash.model.description import ModelDescription
from scoring_dash.model.package import ModelPackage

_WHOLE_UNITS = (Unit.COUNT, Unit.FLAG, Unit.LEVEL)


def find_effect(package: ModelPackage, client: ClientRow, feature: str, past: NDArray[np.float32]) -> FeatureEffect:
    """The effect of one feature on one client; a single call to the model.

    Parameters
    ----------
    past : (n_features, n) float32, NaN where missing
        Features of the past files, n > 0: how many of them lie along the curve.

    Raises
    ------
    InvalidRequestError
        If the model has no such feature.
    """
    description = package.description
    number = description.index.get(feature)
    if number is None:
        raise InvalidRequestError("feature", feature, "a feature of the model, listed by GET /api/v1/model")
    own, column = client.features[0, number], np.asarray(past[number])
    values = _values_to_try(description, number, own)
    shares, missing_share = _shares(values, column, is_category=feature in description.categories)
    tried = np.concatenate([values, [np.float32(np.nan), own]])
    probabilities = _probabilities(package, client, number, tried)
    points = [
        EffectPoint(description.read_value(number, float(value)), probability, share)
        for value, probability, share in zip(values, probabilities, shares, strict=False)
    ]
    if feature in description.categories:
        points.sort(key=lambda point: (-point.share, str(point.value)))
    is_missing_known = missing_share > 0 or bool(np.isnan(own))
    return FeatureEffect(
        client_id=client.client_id,
        feature=feature,
        value=description.read_value(number, float(own)),
        probability=probabilities[-1],
        points=tuple(points),
        missing=EffectPoint(None, probabilities[-2], missing_share) if is_missing_known else None,
    )


def grid(edges: Sequence[float], bounds: tuple[float, float], own: float, *, is_whole: bool) -> NDArray[np.float32]:
    """Values of a numeric feature at which the model is asked.

    The middle of each bar of a comparison, the bounds, and the client's own value to the last bit; it takes the place
    of the middle next to it, so that no two points say the same.

    Parameters
    ----------
    edges : ascending, at least one
        Inner edges of the bars.
    bounds : (low, high)
        Least and greatest value seen in training.
    own : float
        The client's value; NaN where it is missing.
    is_whole : bool
        Whether only whole numbers mean something.

    Returns
    -------
    (k,) float32, strictly ascending
    """
    low, high = bounds
    step = _usual_step(edges)
    middles = [edge - step / 2 for edge in edges] + [edges[-1] + step / 2]
    between = [round(middle) if is_whole else middle for middle in middles]
    inside = np.array([value for value in between if low < value < high], dtype=np.float32)
    if not np.isnan(own) and len(inside):
        nearest = int(np.argmin(np.abs(inside - own)))
        inside = np.delete(inside, nearest) if abs(inside[nearest] - own) <= step / 2 else inside
    ends = [value for value in (low, high, own) if not np.isnan(value)]
    return np.unique(np.concatenate([inside, np.array(ends, dtype=np.float32)]))


def _values_to_try(description: ModelDescription, number: int, own: np.float32) -> NDArray[np.float32]:
    """Numbers along the scale, or the code of each category; without the missing value."""
    feature = description.features[number]
    names = description.categories.get(feature.name)
    if names is not None:
        return np.arange(len(names), dtype=np.float32)
    bounds = description.ranges.get(feature.name, (np.nan, np.nan))
    return grid(description.bin_edges[feature.name], bounds, float(own), is_whole=feature.unit in _WHOLE_UNITS)


def _usual_step(edges: Sequence[float]) -> float:
    """Width of the bars; with a single edge there is none, and its neighbours are told by the bounds alone."""
    return float(np.median(np.diff(edges))) if len(edges) > 1 else 0.0


def _shares(
    values: NDArray[np.float32], column: NDArray[np.float32], *, is_category: bool
) -> tuple[list[float], float]:
    """Share of past files nearest to each value (between two, the lower), and of those without one."""
    known = column[~np.isnan(column)]
    if len(values) == 0 or len(known) == 0:
        return [0.0] * len(values), 1 - len(known) / len(column)
    middles = (values[1:].astype(np.float64) + values[:-1]) / 2
    places = known.astype(np.int64) if is_category else np.searchsorted(middles, known, side="left")
    counts = np.bincount(places, minlength=len(values))
    return [int(count) / len(column) for count in counts], (len(column) - len(known)) / len(column)


def _probabilities(package: ModelPackage, client: ClientRow, number: int, values: NDArray[np.float32]) -> list[float]:
    rows = np.repeat(client.features, len(values), axis=0)
    rows[:, number] = values
    margins = package.scorer.margin(rows, client.model)
    return [package.description.calibrator.probability(float(margin)) for margin in margins]
