"""The two application tables: from profile and latents to Kaggle's columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring_dash.data.simulate.buildings import building_columns
from scoring_dash.data.simulate.draws import (
    Coded,
    Codes,
    Column,
    Floats,
    Generator,
    Quantiles,
    bernoulli,
    choose,
    level_of,
    nearest,
    share_table,
    to_grid,
)
from scoring_dash.data.simulate.latents import Latents, draw_latents
from scoring_dash.data.simulate.profile import Profile, draw_profile

NOT_EMPLOYED = 365243
"""Kaggle's code in DAYS_EMPLOYED for a client without employer."""
_SMALLEST_AMOUNT = 4.5
"""All amounts of the original are multiples of it."""


@dataclass(frozen=True, slots=True)
class Applications:
    """Applications of one chunk, before their outcome is drawn.

    Attributes
    ----------
    columns : mapping of str to Column
        Kaggle's columns without SK_ID_CURR and TARGET.
    has_bureau_file : ndarray of bool (n_clients,)
        Whether a credit bureau knows the client.
    """

    profile: Profile
    latents: Latents
    columns: Mapping[str, Column]
    has_bureau_file: Any


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the parts of the table share while it is made."""

    section: Mapping[str, Any]
    knots: Floats
    profile: Profile
    latents: Latents
    generator: Generator

    @property
    def size(self) -> int:
        return len(self.profile.age_years)

    def number(self, name: str) -> Floats:
        """A numeric column from its latent, by the book's own distribution."""
        return self._by_book(lambda margins, latent: Quantiles(self.knots, np.array(margins[name])).at(latent), name)

    def listed(self, name: str) -> Floats:
        """A numeric column that takes but the values of the knots: insurance and fees come from price lists."""
        return self._by_book(lambda margins, latent: np.array(margins[name])[nearest(latent, self.knots)], name)

    def level(self, name: str) -> Codes:
        """Rank of the level of a latent with few levels."""
        return self._by_book(lambda margins, latent: level_of(latent, margins[name]), name).astype(np.int64)

    def cut(self, name: str) -> Any:
        """Whether a latent with two levels is at the upper one."""
        return self.level(name) == 1

    def _by_book(self, draw: Any, name: str) -> Any:
        margins, test = self.section["margins"], self.profile.is_test
        latent = self.latents[name]
        return np.where(test, draw(margins["test"], latent), draw(margins["train"], latent))


def draw_applications(
    parameters: Mapping[str, Any], knots: tuple[Floats, Floats], is_test: Any, generator: Generator
) -> Applications:
    """Draw the applications of a chunk.

    Parameters
    ----------
    parameters : mapping
        All fitted parameters.
    knots : pair of ndarray
        Normal quantiles of the fine and of the coarse distributions.
    is_test : ndarray of bool (n_clients,)
    """
    section = parameters["applications"]
    profile = draw_profile(section, knots[1], is_test, generator)
    latents = draw_latents(section, profile, generator)
    draft = _Draft(section, knots[0], profile, latents, generator)
    file_level = draft.level("bureau_file")
    columns: dict[str, Column] = {
        **_categories(draft),
        **_amounts(draft),
        **_dates(draft),
        **_contacts(draft),
        **_places(draft),
        **_scores(draft, file_level),
        **_circle(draft),
        **_documents(draft),
        **_enquiries(draft, file_level),
        **building_columns(section["building"], knots[1], draft.cut("building_known"), latents["total_area"],
                           draft.number("total_area"), generator),
    }  # fmt: skip
    has_file = bernoulli(generator, np.array([0.0, 0.947, 0.994])[file_level], draft.size)
    return Applications(profile, latents, columns, has_file)


def _categories(draft: _Draft) -> dict[str, Column]:
    generator, tables = draft.generator, draft.section["tables"]
    book = draft.profile.is_test.astype(np.int64)
    columns: dict[str, Column] = dict(draft.profile.categories)
    occupation = draft.profile.categories["OCCUPATION_TYPE"]
    columns["OCCUPATION_TYPE"] = Coded(occupation.codes - 1, occupation.names[1:])  # the first name means unknown
    suites = tuple(tables["suites"])
    suite = choose(share_table(tables["suite"], ["train", "test"]), book, generator)
    columns["NAME_TYPE_SUITE"] = Coded(np.where(suite == suites.index(""), -1, suite), suites)
    columns["WEEKDAY_APPR_PROCESS_START"] = Coded(
        choose(share_table(tables["weekday"], ["train", "test"]), book, generator), tuple(tables["weekdays"])
    )
    columns["HOUR_APPR_PROCESS_START"] = np.round(draft.number("hour"))
    married = np.isin(draft.profile.categories["NAME_FAMILY_STATUS"].texts(), ("Married", "Civil marriage"))
    columns["CNT_CHILDREN"] = draft.profile.children
    columns["CNT_FAM_MEMBERS"] = draft.profile.children + 1.0 + married
    owns_car = draft.cut("own_car")
    columns["FLAG_OWN_CAR"] = Coded(owns_car.astype(np.int64), ("N", "Y"))
    columns["OWN_CAR_AGE"] = np.where(owns_car, np.round(draft.number("car_age")), np.nan)
    columns["FLAG_OWN_REALTY"] = Coded(draft.level("own_realty"), ("N", "Y"))
    return columns


def _amounts(draft: _Draft) -> dict[str, Column]:
    revolving = draft.profile.categories["NAME_CONTRACT_TYPE"].equals("Revolving loans")
    income = draft.number("income")
    coarse = bernoulli(draft.generator, 0.975, draft.size)
    income = np.where(coarse, to_grid(income, 4500.0), to_grid(income, 450.0))
    goods = np.maximum(to_grid(draft.number("goods"), 4500.0), 40500.0)
    credit = to_grid(goods * draft.listed("credit_to_goods"), _SMALLEST_AMOUNT)
    annuity = to_grid(credit / draft.number("credit_to_annuity"), _SMALLEST_AMOUNT)
    card = Quantiles(draft.knots, np.array(draft.section["margins"]["goods_revolving"]))
    limit = to_grid(card.at(draft.latents["goods"]), 22500.0)
    unpriced = revolving & bernoulli(draft.generator, 0.01, draft.size)
    return {
        "AMT_INCOME_TOTAL": np.maximum(income, 25650.0),
        "AMT_CREDIT": np.where(revolving, limit, credit),
        "AMT_ANNUITY": np.where(revolving, to_grid(limit * 0.05, _SMALLEST_AMOUNT), annuity),
        "AMT_GOODS_PRICE": np.where(unpriced, np.nan, np.where(revolving, limit, goods)),
    }


def _dates(draft: _Draft) -> dict[str, Column]:
    age_days = draft.profile.age_years * 365.25
    pensioner = draft.profile.is_pensioner
    employed = np.minimum(0.0, np.maximum(draft.number("employed"), -(age_days - 16 * 365.25)))
    # The oldest registrations and identity documents are as old as the client allows.
    registration = np.minimum(0.0, np.maximum(draft.number("registration"), -age_days))
    identity = np.minimum(0.0, np.maximum(draft.number("identity"), -(age_days - 14 * 365.25)))
    return {
        "DAYS_BIRTH": -np.round(age_days),
        "DAYS_EMPLOYED": np.where(pensioner, NOT_EMPLOYED, np.round(employed)),
        "DAYS_REGISTRATION": np.round(registration),
        "DAYS_ID_PUBLISH": np.round(identity),
        "DAYS_LAST_PHONE_CHANGE": np.minimum(np.round(draft.number("phone_change")), 0.0),
    }


def _contacts(draft: _Draft) -> dict[str, Column]:
    employed = ~draft.profile.is_pensioner
    return {
        "FLAG_MOBIL": np.ones(draft.size, dtype=np.int64),
        "FLAG_EMP_PHONE": employed.astype(np.int64),
        "FLAG_WORK_PHONE": np.where(employed, draft.level("work_phone"), 0),
        "FLAG_CONT_MOBILE": bernoulli(draft.generator, 0.998, draft.size).astype(np.int64),
        "FLAG_PHONE": draft.level("home_phone"),
        "FLAG_EMAIL": draft.level("email"),
    }


def _places(draft: _Draft) -> dict[str, Column]:
    generator, tables = draft.generator, draft.section["tables"]
    rating = draft.level("region_rating") + 1
    latent = generator.standard_normal(draft.size)
    density = np.select(
        [rating == level for level in (1, 2, 3)],
        [np.array(draft.section["population"][str(level)])[nearest(latent, draft.knots)] for level in (1, 2, 3)],
    )
    in_city = rating - ((rating > 1) & bernoulli(generator, 0.02, draft.size))
    lives, works = draft.level("lives_elsewhere"), draft.level("works_elsewhere")
    works = np.where(draft.profile.is_pensioner, lives, works)
    patterns = np.array([[float(flag) for flag in text] for text in tables["places_levels"]])
    pattern = patterns[choose(share_table(tables["places"], "01", "01"), lives * 2 + works, generator)]
    names = (
        "REG_REGION_NOT_LIVE_REGION", "REG_REGION_NOT_WORK_REGION", "LIVE_REGION_NOT_WORK_REGION",
        "REG_CITY_NOT_LIVE_CITY", "REG_CITY_NOT_WORK_CITY", "LIVE_CITY_NOT_WORK_CITY",
    )  # fmt: skip
    return {
        "REGION_POPULATION_RELATIVE": np.round(density, 6),
        "REGION_RATING_CLIENT": rating,
        "REGION_RATING_CLIENT_W_CITY": in_city,
        **{name: pattern[:, i] for i, name in enumerate(names)},
    }


def _scores(draft: _Draft, file_level: Codes) -> dict[str, Column]:
    known = {
        1: draft.cut("score_1_known"),
        2: ~bernoulli(draft.generator, np.where(draft.profile.is_test, 0.0002, 0.002), draft.size),
        3: file_level == 2,
    }
    scores = {i: draft.number(f"score_{i}") + draft.generator.normal(0.0, 1e-4, draft.size) for i in (1, 2, 3)}
    # Processors differ in the last digits of a logarithm: rounded, the same seed gives the same file on all of them.
    return {
        f"EXT_SOURCE_{i}": np.where(known[i], np.round(np.clip(score, 0, 1), 9), np.nan) for i, score in scores.items()
    }


def _circle(draft: _Draft) -> dict[str, Column]:
    generator, size = draft.generator, draft.size
    observed = np.round(draft.number("circle"))
    more = bernoulli(generator, draft.section["tables"]["circle_defaults_more"], size)
    defaults = np.where((observed > 0) & draft.cut("circle_defaults"), 1.0 + more, 0.0)
    defaults = np.minimum(defaults, observed)
    unknown = bernoulli(generator, np.where(draft.profile.is_test, 0.0003, 0.0033), size)
    later = observed - ((observed > defaults) & bernoulli(generator, 0.033, size))
    late = defaults - ((defaults > 0) & bernoulli(generator, 0.33, size))
    values = {"OBS_30": observed, "DEF_30": defaults, "OBS_60": np.maximum(later, late), "DEF_60": late}
    return {f"{name}_CNT_SOCIAL_CIRCLE": np.where(unknown, np.nan, value) for name, value in values.items()}


def _documents(draft: _Draft) -> dict[str, Column]:
    tables = draft.section["tables"]
    contract = draft.profile.categories["NAME_CONTRACT_TYPE"]
    cells = (draft.profile.is_test * 2 + contract.codes) * 2 + draft.profile.is_pensioner
    shares = share_table(tables["documents"], ["train", "test"], contract.names, ["False", "True"])
    pattern = choose(shares, cells.astype(np.int64), draft.generator)
    handed = [set(text.split(",")) for text in tables["documents_levels"]]
    return {
        f"FLAG_DOCUMENT_{number}": np.array([int(str(number) in documents) for documents in handed])[pattern]
        for number in range(2, 22)
    }


def _enquiries(draft: _Draft, file_level: Codes) -> dict[str, Column]:
    recent = draft.section["tables"]["enquiries_recent"]
    values: dict[str, Any] = {
        name: choose(np.array([shares]), np.zeros(draft.size, dtype=np.int64), draft.generator)
        for name, shares in recent.items()
    }
    for name, latent in (("MON", "month"), ("QRT", "quarter"), ("YEAR", "year")):
        values[name] = np.round(draft.number(f"enquiries_{latent}"))
    return {f"AMT_REQ_CREDIT_BUREAU_{name}": np.where(file_level == 0, np.nan, value) for name, value in values.items()}
