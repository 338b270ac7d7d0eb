"""Fit the parameters of the simulated portfolio: ``python -m benchmarks.fit_simulation_parameters --real DIR``.

DIR holds the folders ``applications``, ``histories`` and ``instalments`` of the real sample. Only
rounded aggregates are written: quantiles, shares, regression coefficients, correlations.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.simulation_fit import applications, histories, outcome, rows
from benchmarks.simulation_fit.scores import COARSE, PROBABILITIES
from scoring_dash.data.simulate.outcome import OutcomeModel

TARGET_FILE = Path(__file__).parents[1] / "scoring_dash" / "data" / "simulate" / "parameters.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, required=True, help="folder of the real sample")
    parser.add_argument("--out", type=Path, default=TARGET_FILE)
    parser.add_argument("--fold", type=int, default=None, help="fit on the other half of the applications: 0 or 1")
    arguments = parser.parse_args()
    text = json.dumps(fit(arguments.real, arguments.fold), separators=(",", ":")).replace('],"', '],\n"')
    arguments.out.write_text(text + "\n", encoding="utf-8")
    print(f"{arguments.out}: {len(text) / 1000:.0f} kB")


def fit(real: Path, fold: int | None = None) -> dict[str, Any]:
    """All parameters.

    Parameters
    ----------
    fold : int, optional
        0 or 1: leave out the labelled applications whose number gives this remainder by 2, to judge the
        simulation on applications that it knows nothing of.
    """
    train = pd.read_csv(real / "applications" / "application_train.csv")
    test = pd.read_csv(real / "applications" / "application_test.csv")
    if fold is not None:
        train = train[train.SK_ID_CURR % 2 != fold].reset_index(drop=True)
    section, copula, (regressors, names) = applications.fit(applications.prepare(train), applications.prepare(test))
    outcome_section = outcome.fit(train)
    both = pd.concat([train, test], ignore_index=True)
    margin = OutcomeModel.from_parameters(outcome_section).margin(outcome.columns_of(both))
    tables = _histories(real / "histories")
    chosen = both.SK_ID_CURR.isin(_clients(real / "histories").SK_ID_CURR).to_numpy()
    clients = both[chosen].reset_index(drop=True)
    return {
        "probabilities": {"fine": PROBABILITIES.tolist(), "coarse": COARSE.tolist()},
        "applications": section,
        "outcome": outcome_section,
        "traits": histories.fit(
            clients, tables, replace(copula, innovations=copula.innovations[chosen]), (regressors[chosen], names),
            margin[chosen],
        ),
        "histories": _row_parameters(real, tables),
    }


def _histories(folder: Path) -> histories.Histories:
    return histories.Histories(
        bureau=pd.read_csv(folder / "bureau.csv"),
        previous=pd.read_csv(folder / "previous_application.csv"),
        pos=pd.read_csv(folder / "POS_CASH_balance.csv"),
        cards=pd.read_csv(folder / "credit_card_balance.csv"),
    )


def _clients(folder: Path) -> pd.DataFrame:
    parts = [
        pd.read_csv(folder / f"application_{book}.csv", usecols=["SK_ID_CURR"]).assign(test=book == "test")
        for book in ("train", "test")
    ]
    return pd.concat(parts, ignore_index=True)


def _row_parameters(real: Path, tables: histories.Histories) -> dict[str, Any]:
    clients = _clients(real / "histories")
    balance = pd.read_csv(real / "histories" / "bureau_balance.csv")
    late = real / "instalments"
    labelled = pd.read_csv(late / "application_train.csv", usecols=["SK_ID_CURR", "TARGET"])
    return {
        "past_edges": list(rows.PAST_EDGES),
        "span_edges": list(rows.SPAN_EDGES),
        "bureau": rows.fit_bureau(tables.bureau, clients),
        "bureau_balance": rows.fit_bureau_balance(balance, tables.bureau, clients),
        "previous": rows.fit_previous(tables.previous),
        "instalments": rows.fit_instalments(
            pd.read_csv(late / "installments_payments.csv"),
            pd.read_csv(late / "previous_application.csv"),
            labelled.SK_ID_CURR[labelled.TARGET == 0],
        ),
        "cards": rows.fit_cards(tables.cards),
    }


if __name__ == "__main__":
    np.seterr(invalid="ignore", divide="ignore")
    main()
