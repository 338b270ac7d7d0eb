"""A client with changes: the raw values changed, every feature rebuilt, the engine asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.affordability import affordability_of
from scoring_dash.assessment.change_rules import ChangeRules
from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.assessment.scenario_rows import Application, ScenarioRows
from scoring_dash.core.results import Explanation, FeatureValue, Reason
from scoring_dash.core.simulation import Changes, FactMove, Move, ReasonMove, Simulation
from scoring_dash.core.words import Theme
from scoring_dash.model.description import ModelDescription

NEGLIGIBLE: Final = 0.05
"""In log-odds: a reason whose weight moves the odds by less than 5 % more or less than before weighs the same."""


class Simulator:
    """Simulates with one engine.

    Parameters
    ----------
    engine : Engine
    description : ModelDescription
    scenarios : ScenarioRows
    rules : ChangeRules
    """

    def __init__(
        self, engine: Engine, description: ModelDescription, scenarios: ScenarioRows, rules: ChangeRules
    ) -> None:
        self._engine = engine
        self._description = description
        self._scenarios = scenarios
        self._rules = rules

    def changed_row(self, client: ClientRow, application: Application, changes: Changes) -> ClientRow:
        """The client as the model sees him with some changes; without any, he himself."""
        moved = self._rules.apply(changes, application)
        if not moved:
            return client
        rows = self._scenarios.rows(client, application, {name: [value] for name, value in moved.items()})
        return replace(client, features=rows)

    def simulate(self, client: ClientRow, application: Application, changes: Changes) -> Simulation:
        """Assess a client as he is and with some changes.

        Parameters
        ----------
        application : mapping of str to FeatureValue
            The client's raw application, None where missing.
        changes : Changes
            Allowed ones, without the file's own values.
        """
        moved = self._rules.apply(changes, application)
        row = self.changed_row(client, application, changes)
        before = self._engine.assess(client)
        after = self._engine.assess(row) if moved else before
        loan = self._rules.loan(application)
        stored = self._read(client)
        return Simulation(
            changes=changes,
            before=before,
            after=after,
            application=moved,
            reasons=moved_reasons(before.reasons, after.reasons),
            facts=moved_facts(self._engine.explain(client), self._engine.explain(row)) if moved else (),
            affordability_before=affordability_of(application, loan, None, stored),
            affordability_after=affordability_of({**application, **moved}, loan, changes.duration, stored),
        )

    def _read(self, client: ClientRow) -> Mapping[str, FeatureValue]:
        description, row = self._description, client.features[0]
        return {name: description.read_value(place, float(row[place])) for name, place in description.index.items()}


def moved_reasons(before: Sequence[Reason], after: Sequence[Reason]) -> tuple[ReasonMove, ...]:
    """What became of each theme among the reasons: in the order of their weight after, vanished ones last."""
    old, new = ({reason.theme: reason for reason in reasons} for reasons in (before, after))
    themes = [*new, *(theme for theme in old if theme not in new)]
    return tuple(_reason_move(theme, old.get(theme), new.get(theme)) for theme in themes)


def moved_facts(before: Explanation, after: Explanation) -> tuple[FactMove, ...]:
    """The features whose value moved, those whose contribution changed most first."""
    old = {item.feature: item for item in before.contributions}
    found = [
        FactMove(item.feature, old[item.feature].value, item.value, old[item.feature].contribution, item.contribution)
        for item in after.contributions
        if item.value != old[item.feature].value
    ]
    return tuple(
        sorted(found, key=lambda fact: (-abs(fact.contribution_after - fact.contribution_before), fact.feature))
    )


def _reason_move(theme: Theme, before: Reason | None, after: Reason | None) -> ReasonMove:
    return ReasonMove(theme, _move(before, after), before, after)


def _move(before: Reason | None, after: Reason | None) -> Move:
    if before is None or after is None:
        return Move.APPEARED if before is None else Move.VANISHED
    if before.direction is not after.direction:
        return Move.TURNED
    growth = abs(after.contribution) - abs(before.contribution)
    return Move.SAME if abs(growth) < NEGLIGIBLE else Move.STRONGER if growth > 0 else Move.WEAKER


def theme_contributions(engine: Engine, client: ClientRow, themes: Sequence[Theme]) -> NDArray[np.float32]:
    """(n_themes,) float32: a client's contributions summed by theme, as the store holds those of past files."""
    sums = engine.explain(client).by_theme()
    return np.array([sums.get(theme, 0.0) for theme in themes], dtype=np.float32)
