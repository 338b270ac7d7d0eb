"""Correlated standard normals behind the numeric columns: category effects, age, and a residual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.draws import Coded, Floats, Generator
from scoring_dash.data.simulate.profile import Profile


@dataclass(frozen=True, slots=True)
class Latents:
    """Standard normal latents of the clients.

    Attributes
    ----------
    names : tuple of str
    values : ndarray (n_clients, n_latents)
        Mean 0 and variance 1 among all clients.
    innovations : ndarray (n_clients, n_latents)
        The part that profile and age do not explain.
    """

    names: tuple[str, ...]
    values: Floats
    innovations: Floats

    def __getitem__(self, name: str) -> Floats:
        return self.values[:, self.names.index(name)]


def draw_latents(section: Mapping[str, Any], profile: Profile, generator: Generator) -> Latents:
    """Draw the latents of the application columns.

    Parameters
    ----------
    section : mapping
        ``applications`` of the parameters.
    """
    names = tuple(section["latents"])
    factor = cholesky(section["residual"])
    innovations = generator.standard_normal((len(profile.age_score), len(names))) @ factor.T
    return Latents(names, profile_means(section["effects"], profile) + innovations, innovations)


def profile_means(effects: Mapping[str, Any], profile: Profile) -> Floats:
    """Part of each latent that categories and age explain, (n_clients, n_latents)."""
    common, score = effects["common"], profile.age_score
    means = np.array(common["intercept"]) + np.outer(score, common["age"])
    means += np.outer(score**2 - 1.0, common["age_squared"])
    for column, by_level in effects.items():
        if column != "common":
            means += _level_table(profile.categories[column], by_level, means.shape[1])[
                profile.categories[column].codes
            ]
    return means


def cholesky(rows: list[list[float]]) -> Floats:
    """Lower factor of a covariance given by its lower triangle, rounded and so perhaps barely indefinite."""
    size = len(rows)
    matrix = np.zeros((size, size))
    for i, row in enumerate(rows):
        matrix[i, : i + 1] = row
        matrix[: i + 1, i] = row
    values, vectors = np.linalg.eigh(matrix)
    return np.linalg.cholesky((vectors * np.clip(values, 1e-4, None)) @ vectors.T)


def _level_table(category: Coded, by_level: Mapping[str, list[float]], size: int) -> Floats:
    return np.array([by_level.get(name, [0.0] * size) for name in category.names])
