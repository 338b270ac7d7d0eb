"""What the version in service before recommended: its current files, probabilities, spreads and rule, nothing else."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.artifact import open_previous
from scoring_dash.model.cost import DecisionRule
from scoring_dash.model.recommendation import recommendation_codes
from scoring_dash.population.work_list import NEW_FILE, UNKNOWN

_LOGGER = logging.getLogger(__name__)
_BOOK: Final = "portfolio/current"
_ARRAYS: Final = ("client_ids", "probabilities", "spreads")
_MODEL: Final = "model/model.json"


@dataclass(frozen=True)
class EarlierScoring:
    """Current files of an earlier version.

    Attributes
    ----------
    client_ids : (n,) int64, strictly ascending
    recommendations : (n,) int8
        Places in :data:`~scoring_dash.model.recommendation.RECOMMENDATIONS`.
    """

    version: str
    client_ids: NDArray[np.int64]
    recommendations: NDArray[np.int8]


def read_earlier(artifacts: Path) -> EarlierScoring | None:
    """The scoring before the one in service; None where there is none to compare with.

    A version that is gone, too old to tell, or damaged is no reason not to start: the log says so.
    """
    needed = [*(f"{_BOOK}/{name}.npy" for name in _ARRAYS), _MODEL]
    try:
        previous = open_previous(artifacts, needed)
        return None if previous is None else _read(previous.root, previous.version)
    except ArtifactError as error:
        _LOGGER.warning("no earlier scoring to compare with: %s", error)
        return None


def changes_since(
    earlier: EarlierScoring | None, client_ids: NDArray[np.int64], recommendations: NDArray[np.int8]
) -> NDArray[np.int8]:
    """What each file was recommended before where that differs.

    Parameters
    ----------
    client_ids : (n,) int64, strictly ascending
    recommendations : (n,) int8
        Of today.

    Returns
    -------
    (n,) int8
        The earlier recommendation, ``NEW_FILE``, or ``UNKNOWN`` where nothing changed or nothing is known.
    """
    if earlier is None:
        return np.full(len(client_ids), UNKNOWN, dtype=np.int8)
    if len(earlier.client_ids) == 0:
        return np.full(len(client_ids), NEW_FILE, dtype=np.int8)
    places = np.minimum(np.searchsorted(earlier.client_ids, client_ids), len(earlier.client_ids) - 1)
    before = earlier.recommendations[places]
    changed = np.where(before == recommendations, np.int8(UNKNOWN), before)
    return np.where(earlier.client_ids[places] == client_ids, changed, np.int8(NEW_FILE))


def _read(root: Path, version: str) -> EarlierScoring:
    try:
        rule = DecisionRule(**json.loads((root / _MODEL).read_text(encoding="utf-8"))["rule"])
        ids, probabilities, spreads = (
            np.load(root / _BOOK / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
        )
        if not (len(ids) == len(probabilities) == len(spreads) and spreads.shape[1:] == (2,)):
            raise ValueError(f"{len(ids)} clients, {len(probabilities)} probabilities, spreads of {spreads.shape}")
        return EarlierScoring(version, ids, recommendation_codes(probabilities, rule, spreads))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ArtifactError(f"{root}: cannot be compared with ({error!r}). Train twice with this program.") from error
