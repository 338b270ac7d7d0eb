"""What is missing, against a slow reference that tries one value after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.tiny_model import FEATURES, QUICK, tiny_data

from scoring_dash.assessment.gaps import DECILES, GapFinder
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.effects import Gap
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Book, TableName
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.store import pack_applications
from scoring_dash.pipeline.train import train
from scoring_dash.pipeline.training_data import Files, TrainingData
from scoring_dash.population.frequency import observed_frequency

CATALOGUE = {definition.name: definition.feature for definition in ALL_DEFINITIONS}
OCCUPATIONS = ("Drivers", "Laborers", "Managers")
SCORES = ("EXT_SOURCE_1", "EXT_SOURCE_2")


def data_with_gaps() -> TrainingData:
    """The tiny files with a raw application to rebuild from: two scores, their mean, an occupation."""
    data, random = tiny_data(past=600, current=40), np.random.default_rng(1)
    features = (
        *(CATALOGUE[name] for name in ("external_score_1", "external_score_2")),
        *FEATURES[2:],
        CATALOGUE["external_score_mean"],
        CATALOGUE["occupation"],
    )
    return replace(
        data,
        past=_with_more(data.past, random),
        current=_with_more(data.current, random),
        features=features,
        categories={**data.categories, "occupation": OCCUPATIONS},
        text_values={**data.text_values, "OCCUPATION_TYPE": OCCUPATIONS},
    )


def _with_more(files: Files, random: np.random.Generator) -> Files:
    values = files.values.copy()
    n = values.shape[1]
    values[1, random.random(n) < 0.2] = np.nan
    jobs = random.choice([-1, 0, 1, 2], n, p=[0.3, 0.3, 0.3, 0.1])
    scores = values[:2].astype(np.float64)
    known = ~np.isnan(scores)
    mean = np.where(known.any(axis=0), np.nansum(scores, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan)
    # A job matters, and so do the scores: else no missing one would move the risk.
    outcomes = files.outcomes.copy()
    outcomes[(jobs == 0) & (random.random(n) < 0.4) & (outcomes >= 0)] = 1
    outcomes[(np.nan_to_num(scores[1], nan=0.5) > 0.7) & (outcomes >= 0)] = 0
    records = pack_applications(
        [
            ("AMT_CREDIT", values[2].astype(np.float64)),
            ("NAME_INCOME_TYPE", values[3].astype(np.int16)),
            ("OCCUPATION_TYPE", jobs.astype(np.int16)),
            ("EXT_SOURCE_1", scores[0]),
            ("EXT_SOURCE_2", scores[1]),
            ("EXT_SOURCE_3", np.full(n, np.nan)),
        ]
    )
    more = np.vstack([values, mean, np.where(jobs < 0, np.nan, jobs)]).astype(np.float32)
    return replace(files, values=np.ascontiguousarray(more), outcomes=outcomes, applications=records)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> LoadedServices:
    directory = tmp_path_factory.mktemp("gaps") / "artifacts"
    train(data_with_gaps(), directory, seed=0, plan=QUICK, progress=lambda _: None)
    return load_services(directory)


def clients(services: LoadedServices, book: Book, *, count: int = 25) -> list[int]:
    return [int(number) for number in services.portfolio.book(book).client_ids[:count]]


def slow_range(services: LoadedServices, client_id: int, column: str) -> tuple[float, float]:
    """Try each usual value by itself: rebuild the few features by hand, score one row, keep the extremes."""
    book, place = services.portfolio.find(client_id) or (Book.PAST, -1)
    data, description = services.portfolio.book(book), services.package.description
    risks = []
    for value in slow_usual_values(services, column):
        application = {**services.portfolio.application(book, place), column: value}
        row = data.feature_row(place)
        known = [float(score) for score in (application[name] for name in SCORES) if score is not None]
        row[0, description.index["external_score_mean"]] = sum(known) / len(known) if known else np.nan
        for name, feature in (*zip(SCORES, ("external_score_1", "external_score_2"), strict=True),):
            row[0, description.index[feature]] = np.nan if application[name] is None else application[name]
        job = application["OCCUPATION_TYPE"]
        row[0, description.index["occupation"]] = np.nan if job is None else OCCUPATIONS.index(str(job))
        margin = services.package.scorer.margin(row, int(data.models[place]))[0]
        risks.append(description.calibrator.probability(float(margin)))
    return min(risks), max(risks)


def slow_usual_values(services: LoadedServices, column: str) -> list[FeatureValue]:
    past = services.portfolio.past.applications[column]
    if column == "OCCUPATION_TYPE":
        return list(OCCUPATIONS)
    ordered = sorted(value for value in past if not np.isnan(value))
    return [float(ordered[int(tenth * (len(ordered) - 1))]) for tenth in DECILES]


def slow_observed(services: LoadedServices, client_id: int, is_gap: Any) -> tuple[int, int]:
    past = services.portfolio.past
    files = [
        int(past.outcomes[place])
        for place, number in enumerate(past.client_ids)
        if int(number) != client_id and is_gap(past.features[:, place])
    ]
    return len(files), sum(files)


COLUMN_OF = {
    "external_score_1": "EXT_SOURCE_1",
    "external_score_2": "EXT_SOURCE_2",
    "occupation": "OCCUPATION_TYPE",
}


@pytest.mark.parametrize("book", Book)
def test_ranges_and_outcomes_equal_the_slow_reference(services: LoadedServices, book: Book) -> None:
    index, seen = services.package.description.index, set()
    for client_id in clients(services, book):
        for gap in services.gaps(client_id):
            if gap.feature is None:
                continue
            seen.add(gap.feature)
            assert (gap.low, gap.high) == slow_range(services, client_id, COLUMN_OF[gap.feature])
            place = index[gap.feature]
            wanted = slow_observed(services, client_id, lambda row, place=place: np.isnan(row[place]))
            assert (gap.observed.files, gap.observed.defaults) == wanted
            assert gap.observed == observed_frequency(*wanted)
    assert seen == set(COLUMN_OF)


def test_every_missing_score_is_told_and_other_facts_where_they_matter(services: LoadedServices) -> None:
    for client_id in clients(services, Book.CURRENT, count=40):
        facts, gaps = services.facts(client_id), services.gaps(client_id)
        told = {gap.feature: gap for gap in gaps if gap.feature is not None}
        for score in ("external_score_1", "external_score_2"):
            assert (score in told) is (facts.features[score] is None)
        job = told.get("occupation")
        if job is not None:
            assert facts.application["OCCUPATION_TYPE"] is None
            assert job.high is not None and job.low is not None and job.high - job.low >= 0.005
        assert len(told) <= 3
        widths = [gap.high - gap.low for gap in told.values() if gap.high is not None and gap.low is not None]
        assert widths == sorted(widths, reverse=True)


def test_empty_tables_tell_how_past_files_in_the_same_case_turned_out(services: LoadedServices) -> None:
    place = services.package.description.index["bureau_count"]
    seen = 0
    for client_id in clients(services, Book.PAST, count=150):
        found = {gap.table: gap for gap in services.gaps(client_id) if gap.feature is None}
        is_empty = services.facts(client_id).features["bureau_count"] == 0
        assert (TableName.BUREAU in found) is is_empty
        if is_empty:
            gap, seen = found[TableName.BUREAU], seen + 1
            assert (gap.low, gap.high) == (None, None)
            wanted = slow_observed(services, client_id, lambda row: row[place] == 0)
            assert (gap.observed.files, gap.observed.defaults) == wanted
    assert seen > 0


def test_cards_and_instalments_are_looked_at_only_where_there_were_applications(services: LoadedServices) -> None:
    """The tiny model reads nothing of earlier applications, so its other tables are looked at."""
    for client_id in clients(services, Book.CURRENT):
        tables = [gap.table for gap in services.gaps(client_id) if gap.feature is None]
        assert TableName.PREVIOUS_APPLICATION not in tables
        late = services.facts(client_id).features["late_share"]
        assert (TableName.INSTALLMENTS_PAYMENTS in tables) is (late is None)


def gaps_of(services: LoadedServices, more: Mapping[str, FeatureValue]) -> list[Gap]:
    """Gaps of a client whose application says something else than what is stored."""
    number = clients(services, Book.CURRENT, count=1)[0]
    application = {**services.facts(number).application, **more}
    finder = GapFinder(services.package, services.portfolio)
    return [gap for gap in finder.find(services._row(number), application) if gap.feature is not None]


def test_what_a_client_cannot_have_is_no_gap(services: LoadedServices) -> None:
    missing: dict[str, FeatureValue] = {"OCCUPATION_TYPE": None, "EXT_SOURCE_1": 0.5, "EXT_SOURCE_2": 0.5}
    working = gaps_of(services, {**missing, "NAME_INCOME_TYPE": "Working"})
    assert [gap.feature for gap in working] == ["occupation"]
    assert gaps_of(services, {**missing, "NAME_INCOME_TYPE": "Pensioner"}) == []


def test_a_complete_file_has_no_missing_fact(services: LoadedServices) -> None:
    full: dict[str, FeatureValue] = {"OCCUPATION_TYPE": "Drivers", "EXT_SOURCE_1": 0.5, "EXT_SOURCE_2": 0.5}
    assert gaps_of(services, full) == []


def test_the_same_gaps_come_back_from_every_worker(services: LoadedServices) -> None:
    other = GapFinder(services.package, services.portfolio)
    for client_id in reversed(clients(services, Book.CURRENT)):
        found = other.find(services._row(client_id), services.facts(client_id).application)
        assert found == services.gaps(client_id)
