"""What the model can tell of a client at a promised level: class-conditional conformal sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring_dash.model.evaluation.intervals import share
from scoring_dash.model.evaluation.metrics import Floats, Outcomes
from scoring_dash.model.evaluation.results import ConformalFigures

LEVEL = 0.9


def conformal_sets(
    known: Floats, known_defaulted: Outcomes, probabilities: Floats, *, level: float = LEVEL
) -> NDArray[np.bool_]:
    """For each client, may he be one who repays, one who defaults?

    An outcome is left out of the set when the client would be stranger among the known files of this outcome than a
    share ``level`` of them. Sets by outcome, not for all files together: at a default rate of 8 % the latter keep
    their promise while nearly every defaulter is missed.

    Parameters
    ----------
    known : (n,) float64
        Probabilities of files whose outcome is known, by a model that did not see it.
    known_defaulted : (n,) int8, 0 or 1, both present
    probabilities : (m,) float64
        Of the clients, as exchangeable with the known files.

    Returns
    -------
    (m, 2) bool
        Column 0: "repays" is possible; column 1: "defaults" is possible.

    References
    ----------
    V. Vovk, A. Gammerman, G. Shafer, *Algorithmic Learning in a Random World* (2005), section 4.5 (Mondrian).
    """
    alpha = round(1 - level, 12)
    repaid, in_default = np.sort(known[known_defaulted == 0]), np.sort(known[known_defaulted == 1])
    riskier = len(repaid) - np.searchsorted(repaid, probabilities, side="left")
    safer = np.searchsorted(in_default, probabilities, side="right")
    chances = [(1 + riskier) / (1 + len(repaid)), (1 + safer) / (1 + len(in_default))]
    return np.column_stack([chance > alpha for chance in chances])


def cross_conformal_sets(
    probabilities: Floats, defaulted: Outcomes, fold_of: NDArray[np.int8], *, level: float = LEVEL
) -> NDArray[np.bool_]:
    """Sets of labelled files, those of a fold against the files of all other folds.

    Parameters
    ----------
    probabilities : (n,) float64, out of fold
    fold_of : (n,) int8

    Returns
    -------
    (n, 2) bool, as :func:`conformal_sets`
    """
    sets = np.zeros((len(probabilities), 2), dtype=bool)
    for fold in np.unique(fold_of):
        inside = fold_of == fold
        sets[inside] = conformal_sets(probabilities[~inside], defaulted[~inside], probabilities[inside], level=level)
    return sets


def conformal_figures(sets: NDArray[np.bool_], defaulted: Outcomes, *, level: float = LEVEL) -> ConformalFigures:
    """Shares of each set, and the promise checked on the outcomes.

    Parameters
    ----------
    sets : (n, 2) bool
    defaulted : (n,) int8, 0 or 1
    """
    repays, defaults = sets[:, 0], sets[:, 1]
    bad = defaulted == 1
    return ConformalFigures(
        level=level,
        repays=float(np.mean(repays & ~defaults)),
        defaults=float(np.mean(defaults & ~repays)),
        both=float(np.mean(repays & defaults)),
        neither=float(np.mean(~repays & ~defaults)),
        covered_repaid=share(int(np.sum(repays & ~bad)), int(np.sum(~bad))),
        covered_defaulted=share(int(np.sum(defaults & bad)), int(np.sum(bad))),
    )
