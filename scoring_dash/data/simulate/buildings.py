"""The building columns: missing together, three statistics of each measure close to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from scoring_dash.data.simulate.draws import (
    Coded,
    Column,
    Floats,
    Generator,
    Quantiles,
    blend,
    choose,
    level_of,
    share_table,
    to_grid,
)
from scoring_dash.data.simulate.latents import cholesky

_COMMON = 0.9
"""Correlation with one factor of which measures are known: they are mostly known or unknown together."""

_STEPS = {"FLOORSMAX": 1 / 24, "FLOORSMIN": 1 / 24, "ENTRANCES": 1 / 29, "ELEVATORS": 0.04}
"""Normalised counts: their values are multiples of one floor, one entrance, one elevator."""


def building_columns(
    section: Mapping[str, Any], knots: Floats, known: Any, area_latent: Floats, area: Floats, generator: Generator
) -> dict[str, Column]:
    """Columns on the building that clients live in.

    Parameters
    ----------
    section : mapping
        ``applications.building`` of the parameters.
    known : ndarray of bool (n_clients,)
        Whether anything is known of the building.
    area_latent, area : ndarray (n_clients,)
        Latent and value of TOTALAREA_MODE.
    """
    size = len(known)
    factor = generator.standard_normal(size)
    measures = section["columns"]
    latents = np.outer(area_latent, section["area_effect"])
    latents += generator.standard_normal((size, len(measures))) @ cholesky(section["residual"]).T
    present = [known & _present(share, factor, generator) for share in section["known"]]
    columns: dict[str, Column] = {}
    for kind in ("AVG", "MODE", "MEDI"):
        for i, name in enumerate(measures):
            latent = latents[:, i]
            if kind != "AVG":
                latent = blend([(section["likeness"][kind][i], latent)], generator)
            value = Quantiles(knots, np.array(section["knots"][kind][name])).at(latent)
            if name in _STEPS:
                step = _STEPS[name] * (1.00714 if (name, kind) == ("ELEVATORS", "MODE") else 1.0)
                value = to_grid(value, step)
            columns[f"{name}_{kind}"] = np.where(present[i], np.round(np.clip(value, 0.0, 1.0), 4), np.nan)
    columns["TOTALAREA_MODE"] = np.where(present[len(measures)], np.round(np.clip(area, 0.0, 1.0), 4), np.nan)
    quarter = level_of(area_latent, [0.25] * 4)
    present_by_name = dict(zip(section["levels"], [*present[len(measures) + 1 :], known], strict=True))
    for name, levels in section["levels"].items():
        chosen = choose(share_table(section["shares"][name], "0123"), quarter, generator)
        columns[name] = Coded(np.where(present_by_name[name], chosen, -1), tuple(levels))
    return columns


def _present(share: float, factor: Floats, generator: Generator) -> Any:
    latent = np.sqrt(_COMMON) * factor + np.sqrt(1.0 - _COMMON) * generator.standard_normal(len(factor))
    return level_of(latent, [1.0 - share, share]) == 1
