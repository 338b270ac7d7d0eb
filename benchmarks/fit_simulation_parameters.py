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
from scipy.optimize import brentq

from benchmarks.simulation_fit import applications, histories, outcome, rows
from benchmarks.simulation_fit.scores import COARSE, PROBABILITIES
from scoring_dash.data.simulate.applications import Applications, draw_applications
from scoring_dash.data.simulate.draws import normal_knots
from scoring_dash.data.simulate.outcome import OutcomeModel
from scoring_dash.data.simulate.portfolio import raw_log_odds
from scoring_dash.data.simulate.traits import Traits, draw_traits

DEFAULT_RATE = 0.0807
"""Of the 307,511 labelled applications; the sample at hand has 7.8 %."""
SLOPE = 1.25
"""The penalised model tells good from bad less sharply than the truth: with this factor a LightGBM on the simulated
application columns reaches the AUC that it has on real ones (0.75)."""
CALIBRATION_CLIENTS = 100_000
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
        kept = (train.SK_ID_CURR % 2).to_numpy() != fold
        train = train.loc[kept].reset_index(drop=True)
    section, copula, (regressors, names) = applications.fit(applications.prepare(train), applications.prepare(test))
    outcome_section = outcome.fit(train)
    both = pd.concat([train, test], ignore_index=True)
    margin = OutcomeModel.from_parameters(outcome_section).margin(outcome.columns_of(both))
    tables = _histories(real / "histories")
    chosen = both.SK_ID_CURR.isin(_clients(real / "histories").SK_ID_CURR).to_numpy()
    clients = both[chosen].reset_index(drop=True)
    parameters = {
        "probabilities": {"fine": PROBABILITIES.tolist(), "coarse": COARSE.tolist()},
        "applications": section,
        "outcome": outcome_section,
        "traits": histories.fit(
            clients,
            tables,
            replace(copula, innovations=copula.innovations[chosen]),
            (regressors[chosen], names),
            margin[chosen],
        ),
        "histories": _row_parameters(real, tables),
    }
    _calibrate(parameters)
    return parameters


def _calibrate(parameters: dict[str, Any]) -> None:
    """Set what only a simulation tells: the mean of each trait in each book, and the intercept of the outcome."""
    fine, coarse = normal_knots(PROBABILITIES.tolist()), normal_knots(COARSE.tolist())
    section = parameters["traits"]
    section["centre"] = {book: [0.0] * len(section["traits"]) for book in ("train", "test")}
    drawn = {}
    for book in ("test", "train"):
        is_test = np.full(CALIBRATION_CLIENTS, book == "test")
        applications = draw_applications(parameters, (fine, coarse), is_test, np.random.default_rng(0))
        traits = draw_traits(section, fine, applications, np.random.default_rng(1))
        drawn[book] = [round(float(value), 3) for value in traits.values.mean(axis=0)]
    section["centre"] = drawn
    parameters["outcome"]["calibration"] = _intercept(parameters, applications, traits)


def _intercept(parameters: dict[str, Any], applications: Applications, traits: Traits) -> dict[str, float]:
    """Slope, and the intercept that gives the default rate of the original among simulated past clients."""
    log_odds = SLOPE * raw_log_odds(parameters, applications, traits)
    intercept = brentq(lambda shift: np.mean(1.0 / (1.0 + np.exp(-log_odds - shift))) - DEFAULT_RATE, -5.0, 5.0)
    return {"slope": SLOPE, "intercept": round(float(intercept), 3)}


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
        "cards": rows.fit_cards(tables.cards, tables.previous),
    }


if __name__ == "__main__":
    np.seterr(invalid="ignore", divide="ignore")
    main()
