"""Row scores from raw tables to an artifact and back, on a simulated portfolio."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from support.past_rows import QUICK
from support.tiny_tables import write_tiny_tables

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.cli import main
from scoring_dash.core.errors import ArtifactError, ConfigurationError
from scoring_dash.core.words import ColumnUse, Theme
from scoring_dash.data.features.past_rows.scores import ROW_SCORE_NAMES
from scoring_dash.data.simulate import simulate
from scoring_dash.model.train import TrainingPlan
from scoring_dash.pipeline.row_scores import read_row_models
from scoring_dash.pipeline.row_training import add_row_scores
from scoring_dash.pipeline.score import application_features
from scoring_dash.pipeline.train import train
from scoring_dash.pipeline.training_data import TrainingData, load_training_data, open_tables


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("simulated") / "tables"
    simulate(1500, directory, 7, progress=lambda _: None)
    return directory


@pytest.fixture(scope="module")
def services(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadedServices:
    artifacts = tmp_path_factory.mktemp("model") / "artifacts"
    plan = TrainingPlan(most_rounds=60, patience=20, prune=False)
    train(loaded(tables), artifacts, seed=2, plan=plan, progress=lambda _: None)
    return load_services(artifacts)


@pytest.fixture(scope="module")
def tiny_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_tables(tmp_path_factory.mktemp("tiny") / "tables", clients=60)


@pytest.fixture(scope="module")
def typed(tiny_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Artifacts of the command as its users type it."""
    artifacts = tmp_path_factory.mktemp("typed") / "artifacts"
    command = ["train", "--row-scores", "--no-tracking", "--data", str(tiny_tables), "--artifacts", str(artifacts)]
    assert main(command) == 0
    return artifacts


def loaded(directory: Path) -> TrainingData:
    with open_tables(directory, labelled=True) as raw:
        return add_row_scores(load_training_data(raw), raw.tables, seed=2, row_plan=QUICK)


def directory_without(tables: Path, target: Path, *names: str) -> Path:
    shutil.copytree(tables, target)
    for name in names:
        (target / f"{name}.csv").unlink()
    return target


def features_in_a_batch(services: LoadedServices, directory: Path) -> tuple[np.ndarray, np.ndarray]:
    with open_tables(directory, labelled=False) as raw:
        matrix = application_features(services, directory, raw.tables)
    return matrix.client_ids, matrix.values


def test_the_option_gives_a_model_that_reads_learned_scores(typed: Path) -> None:
    learned = {item.name for item in load_services(typed).model.features if item.theme is Theme.LEARNED_SCORES}
    assert learned
    assert learned <= ROW_SCORE_NAMES


def test_the_scores_of_every_source_are_lawful(services: LoadedServices) -> None:
    learned = [item for item in services.model.features if item.theme is Theme.LEARNED_SCORES]
    assert {item.name for item in learned} == ROW_SCORE_NAMES
    assert {item.use for item in learned} == {ColumnUse.ALLOWED}


def test_a_batch_of_current_clients_finds_the_stored_bits(services: LoadedServices, tables: Path) -> None:
    client_ids, values = features_in_a_batch(services, tables)
    current = services.portfolio.current
    np.testing.assert_array_equal(client_ids, current.client_ids)
    assert values.tobytes() == np.asarray(current.features).tobytes()


def test_a_batch_of_a_few_past_clients_finds_the_stored_bits_and_scores(
    services: LoadedServices, tables: Path, tmp_path: Path
) -> None:
    directory = directory_without(tables, tmp_path / "past", "application_test")
    lines = (directory / "application_train.csv").read_text().splitlines()
    (directory / "application_train.csv").write_text("\n".join([lines[0], *lines[5:300:3]]) + "\n")
    client_ids, values = features_in_a_batch(services, directory)
    past = services.portfolio.past
    places = np.searchsorted(past.client_ids, client_ids)
    assert values.tobytes() == np.asarray(past.features)[:, places].tobytes()
    out, artifacts = tmp_path / "scores.csv", services.artifact.root.parents[1]
    assert main(["score", "--artifacts", str(artifacts), "--data", str(directory), "--out", str(out)]) == 0
    with out.open() as stream:
        found = {int(row["SK_ID_CURR"]): float(row["probability_of_default"]) for row in csv.DictReader(stream)}
    assert found == dict(zip(client_ids.tolist(), past.probabilities[places].tolist(), strict=True))


def test_scores_are_probabilities_and_missing_where_there_are_no_rows(services: LoadedServices) -> None:
    names = services.package.description.index
    for book in (services.portfolio.past, services.portfolio.current):
        means = np.asarray(book.features[names["previous_row_score_mean"]])
        none = np.asarray(book.features[names["previous_count"]]) == 0
        np.testing.assert_array_equal(np.isnan(means), none)
        assert none.any() and ((means[~none] > 0) & (means[~none] < 1)).all()
        assert (np.asarray(book.features[names["previous_row_score_weighted"]])[none] == 0).all()


def test_the_screen_shows_learned_scores_without_recomputing_them(services: LoadedServices) -> None:
    client = int(services.portfolio.current.client_ids[0])
    facts, explanation = services.facts(client), services.explain(client)
    assert set(facts.features) >= ROW_SCORE_NAMES
    assert Theme.LEARNED_SCORES in explanation.by_theme()
    assert services.assess(client).client_id == client


def test_a_batch_needs_every_table_that_the_rows_read(
    typed: Path, tiny_tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory, out = directory_without(tiny_tables, tmp_path / "less", "installments_payments"), tmp_path / "x.csv"
    assert main(["score", "--artifacts", str(typed), "--data", str(directory), "--out", str(out)]) == 65
    assert "installments_payments: is missing, and the model uses it" in capsys.readouterr().err


def test_row_models_are_part_of_the_hashed_artifact(typed: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(typed, tmp_path / "artifacts"))
    (damaged,) = copy.glob("versions/*/model/row_scores/bureau_00.txt")
    damaged.write_text(damaged.read_text() + " ")
    with pytest.raises(ArtifactError, match=r"bureau_00\.txt"):
        load_services(copy)


def test_the_seed_and_the_tables_fix_every_bit_and_absent_tables_are_left_out(
    tiny_tables: Path, tmp_path: Path
) -> None:
    directory = directory_without(tiny_tables, tmp_path / "less", "installments_payments", "credit_card_balance")
    first, again = loaded(directory), loaded(directory)
    assert first.past.values.tobytes() == again.past.values.tobytes()
    names = {item.name for item in first.features if item.theme is Theme.LEARNED_SCORES}
    assert names == {name for name in ROW_SCORE_NAMES if not name.startswith("instalment_")}
    assert first.fold_of is not None and len(first.fold_of) == len(first.past.client_ids)


def test_without_any_history_there_is_nothing_to_learn(tiny_tables: Path, tmp_path: Path) -> None:
    directory = tmp_path / "bare"
    directory.mkdir()
    for name in ("application_train", "application_test"):
        shutil.copy(tiny_tables / f"{name}.csv", directory)
    with pytest.raises(ConfigurationError, match="--row-scores: no rows to learn from"):
        loaded(directory)


def test_an_artifact_without_row_models_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="train --row-scores"):
        read_row_models(tmp_path)
