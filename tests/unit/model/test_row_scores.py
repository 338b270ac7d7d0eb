from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.past_rows import QUICK, TABLE, invented, take

from scoring_dash.core.errors import ArtifactError
from scoring_dash.data.features.past_rows.source import PastRows
from scoring_dash.model.row_scores import (
    SCORE_PARTS,
    UNSEEN,
    LabelledClients,
    RowModel,
    RowModels,
    fit_row_models,
)

ROWS, CLIENTS = invented()


def fit(rows: PastRows = ROWS, clients: LabelledClients = CLIENTS) -> RowModel:
    return fit_row_models({TABLE: rows}, clients, seed=3, plan=QUICK).by_table[TABLE]


MODEL = fit()
FOLD_OF_ROW = CLIENTS.fold_of_rows(ROWS.client_ids)


def texts(model: RowModel) -> list[str]:
    return [booster.model_to_string() for booster in model.boosters]


def with_other_outcomes(fold: int) -> LabelledClients:
    """The same clients, with the outcomes of one fold turned over."""
    members = CLIENTS.fold_of == fold
    return replace(CLIENTS, outcomes=np.where(members, 1 - CLIENTS.outcomes, CLIENTS.outcomes).astype(np.int8))


@pytest.mark.parametrize("fold", [0, 1, 2])
def test_the_outcomes_of_a_fold_do_not_reach_the_scores_of_its_clients(fold: int) -> None:
    again = fit(clients=with_other_outcomes(fold))
    members = take(ROWS, fold == FOLD_OF_ROW)
    own, other = (np.full(len(members.client_ids), model, np.int8) for model in (fold, (fold + 1) % 3))
    np.testing.assert_array_equal(again.scores(members, own), MODEL.scores(members, own))
    # In-sample scores do follow the outcomes: the check above would find a leak.
    assert (again.scores(members, other) != MODEL.scores(members, other)).any()


@pytest.mark.parametrize("fold", [0, 1, 2])
def test_a_row_model_never_reads_a_row_of_its_own_fold(fold: int) -> None:
    without = fit(take(ROWS, fold != FOLD_OF_ROW))
    assert texts(without)[fold] == texts(MODEL)[fold]
    assert texts(without)[(fold + 1) % 3] != texts(MODEL)[(fold + 1) % 3]


def test_rows_of_clients_without_outcome_teach_nothing() -> None:
    strangers = replace(ROWS, client_ids=ROWS.client_ids + 1)
    both = PastRows(
        np.concatenate([ROWS.client_ids, strangers.client_ids]),
        np.concatenate([ROWS.days_ago, strangers.days_ago]),
        np.concatenate([ROWS.values, 100 + strangers.values]),
        ROWS.inputs,
        ROWS.categories,
    )
    assert texts(fit(both)) == texts(MODEL)
    assert fit(both).rows == len(ROWS.client_ids)


def test_an_unseen_client_gets_the_mean_margin_of_all_models() -> None:
    unseen = np.full(len(ROWS.client_ids), UNSEEN, np.int8)
    margins = [booster.predict(ROWS.values, raw_score=True) for booster in MODEL.boosters]
    expected = SCORE_PARTS / (1 + np.exp(-np.mean(margins, axis=0)))
    np.testing.assert_allclose(MODEL.scores(ROWS, unseen), expected, atol=1)


def test_a_past_client_gets_the_probability_of_his_own_fold() -> None:
    scores = MODEL.scores(ROWS, FOLD_OF_ROW)
    for row in range(0, len(scores), 17):
        booster = MODEL.boosters[FOLD_OF_ROW[row]]
        assert scores[row] == pytest.approx(SCORE_PARTS * booster.predict(ROWS.values[[row]])[0], abs=1)


def test_a_score_does_not_depend_on_the_other_rows_nor_on_their_order() -> None:
    everybody = np.where(np.arange(len(FOLD_OF_ROW)) % 4 == 0, UNSEEN, FOLD_OF_ROW).astype(np.int8)
    scores = MODEL.scores(ROWS, everybody)
    order = np.random.default_rng(5).permutation(len(scores))
    np.testing.assert_array_equal(MODEL.scores(take(ROWS, order), everybody[order]), scores[order])
    for row in range(0, len(scores), 13):
        np.testing.assert_array_equal(MODEL.scores(take(ROWS, [row]), everybody[[row]]), scores[[row]])


def test_the_scores_rank_the_rows_and_the_figure_says_how_well() -> None:
    scores, outcomes = MODEL.scores(ROWS, FOLD_OF_ROW), CLIENTS.outcome_of_rows(ROWS.client_ids)
    pairs = [(bad, good) for bad in scores[outcomes == 1] for good in scores[outcomes == 0]]
    right = sum(1.0 if bad > good else 0.5 if bad == good else 0.0 for bad, good in pairs)
    assert pytest.approx(right / len(pairs)) == MODEL.auc
    assert MODEL.auc > 0.6


def test_folds_and_outcomes_of_rows_are_those_of_their_clients() -> None:
    clients = LabelledClients(np.array([3, 7]), np.array([1, 0], np.int8), np.array([0, 1], np.int8))
    ids = np.array([1, 3, 3, 5, 7, 9])
    assert clients.fold_of_rows(ids).tolist() == [UNSEEN, 0, 0, UNSEEN, 1, UNSEEN]
    assert clients.outcome_of_rows(ids).tolist() == [-1, 1, 1, -1, 0, -1]


def test_a_source_with_rows_of_one_outcome_only_is_left_out_and_said_so() -> None:
    repaid = CLIENTS.outcome_of_rows(ROWS.client_ids) == 0
    said: list[str] = []
    models = fit_row_models({TABLE: take(ROWS, repaid)}, CLIENTS, seed=0, plan=QUICK, progress=said.append)
    assert models.by_table == {}
    assert said == ["row scores of bureau: left out, too few rows of past clients"]
    assert fit_row_models({TABLE: take(ROWS, [])}, CLIENTS, seed=0, plan=QUICK).by_table == {}


def test_models_read_back_score_the_same_bits(tmp_path: Path) -> None:
    models = RowModels({TABLE: MODEL}, QUICK)
    models.write(tmp_path / "rows")
    assert sorted(path.suffix for path in (tmp_path / "rows").iterdir()) == [".json", ".txt", ".txt", ".txt"]
    found = RowModels.read(tmp_path / "rows")
    assert found.plan == QUICK
    back = found.by_table[TABLE]
    assert (back.inputs, back.categories, back.rows) == (MODEL.inputs, MODEL.categories, MODEL.rows)
    for model_of_row in (FOLD_OF_ROW, np.full_like(FOLD_OF_ROW, UNSEEN)):
        np.testing.assert_array_equal(back.scores(ROWS, model_of_row), MODEL.scores(ROWS, model_of_row))


def damage_missing(directory: Path) -> None:
    (directory / "bureau_01.txt").unlink()


def damage_format(directory: Path) -> None:
    path = directory / "row_models.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 9}))


def damage_entry(directory: Path) -> None:
    (directory / "row_models.json").write_text('{"format": 1, "plan": {}, "tables": {"bureau": {}}}')


@pytest.mark.parametrize(
    ("damage", "said"), [(damage_missing, "bureau_01.txt"), (damage_format, "format is 9"), (damage_entry, "boosters")]
)
def test_damaged_models_are_refused(tmp_path: Path, damage: object, said: str) -> None:
    RowModels({TABLE: MODEL}, QUICK).write(tmp_path / "rows")
    damage(tmp_path / "rows")  # type: ignore[operator]
    with pytest.raises(ArtifactError, match=said):
        RowModels.read(tmp_path / "rows")
