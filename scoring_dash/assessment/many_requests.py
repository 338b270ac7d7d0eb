"""Many requests of one client scored together, by the rule that decides on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.change_rules import ChangeRules
from scoring_dash.assessment.engine import ClientRow
from scoring_dash.assessment.scenario_rows import Application, ScenarioRows
from scoring_dash.core.simulation import Changes
from scoring_dash.core.words import Recommendation
from scoring_dash.model.package import ModelPackage
from scoring_dash.model.recommendation import recommend


@dataclass(frozen=True, slots=True)
class Scored:
    """One request: its risk and what the model recommends."""

    probability: float
    recommendation: Recommendation


class ManyRequests:
    """Scores many requests in one pass: one rebuild of the formulas, one call to each model.

    Parameters
    ----------
    package : ModelPackage
    scenarios : ScenarioRows
    rules : ChangeRules
    """

    def __init__(self, package: ModelPackage, scenarios: ScenarioRows, rules: ChangeRules) -> None:
        self._package = package
        self._scenarios = scenarios
        self._rules = rules

    def of_loans(
        self,
        client: ClientRow,
        application: Application,
        base: Changes,
        loans: Sequence[tuple[float, float]],
    ) -> list[Scored]:
        """Amounts and durations, all else as changed.

        Parameters
        ----------
        base : Changes
            Its amount, duration and down payment are replaced by each loan's.
        loans : sequence of (amount, months)
            ``months`` NaN: no other duration than the file's is asked for.
        """
        if not loans:
            return []
        others = self._rules.apply(base, application)
        amounts, months = zip(*loans, strict=True)
        columns = self._rules.loan_columns(base, application, amounts, months)
        cases = [{**others, **loan} for loan in columns]
        return self._scored(client, application, cases)

    def of_changes(self, client: ClientRow, application: Application, requests: Sequence[Changes]) -> list[Scored]:
        """Any changes; each must be allowed."""
        return self._scored(client, application, [self._rules.apply(changes, application) for changes in requests])

    def _scored(self, client: ClientRow, application: Application, cases: Sequence[Application]) -> list[Scored]:
        names = list(dict.fromkeys(name for case in cases for name in case))
        if not names:
            return [self._decided(client, client.features)[0]] * len(cases)
        changed = {name: [case.get(name, application.get(name)) for case in cases] for name in names}
        return self._decided(client, self._scenarios.rows(client, application, changed))

    def _decided(self, client: ClientRow, rows: NDArray[np.float32]) -> list[Scored]:
        """What the engine would say of each row: a current client's also rests on the fold models' spread."""
        description, scorer = self._package.description, self._package.scorer
        rule, calibrator = description.rule, description.calibrator
        risks = calibrator.probabilities(scorer.margin(rows, client.model))
        lows, highs = risks, risks
        if client.model == scorer.final:
            margins = np.stack([scorer.margin(rows, model) for model in range(scorer.final)])
            lows, highs = (calibrator.probabilities(ends) for ends in (margins.min(axis=0), margins.max(axis=0)))
        return [
            Scored(float(risk), recommend(float(risk), rule, float(low), float(high)))
            for risk, low, high in zip(risks, lows, highs, strict=True)
        ]
