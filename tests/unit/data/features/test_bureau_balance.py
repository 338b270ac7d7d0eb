from __future__ import annotations

import pytest
from support.feature_tables import CLIENT, OTHER, features_by_client, features_of

from scoring_dash.core.words import TableName

BUREAU, MONTHS = TableName.BUREAU, TableName.BUREAU_BALANCE


def states(credit: int, text: str) -> list[dict[str, object]]:
    """Months of a credit, the latest (0) first."""
    return [{"SK_ID_BUREAU": credit, "MONTHS_BALANCE": -ago, "STATUS": state} for ago, state in enumerate(text)]


def credit(number: int, client: int = CLIENT) -> dict[str, object]:
    return {"SK_ID_BUREAU": number, "SK_ID_CURR": client, "DAYS_CREDIT": -100}


def test_shares_count_known_months_of_all_credits_of_the_client() -> None:
    got = features_of({BUREAU: [credit(1), credit(2)], MONTHS: states(1, "CC001X") + states(2, "00050")})
    assert got["bureau_late_month_share"] == pytest.approx(2 / 10)
    assert got["bureau_closed_month_share"] == pytest.approx(2 / 10)
    assert got["bureau_months_since_late"] == 3


def test_a_year_is_the_twelve_months_before_the_application_and_its_own() -> None:
    got = features_of({BUREAU: [credit(1)], MONTHS: states(1, "0" * 13 + "1" * 7)})
    assert got["bureau_late_month_share_12m"] == 0
    assert got["bureau_late_month_share"] == pytest.approx(7 / 20)


def test_months_go_to_the_owner_of_the_credit() -> None:
    found = features_by_client({BUREAU: [credit(1), credit(2, OTHER)], MONTHS: states(1, "01") + states(2, "00")})
    assert found[CLIENT]["bureau_months_since_late"] == 1
    assert found[OTHER]["bureau_months_since_late"] is None
    assert found[OTHER]["bureau_late_month_share"] == 0


def test_a_credit_with_unknown_states_only_gives_no_share() -> None:
    assert features_of({BUREAU: [credit(1)], MONTHS: states(1, "XX")})["bureau_late_month_share"] is None


def test_a_month_after_the_application_is_ignored() -> None:
    future = {"SK_ID_BUREAU": 1, "MONTHS_BALANCE": 1, "STATUS": "5"}
    assert features_of({BUREAU: [credit(1)], MONTHS: [*states(1, "00"), future]})["bureau_late_month_share"] == 0
