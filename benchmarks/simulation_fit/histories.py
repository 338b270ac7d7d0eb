"""Client-level traits of the histories: how they hang together with the application, and with default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from benchmarks.simulation_fit.applications import LATENTS
from benchmarks.simulation_fit.scores import (
    Array,
    Copula,
    effects_by_level,
    fit_copula,
    knots,
    lower_triangle,
    normal_score,
    significant,
)

TRAITS = (
    "bureau_count", "bureau_active", "bureau_debt", "bureau_oldest", "bureau_overdue", "bureau_size",
    "previous_count", "previous_refused", "previous_first", "previous_size", "card", "card_use", "late",
)  # fmt: skip
RELIABILITY = 0.7
"""Share of a trait that a simulated history lets one see: the rest is the chance of single rows. The effect of what
is seen is right if that of the trait is larger by its inverse."""


@dataclass(frozen=True)
class Histories:
    """The secondary tables of one folder."""

    bureau: pd.DataFrame
    previous: pd.DataFrame
    pos: pd.DataFrame
    cards: pd.DataFrame


def client_traits(clients: pd.Series, tables: Histories) -> pd.DataFrame:
    """One row a client, one column a trait; missing where it cannot be observed."""
    bureau, previous = tables.bureau, tables.previous
    active = bureau[(bureau.CREDIT_ACTIVE == "Active") & (bureau.AMT_CREDIT_SUM > 0)]
    by_bureau, by_active = bureau.groupby("SK_ID_CURR"), active.groupby("SK_ID_CURR")
    by_previous = previous.groupby("SK_ID_CURR")
    approved = previous[(previous.NAME_CONTRACT_STATUS == "Approved") & (previous.AMT_CREDIT > 0)]
    used = tables.cards.assign(
        use=(tables.cards.AMT_BALANCE / tables.cards.AMT_CREDIT_LIMIT_ACTUAL).where(
            tables.cards.AMT_CREDIT_LIMIT_ACTUAL > 0
        )
    )
    traits = pd.DataFrame(
        {
            "bureau_count": by_bureau.size(),
            "bureau_active": (bureau.CREDIT_ACTIVE == "Active").groupby(bureau.SK_ID_CURR).mean(),
            "bureau_debt": (by_active.AMT_CREDIT_SUM_DEBT.sum() / by_active.AMT_CREDIT_SUM.sum()).clip(0, 1.2),
            "bureau_oldest": by_bureau.DAYS_CREDIT.min(),
            "bureau_overdue": (by_bureau.AMT_CREDIT_MAX_OVERDUE.max() > 0).astype(int),
            "bureau_size": np.log1p(bureau.AMT_CREDIT_SUM).groupby(bureau.SK_ID_CURR).mean(),
            "previous_refused": (previous.NAME_CONTRACT_STATUS == "Refused").groupby(previous.SK_ID_CURR).mean(),
            "previous_first": by_previous.DAYS_DECISION.min(),
            "previous_size": np.log(approved.AMT_CREDIT).groupby(approved.SK_ID_CURR).mean(),
            "card_use": used.groupby("SK_ID_CURR").use.mean(),
            "late": (tables.pos.SK_DPD > 0).groupby(tables.pos.SK_ID_CURR).mean(),
        }
    ).reindex(clients)
    traits["previous_count"] = by_previous.size().reindex(clients).fillna(0)
    traits["card"] = clients.isin(tables.cards.SK_ID_CURR).astype(int).to_numpy()
    return traits[list(TRAITS)]


def fit(
    applications: pd.DataFrame,
    tables: Histories,
    application: Copula,
    profile: tuple[Array, list[tuple[str, str]]],
    margin: Array,
) -> dict[str, Any]:
    """Parameters of the traits.

    Parameters
    ----------
    applications : DataFrame
        Clients whose histories are complete, labelled ones with TARGET.
    application : Copula
        The application copula; its innovations are those of these clients.
    profile : ndarray and list of (str, str)
        The application copula's regressors of these clients, and their names.
    margin : ndarray
        Log-odds of default of these clients by the outcome model.
    """
    regressors, names = profile
    traits = client_traits(applications.SK_ID_CURR, tables)
    scores = [normal_score(traits[name]) for name in TRAITS]
    # Whether a bureau file exists is settled before the traits: within those who have one its latent is no normal.
    innovations, covariance = application.innovations.copy(), application.residual.copy()
    settled = LATENTS.index("bureau_file")
    innovations[:, settled] = 0.0
    covariance[settled], covariance[:, settled] = 0.0, 0.0
    copula = fit_copula(scores, np.hstack([regressors, innovations]), ridge=100.0, latent_covariance=covariance)
    split = regressors.shape[1]
    test = applications.TARGET.isna().to_numpy()
    return {
        "traits": list(TRAITS),
        "effects": effects_by_level(copula.coefficients[:split], names),
        "on_latents": [[round(float(v), 3) for v in row] for row in copula.coefficients[split:]],
        "residual": lower_triangle(copula.residual),
        "margins": {
            "train": _margins(traits[~test]),
            "test": _margins(traits[test]),
        },
        "old_card": float(
            significant(1.0 - tables.cards.SK_ID_PREV.drop_duplicates().isin(tables.previous.SK_ID_PREV).mean(), 2)
        ),
        "outcome": _outcome(applications, copula.innovations, margin),
    }


def _margins(traits: pd.DataFrame) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: knots(traits[name]) for name in ("bureau_count", "bureau_oldest", "previous_count", "previous_first")
    }
    values["card"] = float(significant(traits.card.mean(), 3))
    values["bureau_overdue"] = float(significant(traits.bureau_overdue.mean(), 3))
    return values


def _outcome(applications: pd.DataFrame, innovations: Array, margin: Array) -> dict[str, list[float] | float]:
    """Log-odds that each trait adds to the application, per unit of its innovation; shrunk, for labels are few."""
    labelled = applications.TARGET.notna().to_numpy()
    inputs = np.column_stack([margin, innovations])[labelled]
    spread = inputs.std(axis=0)
    model = LogisticRegression(C=0.02, max_iter=1000).fit(inputs / spread, applications.TARGET[labelled])
    # `innovations` are shrunk by the columns' attenuation, which makes their coefficients per unit of the latent.
    effects = model.coef_[0] / spread / RELIABILITY
    return {"effects": [round(float(value), 3) for value in effects[1:]]}
