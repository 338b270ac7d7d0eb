"""The arithmetic of a loan from an application, with what is known of other instalments."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring_dash.assessment.loan_request import REVOLVING_CREDIT, LoanRequest
from scoring_dash.assessment.scenario_rows import Application
from scoring_dash.core.affordability import Affordability
from scoring_dash.core.results import FeatureValue

ELSEWHERE, WITH_US = "bureau_active_instalments", "pos_open_instalments"
"""Features that tell the instalments of running credits; a model without them leaves these unknown."""


def affordability_of(
    application: Application, loan: LoanRequest, duration: float | None, features: Mapping[str, FeatureValue]
) -> Affordability:
    """The arithmetic of the loan of an application.

    Parameters
    ----------
    application : mapping of str to FeatureValue
        With the changes, if any.
    loan : LoanRequest
        Of the file without them: its likely duration stands where none is asked for.
    duration : float or None
        Months asked for.
    features : mapping of str to FeatureValue
        The client's, as stored.
    """
    amount, instalment = _number(application.get("AMT_CREDIT")), _number(application.get("AMT_ANNUITY"))
    months = duration if duration is not None else None if np.isnan(loan.months) else loan.months
    if application.get("NAME_CONTRACT_TYPE") == REVOLVING_CREDIT:
        months = None
    return Affordability(
        amount=amount,
        instalment=instalment,
        months=months,
        is_duration_asked=duration is not None,
        income=_number(application.get("AMT_INCOME_TOTAL")),
        elsewhere=_number(features.get(ELSEWHERE)),
        with_us=_number(features.get(WITH_US)),
        cost_per_instalment=instalment / amount - 1 / months if amount and instalment and months else None,
        is_usual_cost=duration is not None and not loan.is_own_cost,
        read_as=LoanRequest.of(application.get("NAME_CONTRACT_TYPE"), amount, instalment, 0.0).likely_months,
    )


def _number(value: FeatureValue) -> float | None:
    return float(value) if isinstance(value, int | float) else None
