"""The same clients for everybody: an artifact of each size for ours, rows and model for the peers."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.enlarge import write_resized
from scoring_dash.data.store import read_portfolio
from scoring_dash.model.description import read_description

SMALL: Final = 10_000
"""What both peers still start with."""
FULL: Final = 356_255
"""Clients of the original, past and current."""


@dataclass(frozen=True)
class SameClients:
    """Where the clients were written.

    Attributes
    ----------
    small, full : Path
        Directories of artifacts, for ours.
    peers : Path
        Rows, numbers, names of the inputs and the booster, for the peers.
    client_ids : (SMALL,) int64
    margins : (SMALL,) float64
        Log-odds by the final model, in the order of ``client_ids``: what a peer has to show.
    """

    small: Path
    full: Path
    peers: Path
    client_ids: NDArray[np.int64]
    margins: NDArray[np.float64]


def write_same_clients(artifacts: Path, directory: Path) -> SameClients:
    """Write all that is measured under a directory."""
    small, full, peers = (directory / name for name in ("small", "full", "peers"))
    root = write_resized(artifacts, SMALL, small).root
    write_resized(artifacts, FULL, full)
    portfolio = read_portfolio(root / "portfolio")
    books = (portfolio.past, portfolio.current)
    rows = np.ascontiguousarray(np.concatenate([book.features for book in books], axis=1).T)
    client_ids = np.concatenate([book.client_ids for book in books])
    booster = max((root / "model").glob("booster_*.txt"))  # the final model is the last
    peers.mkdir()
    shutil.copy(booster, peers / "booster.txt")
    np.save(peers / "rows.npy", rows)
    np.save(peers / "client_ids.npy", client_ids)
    names = (feature.name for feature in read_description(root / "model" / "model.json").features)
    (peers / "features.txt").write_text("\n".join(names), encoding="utf-8")
    margins = lightgbm.Booster(model_file=booster).predict(rows, raw_score=True)
    return SameClients(small, full, peers, client_ids, np.asarray(margins))
