"""Groups of the past files, from a few raw rows whose groups can be read off."""

import ibis
import numpy as np
from support.tiny_model import FEATURES

from scoring_dash.pipeline.file_groups import history_segments, read_file_groups

YEAR = 365.25


def test_groups_are_read_in_the_order_of_the_client_numbers() -> None:
    applications = ibis.memtable(
        {
            "SK_ID_CURR": [3, 1, 2, 4],
            "NAME_CONTRACT_TYPE": ["Cash loans", "Revolving loans", "Cash loans", "Cash loans"],
            "EXT_SOURCE_1": [0.5, None, None, 0.1],
            "EXT_SOURCE_2": [0.5, 0.2, None, 0.1],
            "EXT_SOURCE_3": [0.5, None, None, None],
            "CODE_GENDER": ["F", "M", "XNA", None],
            "DAYS_BIRTH": [-int(30.1 * YEAR), -int(29.9 * YEAR), -int(60.1 * YEAR), -int(59.9 * YEAR)],
            "NAME_FAMILY_STATUS": ["Married", "Widow", None, "Married"],
            "REGION_RATING_CLIENT": [2, 1, 3, 2],
        },
        schema={
            "SK_ID_CURR": "int64",
            "NAME_CONTRACT_TYPE": "string",
            "EXT_SOURCE_1": "float64",
            "EXT_SOURCE_2": "float64",
            "EXT_SOURCE_3": "float64",
            "CODE_GENDER": "string",
            "DAYS_BIRTH": "int64",
            "NAME_FAMILY_STATUS": "string",
            "REGION_RATING_CLIENT": "int64",
        },
    )
    found = read_file_groups(applications)
    assert found.segments["contract_type"].tolist() == ["Revolving loans", "Cash loans", "Cash loans", "Cash loans"]
    assert found.segments["known_external_scores"].tolist() == ["1", "0", "3", "2"]
    assert found.audit["sex"].tolist() == ["M", "unknown", "F", "unknown"]
    assert found.audit["age"].tolist() == ["29 and under", "60 and over", "30 to 39", "50 to 59"]
    assert found.audit["family_situation"].tolist() == ["Widow", "unknown", "Married", "Married"]
    assert found.audit["region_rating"].tolist() == ["1", "3", "2", "2"]


def test_a_history_without_rows_has_counts_of_zero() -> None:
    values = np.zeros((6, 2), dtype=np.float32)
    values[5] = (0, 2)  # bureau_count
    assert {name: line.tolist() for name, line in history_segments(values, FEATURES).items()} == {
        "bureau": ["without rows", "with rows"]
    }
