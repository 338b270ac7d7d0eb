"""What sets clients apart in their histories, length, appetite, refusals, punctuality; tied to the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.applications import Applications
from scoring_dash.data.simulate.draws import Codes, Floats, Generator, Quantiles, level_of
from scoring_dash.data.simulate.latents import cholesky, profile_means

NO_CARD, CARD, OLD_CARD = range(3)


@dataclass(frozen=True, slots=True)
class Traits:
    """Standard normal traits of the clients, and the counts that follow from them.

    Attributes
    ----------
    names : tuple of str
    values : ndarray (n_clients, n_traits)
    outcome : ndarray (n_clients,)
        Log-odds of default that the histories add to the application.
    bureau_count, previous_count : ndarray (n_clients,)
        Credits known to the bureau, and earlier applications.
    bureau_oldest, previous_first : ndarray (n_clients,)
        Days of the oldest credit and of the first application, negative.
    card : ndarray (n_clients,)
        ``NO_CARD``, ``CARD``, or ``OLD_CARD`` for one granted before the earliest application told.
    """

    names: tuple[str, ...]
    values: Floats
    outcome: Floats
    bureau_count: Codes
    bureau_oldest: Floats
    previous_count: Codes
    previous_first: Floats
    card: Codes

    def __getitem__(self, name: str) -> Floats:
        return self.values[:, self.names.index(name)]


def draw_traits(section: Mapping[str, Any], knots: Floats, applications: Applications, generator: Generator) -> Traits:
    """Draw the traits of each client.

    Parameters
    ----------
    section : mapping
        ``traits`` of the parameters.
    """
    names = tuple(section["traits"])
    size = len(applications.has_bureau_file)
    innovations = generator.standard_normal((size, len(names))) @ cholesky(section["residual"]).T
    values = (
        profile_means(section["effects"], applications.profile)
        + applications.latents.innovations @ np.array(section["on_latents"])
        + innovations
    )
    for book, rows in (("train", ~applications.profile.is_test), ("test", applications.profile.is_test)):
        values[rows] -= section["centre"][book]

    def by_book(name: str) -> Floats:
        latent = values[:, names.index(name)]
        train, test = (
            Quantiles(knots, np.array(section["margins"][book][name], dtype=np.float64)).at(latent)
            for book in ("train", "test")
        )
        return np.where(applications.profile.is_test, test, train)

    previous_count = np.round(by_book("previous_count")).astype(np.int64)
    bureau_count = np.where(applications.has_bureau_file, np.maximum(np.round(by_book("bureau_count")), 1), 0)
    seen = np.column_stack([_is_seen(name, bureau_count, previous_count) for name in names])
    return Traits(
        names,
        values,
        np.where(seen, innovations, 0.0) @ np.array(section["outcome"]["effects"]),
        bureau_count.astype(np.int64),
        np.minimum(np.round(by_book("bureau_oldest")), -1.0),
        previous_count,
        _first_contact(np.round(by_book("previous_first")), applications, generator),
        np.where(previous_count > 0, _card(section, values[:, names.index("card")], applications, generator), NO_CARD),
    )


def _is_seen(name: str, bureau_count: Any, previous_count: Any) -> Any:
    """A trait counts only where a history shows it."""
    if name in {"bureau_count", "previous_count", "card"}:
        return np.ones(len(bureau_count), dtype=bool)
    return (bureau_count if name.startswith("bureau") else previous_count) > 0


def _card(section: Mapping[str, Any], latent: Floats, applications: Applications, generator: Generator) -> Codes:
    margins, is_test = section["margins"], applications.profile.is_test
    level = np.where(is_test, *(level_of(latent, [1 - margins[book]["card"], margins[book]["card"]])
                                for book in ("test", "train")))  # fmt: skip
    is_old = (latent > 0) & (generator.random(len(latent)) < section["old_card"])
    return np.where(level == 1, np.where(is_old, OLD_CARD, CARD), NO_CARD)


def _first_contact(days: Floats, applications: Applications, generator: Generator) -> Floats:
    """Half of all clients last changed their phone number with their first application here."""
    phone = np.asarray(applications.columns["DAYS_LAST_PHONE_CHANGE"], dtype=np.float64)
    near = np.abs(np.log(np.maximum(-phone, 1.0)) - np.log(np.maximum(-days, 1.0))) < 0.7
    same = (phone < -10) & (phone >= -2922) & (generator.random(len(phone)) < np.where(near, 0.9, 0.35))
    return np.clip(np.where(same, phone, days), -2922.0, -3.0)
