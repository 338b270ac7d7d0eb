"""What a missing fact would tell over similar files, against a slow reference that tries one value after the other."""

from __future__ import annotations

import numpy as np
import pytest
from support.shipped import shipped_clients, shipped_services

from scoring_dash.assessment.gaps import DECILES
from scoring_dash.core.simulation import NO_CHANGES, Changes
from scoring_dash.core.words import Book

SCORES = ("EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3")
FEATURES = tuple(f"external_score_{number}" for number in (1, 2, 3))


def clients_without_a_score() -> list[int]:
    services = shipped_services()
    numbers = shipped_clients(Book.CURRENT, every=90) + shipped_clients(Book.PAST, every=1_200)
    found = [client for client in numbers if any(services.facts(client).application[name] is None for name in SCORES)]
    return found[:8]


def similar_places(client: int, changes: Changes) -> np.ndarray:
    """The 500 past files whose contributions by theme lie nearest, by plain sorting."""
    services = shipped_services()
    row, application = services._client(client)
    changed = services._desk._simulator.changed_row(row, application, changes)
    sums = services.engine.explain(changed).by_theme()
    own = np.array([sums[theme] for theme in services.package.description.themes], dtype=np.float32)
    past = services.portfolio.past
    distances = np.square(np.asarray(past.theme_contributions) - own).sum(axis=1, dtype=np.float32)
    order = [int(place) for place in np.argsort(distances, kind="stable") if past.client_ids[place] != client]
    return np.array(order[:500])


@pytest.mark.parametrize("changes", [NO_CHANGES, Changes(amount=200_000.0)])
def test_ranges_are_those_of_trying_each_value_by_itself(changes: Changes) -> None:
    services = shipped_services()
    past, told = services.portfolio.past, 0
    for client in clients_without_a_score():
        row, application = services._client(client)
        simulator, scenarios = services._desk._simulator, services._desk._simulator._scenarios
        changed = simulator.changed_row(row, application, changes)
        application = {**application, **services._desk._rules.apply(changes, application)}
        places = similar_places(client, changes)
        found = {fact.feature: fact for fact in services.missing_facts(client, changes)}
        for column, feature in zip(SCORES, FEATURES, strict=True):
            if application[column] is not None or feature not in found:
                continue
            values = np.sort([score for place in places if not np.isnan(score := past.applications[column][place])])
            tried = [float(values[int(tenth * (len(values) - 1))]) for tenth in DECILES]
            risks = [
                services.package.description.calibrator.probability(
                    float(
                        services.package.scorer.margin(
                            scenarios.rows(changed, application, {column: [value]}), row.model
                        )[0]
                    )
                )
                for value in tried
            ]
            fact = found[feature]
            assert (fact.low, fact.high) == (min(risks), max(risks))
            assert (fact.known, fact.similar) == (len(values), 500)
            told += 1
    assert told > 3


def test_a_complete_file_lacks_nothing_and_the_widest_range_comes_first() -> None:
    services = shipped_services()
    for client in shipped_clients(Book.CURRENT, every=60):
        application = services.facts(client).application
        found = services.missing_facts(client, NO_CHANGES)
        widths = [fact.high - fact.low for fact in found]
        assert widths == sorted(widths, reverse=True)
        if all(application[name] is not None for name in SCORES):
            assert not {fact.feature for fact in found} & set(FEATURES)


def test_a_job_that_is_entered_is_missing_no_more() -> None:
    services = shipped_services()
    client = next(
        number
        for number in shipped_clients(Book.CURRENT, every=1)
        if "occupation" in {fact.feature for fact in services.missing_facts(number, NO_CHANGES)}
    )
    found = services.missing_facts(client, Changes(occupation="Drivers"))
    assert "occupation" not in {fact.feature for fact in found}
