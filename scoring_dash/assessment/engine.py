"""The one engine: screen, API, batch and log all get a client's assessment and explanation here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.warnings import find_warnings
from scoring_dash.core.results import Assessment, Contribution, Explanation
from scoring_dash.core.words import Book, Recommendation
from scoring_dash.explain.reasons import find_reasons
from scoring_dash.model.cost import DecisionRule
from scoring_dash.model.package import ModelPackage
from scoring_dash.population.frequency import FrequencyTable
from scoring_dash.population.novelty import PastSample


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client as the engine wants him.

    Attributes
    ----------
    features : (1, n_features) float32, contiguous, NaN where missing
    model : int
        Number of the model that may score him: a fold model for a past file, the final one otherwise.
    outcome : int
        1 in default, 0 repaid, -1 not known.
    """

    client_id: int
    book: Book
    features: NDArray[np.float32]
    model: int
    outcome: int = -1


class Engine:
    """Scores and explains clients with one model package.

    Parameters
    ----------
    package : ModelPackage
    version : str
        Version of the artifact, named in every answer.
    frequencies : FrequencyTable
        Of the past files.
    past : PastSample
        Past files that a client should resemble.
    """

    def __init__(self, package: ModelPackage, version: str, frequencies: FrequencyTable, past: PastSample) -> None:
        self._package = package
        self._version = version
        self._frequencies = frequencies
        self._past = past

    def assess(self, client: ClientRow) -> Assessment:
        """Score, recommendation and reasons of one client."""
        contributions = self._package.scorer.contributions(client.features, client.model)[0, :-1]
        return self._assemble(client, self._margin(client), contributions)

    def assess_many(self, clients: list[ClientRow], *, threads: int) -> Iterator[Assessment]:
        """Assess clients of one model together: the same answers to the last bit, sooner.

        Parameters
        ----------
        clients : list of ClientRow
            All with the same ``model``.
        """
        if not clients:
            return
        rows = np.concatenate([client.features for client in clients])
        scorer, model = self._package.scorer, clients[0].model
        margins = scorer.margin(rows, model, threads=threads)
        contributions = scorer.contributions(rows, model, threads=threads)[:, :-1]
        for client, margin, own in zip(clients, margins, contributions, strict=True):
            yield self._assemble(client, float(margin), own)

    def explain(self, client: ClientRow) -> Explanation:
        """Exact contributions of one client; with the base they sum to the margin to 1e-6."""
        description = self._package.description
        values = self._package.scorer.contributions(client.features, client.model)[0]
        reference = self._package.reference_contributions[client.model]
        margin = self._margin(client)
        order = np.lexsort((np.arange(len(values) - 1), -np.abs(values[:-1])))
        return Explanation(
            client_id=client.client_id,
            model_version=self._version,
            base_margin=float(values[-1]),
            margin=margin,
            calibration_slope=description.calibrator.slope,
            calibrated_margin=description.calibrator.calibrated_margin(margin),
            probability_of_default=self._probability(margin),
            contributions=tuple(
                Contribution(
                    feature=description.features[i].name,
                    theme=description.features[i].theme,
                    value=description.read_value(int(i), float(client.features[0, i])),
                    contribution=float(values[i]),
                    reference=float(reference[i]),
                )
                for i in order
            ),
        )

    def _margin(self, client: ClientRow) -> float:
        return float(self._package.scorer.margin(client.features, client.model)[0])

    def _probability(self, margin: float) -> float:
        return self._package.description.calibrator.probability(margin)

    def _assemble(self, client: ClientRow, margin: float, contributions: NDArray[np.float64]) -> Assessment:
        description, rule = self._package.description, self._package.description.rule
        probability = self._probability(margin)
        low, high = self._spread(client, probability)
        reference = self._package.reference_contributions[client.model]
        themes = (contributions @ description.theme_matrix).astype(np.float32)
        is_unlike = self._past.is_unlike(client.client_id, themes)
        return Assessment(
            client_id=client.client_id,
            book=client.book,
            probability_of_default=probability,
            threshold=rule.threshold,
            review_low=rule.review_low,
            review_high=rule.review_high,
            recommendation=recommend(probability, rule, low, high),
            distance_to_threshold=probability - rule.threshold,
            spread_low=low,
            spread_high=high,
            observed=self._frequencies.around(probability, own_outcome=client.outcome if client.outcome >= 0 else None),
            reasons=find_reasons(description, client.features[0], contributions, reference, margin),
            model_version=self._version,
            warnings=find_warnings(description, client.book, client.features[0], is_unlike_past_files=is_unlike),
        )

    def _spread(self, client: ClientRow, probability: float) -> tuple[float, float]:
        """Least and greatest probability among the fold models; one model alone has no spread."""
        scorer = self._package.scorer
        if client.model != scorer.final:
            return probability, probability
        margins = [float(scorer.margin(client.features, model)[0]) for model in range(scorer.final)]
        return self._probability(min(margins)), self._probability(max(margins))


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
    low, high = min(spread_low, probability), max(spread_high, probability)
    if rule.review_low <= probability <= rule.review_high or low <= rule.threshold < high:
        return Recommendation.REVIEW
    return Recommendation.ACCEPT if probability < rule.review_low else Recommendation.REFUSE
