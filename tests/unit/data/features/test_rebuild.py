from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support.feature_tables import TYPICAL_INCOMES, features_by_client, raw_rows, tiny_raw

from scoring_dash.core.words import TableName
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.features.rebuild import ROW_FORMULAS, formulas_reading, needed_raw_columns, rebuild
from scoring_dash.data.schema import TABLES, ColumnKind

NAMES = [definition.name for definition in ALL_DEFINITIONS]
APPLICATION = TableName.APPLICATION_TRAIN


def cleaned_column(name: str, values: list[Any]) -> NDArray[Any]:
    """A raw application column as a server holds it: NaN or None where missing or a code for unknown."""
    column = TABLES[APPLICATION].column(name)
    kept = [None if value in column.sentinels else value for value in values]
    if column.kind is ColumnKind.TEXT:
        return np.array(kept, dtype=object)
    return np.array([np.nan if value is None else value for value in kept], dtype=np.float64)


def test_rebuilding_unchanged_clients_gives_their_stored_values_to_the_last_bit() -> None:
    rows = tiny_raw(clients=80, seed=11)
    rows[TableName.APPLICATION_TEST] = []
    stored = features_by_client(rows)
    clients = [row["SK_ID_CURR"] for row in rows[APPLICATION]]
    applications = raw_rows(APPLICATION, rows[APPLICATION]).to_pydict()
    raw = {name: cleaned_column(name, applications[name]) for name in needed_raw_columns(ROW_FORMULAS)}
    inputs = {name for formula in ROW_FORMULAS for name in formula.inputs}
    features = {
        name: np.array([np.nan if (value := stored[client][name]) is None else value for client in clients], np.float32)
        for name in inputs
    }
    rebuilt = rebuild(ROW_FORMULAS, raw, features, TYPICAL_INCOMES)
    for name, values in rebuilt.items():
        expected = [stored[client][name] for client in clients]
        if values.dtype == object:
            assert values.tolist() == expected, name
            continue
        wanted = np.array([np.nan if value is None else value for value in expected], np.float32) + np.float32(0)
        assert np.array_equal(values.view(np.int32)[~np.isnan(values)], wanted.view(np.int32)[~np.isnan(wanted)]), name
        assert np.array_equal(np.isnan(values), np.isnan(wanted)), name


def test_a_scenario_runs_only_the_formulas_that_read_what_changes() -> None:
    formulas = formulas_reading({"AMT_ANNUITY"}, NAMES)
    names = {formula.name for formula in formulas}
    assert {"instalment_amount", "credit_to_instalment_ratio", "all_instalments_to_income_ratio"} <= names
    assert not {"credit_amount", "external_score_mean", "our_debt"} & names
    assert formulas_reading({"AMT_ANNUITY"}, ["instalment_amount"])[0].name == "instalment_amount"


def test_many_scenarios_of_one_client_at_once() -> None:
    formulas = formulas_reading({"AMT_CREDIT"}, ["credit_amount", "credit_to_income_ratio", "our_debt_and_credit"])
    amounts = np.array([1_000.0, 2_000.0, 4_000.0])
    raw = {"AMT_CREDIT": amounts, "AMT_INCOME_TOTAL": np.full(3, 8_000.0)}
    stored = {"pos_open_debt": np.full(3, 100, np.float32), "card_balance_latest": np.full(3, 50, np.float32)}
    found = rebuild(formulas, raw, stored, {})
    assert found["credit_amount"].tolist() == [1_000, 2_000, 4_000]
    assert found["credit_to_income_ratio"].tolist() == [0.125, 0.25, 0.5]
    assert found["our_debt_and_credit"].tolist() == [1_150, 2_150, 4_150]
    assert found["credit_amount"].dtype == np.float32


def test_a_forgotten_input_is_an_error_and_no_missing_value() -> None:
    (formula,) = formulas_reading({"AMT_CREDIT"}, ["credit_to_income_ratio"])
    with pytest.raises(AttributeError, match="AMT_INCOME_TOTAL"):
        rebuild([formula], {"AMT_CREDIT": np.ones(1)}, {}, {})
