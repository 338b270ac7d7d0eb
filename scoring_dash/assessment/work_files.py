"""The columns of the work list, from the portfolio, the model and the scoring before."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.assessment.earlier import EarlierScoring, changes_since
from scoring_dash.data.store import BookData, Portfolio
from scoring_dash.explain.reasons import NEGLIGIBLE
from scoring_dash.model.package import ModelPackage
from scoring_dash.model.recommendation import recommendation_codes
from scoring_dash.population.work_list import UNKNOWN, WorkFiles

_CONTRACT: Final = "NAME_CONTRACT_TYPE"
_AMOUNT: Final = "AMT_CREDIT"
_INSTALMENT: Final = "AMT_ANNUITY"
_ROWS_AT_ONCE: Final = 50_000


def work_files(portfolio: Portfolio, package: ModelPackage, earlier: EarlierScoring | None) -> WorkFiles:
    """The current files as the work list wants them; a column that the tables do not hold is empty."""
    current, description = portfolio.current, package.description
    recommendations = recommendation_codes(current.probabilities, description.rule, current.spreads)
    reference = package.reference_contributions[package.scorer.final] @ description.theme_matrix
    amounts, instalments, contracts = _application_columns(current)
    return WorkFiles(
        client_ids=current.client_ids,
        probabilities=current.probabilities,
        recommendations=recommendations,
        amounts=amounts,
        instalments=instalments,
        contracts=contracts,
        themes=_heaviest_themes(current.theme_contributions, reference.astype(np.float32)),
        changes=changes_since(earlier, current.client_ids, recommendations),
        contract_names=portfolio.text_values.get(_CONTRACT, ()),
        theme_names=description.themes,
        threshold=description.rule.threshold,
        has_earlier=earlier is not None,
    )


def _application_columns(
    book: BookData,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int16]]:
    """Amounts, instalments and contract codes, read in one pass: the records are wide and seldom in memory."""
    n, names = len(book.client_ids), book.applications.dtype.names or ()
    amounts, instalments = np.full(n, np.nan), np.full(n, np.nan)
    contracts = np.full(n, UNKNOWN, dtype=np.int16)
    wanted = [(_AMOUNT, amounts), (_INSTALMENT, instalments), (_CONTRACT, contracts)]
    for start in range(0, n, _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        records = book.applications[part]
        for name, values in wanted:
            if name in names:
                values[part] = records[name]
    return amounts, instalments, contracts


def _heaviest_themes(contributions: NDArray[np.float32], reference: NDArray[np.float32]) -> NDArray[np.int8]:
    """(n,) int8: the theme that, to his disadvantage, sets a client furthest apart from those just inside the line.

    As for a reason: measured against the reference applicants, and too light a theme is none.
    """
    found = np.full(len(contributions), UNKNOWN, dtype=np.int8)
    for start in range(0, len(contributions), _ROWS_AT_ONCE):
        distances = contributions[start : start + _ROWS_AT_ONCE] - reference
        heaviest = distances.argmax(axis=1)
        weighs = np.take_along_axis(distances, heaviest[:, None], axis=1)[:, 0] >= NEGLIGIBLE
        found[start : start + _ROWS_AT_ONCE] = np.where(weighs, heaviest, UNKNOWN)
    return found
