"""The stored evaluation, the warning of a leak, and the check on labelled files that the model never saw."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.tiny_model import FEATURES, QUICK, tiny_data, train_tiny
from support.tiny_tables import tiny_rows, write_rows, write_tiny_tables

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES
from scoring_dash.model.evaluation.document import FILE_NAME, read_evaluation
from scoring_dash.model.evaluation.metrics import evaluate
from scoring_dash.pipeline.evaluate import DirectoryEvaluation, evaluate_directory
from scoring_dash.pipeline.evaluation_tables import directory_tables, evaluation_tables
from scoring_dash.pipeline.file_groups import FileGroups
from scoring_dash.pipeline.score import score
from scoring_dash.pipeline.summary import training_summary
from scoring_dash.pipeline.train import TrainingReport, train
from scoring_dash.pipeline.training_data import TrainingData, load_training_data, open_tables


def quiet(_: str) -> None:
    """Show no progress."""


def leaky(data: TrainingData, noise: float) -> TrainingData:
    """The same files with the outcome among the features; a share of it is drawn by lot."""
    random = np.random.default_rng(0)
    known = data.past.outcomes.astype(np.float32)
    known = np.where(random.random(len(known)) < noise, random.integers(0, 2, len(known)), known).astype(np.float32)
    guessed = random.integers(0, 2, len(data.current.client_ids)).astype(np.float32)
    feature = replace(FEATURES[2], name="debt_collected", columns=("AMT_ANNUITY",))
    return replace(
        data,
        past=replace(data.past, values=np.vstack([data.past.values, known])),
        current=replace(data.current, values=np.vstack([data.current.values, guessed])),
        features=(*data.features, feature),
    )


def test_an_honest_model_raises_no_warning(tmp_path: Path) -> None:
    report = train_tiny(tmp_path)
    assert report.evaluation.self_check.warnings == ()
    assert "WARNING" not in training_summary(report)


def test_the_outcome_among_the_features_is_found_out(tmp_path: Path) -> None:
    report = train(leaky(tiny_data(), 0.1), tmp_path, seed=0, plan=QUICK, progress=quiet)
    check = report.evaluation.self_check
    assert "suspect a leak" in check.warnings[0]
    assert any(not figure.fits for figure in check.figures)
    printed = training_summary(report)
    assert "WARNING: AUC" in printed and "DOES NOT FIT" in printed
    assert "WARNING: AUC" in evaluation_tables(read_evaluation(report.artifact.root / "model"))


def test_the_stored_evaluation_describes_the_stored_portfolio(tmp_path: Path) -> None:
    report = train_tiny(tmp_path)
    past = load_services(tmp_path).portfolio.past
    stored = read_evaluation(report.artifact.root / "model")
    assert stored.files == len(past.client_ids)
    for fold in stored.folds:
        members = past.models == fold.fold
        alone = evaluate(past.probabilities[members], past.outcomes[members], 0.5, seed=0, replicates=1)
        assert fold.auc == pytest.approx(alone["auc"].value, abs=1e-6)
    assert stored.stability is not None and stored.stability.compared == 60
    assert stored.conformal is not None
    assert stored.conformal.covered_defaulted.low <= 0.9 <= stored.conformal.covered_defaulted.high


def test_the_same_data_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    sex = np.where(np.arange(900) % 3 == 0, "F", "M").astype(np.str_)
    data = replace(tiny_data(), groups=FileGroups({}, {"sex": sex}))
    reports = [train(data, tmp_path / name, seed=4, plan=QUICK, progress=quiet) for name in "ab"]
    first, second = ((report.artifact.root / "model" / FILE_NAME).read_bytes() for report in reports)
    assert first == second
    assert b'"sex"' in first


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_tables(tmp_path_factory.mktemp("data") / "tables", clients=150)


@pytest.fixture(scope="module")
def report(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainingReport:
    with open_tables(tables, labelled=True) as raw:
        data = load_training_data(raw)
    # Leaves of five files: values without a meaning must still get scores that differ.
    plan = replace(QUICK, most_rounds=15, parameters={**QUICK.parameters, "min_child_samples": 5, "cat_smooth": 1.0})
    return train(data, tmp_path_factory.mktemp("model"), seed=0, plan=plan, progress=quiet)


@pytest.fixture(scope="module")
def services(report: TrainingReport) -> LoadedServices:
    return load_services(report.artifact.root.parents[1])


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 37 current clients, whose outcome is known by now, and the first 20 past ones."""
    directory = tmp_path_factory.mktemp("later")
    rows = tiny_rows(clients=150)
    train_rows, test_rows = rows[TableName.APPLICATION_TRAIN], rows[TableName.APPLICATION_TEST]
    known_by_now = [{**row, "TARGET": str(int(i % 4 == 0))} for i, row in enumerate(test_rows)]
    labelled = {**rows, TableName.APPLICATION_TRAIN: [*known_by_now, *train_rows[:20]]}
    del labelled[TableName.APPLICATION_TEST]
    for name, content in labelled.items():
        write_rows(directory / f"{name}.csv", TABLES[name].column_names, content)
    return directory


@pytest.fixture(scope="module")
def checked(services: LoadedServices, later: Path) -> DirectoryEvaluation:
    return evaluate_directory(services, later, seed=1, progress=quiet)


def test_new_files_are_told_from_known_ones(checked: DirectoryEvaluation) -> None:
    assert (checked.unseen_files, checked.known_files) == (37, 20)
    assert checked.unseen is not None and checked.known is not None
    assert (checked.unseen.files, checked.known.files) == (37, 20)
    assert checked.unseen.metrics["default_rate"].value == pytest.approx(10 / 37)
    assert checked.known.metrics["default_rate"].value == pytest.approx(4 / 20)


def test_the_figures_are_those_of_the_scores_of_the_batch(
    services: LoadedServices, later: Path, checked: DirectoryEvaluation, tmp_path: Path
) -> None:
    out = tmp_path / "scores.csv"
    score(services, later, out, progress=quiet)
    with out.open() as stream:
        scores = {int(row["SK_ID_CURR"]): float(row["probability_of_default"]) for row in csv.DictReader(stream)}
    with (later / "application_train.csv").open() as stream:
        outcomes = {int(row["SK_ID_CURR"]): int(row["TARGET"]) for row in csv.DictReader(stream)}
    known = set(services.portfolio.past.client_ids.tolist())
    threshold = services.model.threshold
    assert len(set(scores.values())) > 30
    for evaluation, members in (
        (checked.unseen, sorted(set(scores) - known)),
        (checked.known, sorted(set(scores) & known)),
    ):
        assert evaluation is not None
        probabilities = np.array([scores[client] for client in members])
        defaulted = np.array([outcomes[client] for client in members], dtype=np.int8)
        assert evaluation.metrics == evaluate(probabilities, defaulted, threshold, seed=1)


def test_new_files_are_measured_against_those_of_the_training(checked: DirectoryEvaluation) -> None:
    assert checked.unseen is not None and checked.known is not None
    assert checked.unseen.stability is not None and checked.unseen.spread is not None
    assert (checked.unseen.stability.reference, checked.unseen.stability.compared) == (150, 37)
    assert checked.known.spread is None  # one model alone may score them
    assert [table.attribute for table in checked.unseen.fairness] == ["sex", "age", "family_situation", "region_rating"]


def test_groups_of_the_audit_are_aggregated_only(report: TrainingReport) -> None:
    tables = {table.attribute: table for table in report.evaluation.fairness}
    assert set(tables) == {"sex", "age", "family_situation", "region_rating"}
    for table in tables.values():
        assert all(group.files >= 30 for group in table.groups)
        assert sum(group.files for group in table.groups) + table.withheld_files == 150
    arrays = list(report.artifact.root.rglob("*.npy"))
    named = {name for path in arrays for name in np.load(path).dtype.names or ()}
    assert "AMT_CREDIT" in named
    assert not named & {"CODE_GENDER", "DAYS_BIRTH", "NAME_FAMILY_STATUS", "REGION_RATING_CLIENT"}


def test_one_outcome_only_gives_no_figures_but_a_sentence(
    services: LoadedServices, later: Path, tmp_path: Path
) -> None:
    """All new files repaid: nothing can be measured on them, while the known ones still can."""
    for path in later.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (later / "application_train.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    known = {str(number) for number in services.portfolio.past.client_ids}
    repaid = [row if row["SK_ID_CURR"] in known else {**row, "TARGET": "0"} for row in rows]
    write_rows(tmp_path / "application_train.csv", list(rows[0]), repaid)
    found = evaluate_directory(services, tmp_path, progress=quiet)
    assert found.unseen is None and found.known is not None
    assert "hold one outcome only" in directory_tables(found)


def test_every_line_fits_the_terminal(report: TrainingReport, checked: DirectoryEvaluation) -> None:
    for text in (training_summary(report), evaluation_tables(report.evaluation), directory_tables(checked)):
        assert max(len(line) for line in text.splitlines()) <= 100
