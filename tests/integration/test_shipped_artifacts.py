"""What the repository ships: a model and a simulated portfolio that load, fit the law, and stay small."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.words import ColumnUse, Recommendation
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.schema import TABLES

ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"


@pytest.fixture(scope="module")
def services() -> LoadedServices:
    return load_services(ARTIFACTS)


def test_one_version_under_30_megabytes() -> None:
    assert len(list((ARTIFACTS / "versions").iterdir())) == 1
    assert sum(path.stat().st_size for path in ARTIFACTS.rglob("*") if path.is_file()) < 30e6


def test_at_least_ten_thousand_simulated_clients(services: LoadedServices) -> None:
    assert services.model.simulated
    assert services.model.past_clients + services.model.current_clients >= 10_000


def test_no_forbidden_column_in_the_model_or_the_clients_file(services: LoadedServices) -> None:
    used = {pair for feature in services.model.features for pair in raw_columns(feature)}
    assert [pair for pair in used if TABLES[pair[0]].column(pair[1]).use is ColumnUse.FORBIDDEN] == []
    shown = services.portfolio.current.applications.dtype.names
    application = next(table for table in TABLES.values() if "AMT_CREDIT" in table and "EXT_SOURCE_1" in table)
    assert [name for name in shown if application.column(name).use is ColumnUse.FORBIDDEN] == []


def test_every_kind_of_recommendation_can_be_shown(services: LoadedServices) -> None:
    ids = services.portfolio.current.client_ids
    found = {services.assess(int(client_id)).recommendation for client_id in ids[:200]}
    assert found == set(Recommendation)


def test_stored_probabilities_are_those_of_the_engine(services: LoadedServices) -> None:
    for data in (services.portfolio.past, services.portfolio.current):
        for place in range(0, len(data.client_ids), 97):
            assessment = services.assess(int(data.client_ids[place]))
            assert assessment.probability_of_default == float(data.probabilities[place])
