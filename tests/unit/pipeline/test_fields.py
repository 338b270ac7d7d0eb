"""What the portfolio stores to group files by: the band of the age, and what the model leaves out."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Book, ColumnUse, TableName, Theme, Unit
from scoring_dash.data.age_bands import AGE_BANDS
from scoring_dash.data.features import application
from scoring_dash.pipeline.fields import AGE_BAND, Described, build_fields, left_out, read_age_bands

YEAR = 365.25


def test_ages_are_kept_as_bands_alone() -> None:
    births = [-29.9 * YEAR, -30 * YEAR, -49.9 * YEAR, -75 * YEAR, None]
    table = ibis.memtable(pa.table({"SK_ID_CURR": [5, 4, 3, 2, 1], "DAYS_BIRTH": births}))
    found = read_age_bands({Book.PAST: table})
    assert AGE_BAND.use is ColumnUse.FORBIDDEN
    assert AGE_BAND.levels == AGE_BANDS
    np.testing.assert_array_equal(found.values[Book.PAST], np.array([[np.nan, 4, 2, 1, 0]], dtype=np.float32))
    assert found.values[Book.CURRENT].shape == (1, 0)


def test_only_facts_of_the_application_are_kept_beside_the_model() -> None:
    kept_out = application.DEFINITIONS[0].feature
    history = Feature(
        "history", TableName.BUREAU, ("AMT_CREDIT_SUM",), "all", Unit.CURRENCY, Theme.CREDIT_HISTORY, "Passé", "Past"
    )
    in_model = application.DEFINITIONS[1].feature
    assert left_out((kept_out, in_model, history), np.array([False, True, False])).tolist() == [True, False, False]


def test_bars_follow_the_model_then_the_fields() -> None:
    amount = application.DEFINITIONS[0].feature
    age = {Book.PAST: np.array([[0, 4, np.nan]], dtype=np.float32), Book.CURRENT: np.array([[1]], dtype=np.float32)}
    past = np.array([[0.1, 0.9, np.nan]], dtype=np.float32)
    described = Described().with_features((AGE_BAND,), {}, age)
    fields = build_fields((amount,), {}, {amount.name: (0.5,)}, past, described, {Book.PAST: 3, Book.CURRENT: 1})
    assert fields.bars.tolist() == [[0, 1, 2], [0, 4, 5]]
    assert fields.bin_edges == {"age_band": (0.5, 1.5, 2.5, 3.5)}
    fields.check_shape(1, {Book.PAST: 3, Book.CURRENT: 1})


def test_without_fields_only_the_model_has_bars() -> None:
    amount = application.DEFINITIONS[0].feature
    past = np.array([[0.1, 0.9]], dtype=np.float32)
    fields = build_fields((amount,), {}, {amount.name: (0.5,)}, past, Described(), {Book.PAST: 2, Book.CURRENT: 0})
    assert fields.bars.tolist() == [[0, 1]]
    fields.check_shape(1, {Book.PAST: 2, Book.CURRENT: 0})
