"""Who applies: contract, sex, kind of income, education, age, family, home, employer and occupation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from scoring_dash.data.simulate.draws import (
    Coded,
    Codes,
    Floats,
    Generator,
    Quantiles,
    choose,
    share_table,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Categories and age of the clients of one chunk.

    Attributes
    ----------
    is_test : ndarray of bool (n_clients,)
        Whether the client is in application_test.
    categories : mapping of str to Coded
        Kaggle's column to its level; ``OCCUPATION_TYPE`` is coded with ``""`` for unknown.
    age_years, age_score : ndarray (n_clients,)
        Age, and its standard normal score among all clients.
    children : ndarray (n_clients,)
    """

    is_test: Any
    categories: Mapping[str, Coded]
    age_years: Floats
    age_score: Floats
    children: Codes

    @property
    def is_pensioner(self) -> Any:
        """Whether the client has no employer."""
        return self.categories["NAME_INCOME_TYPE"].equals("Pensioner")


def draw_profile(section: Mapping[str, Any], knots: Floats, is_test: Any, generator: Generator) -> Profile:
    """Draw the profile of each client.

    Parameters
    ----------
    section : mapping
        ``applications`` of the parameters.
    knots : ndarray
        Normal quantiles at which the distribution of ages is stored.
    is_test : ndarray of bool (n_clients,)
    """
    categories = _contract_and_income(section, is_test, generator)
    income, gender = categories["NAME_INCOME_TYPE"], categories["CODE_GENDER"]
    cells = income.codes * len(gender.names) + gender.codes
    latent = generator.standard_normal(len(is_test))
    age_years = np.zeros(len(is_test))
    for cell, (kind, sex) in enumerate(product(income.names, gender.names)):
        rows = cells == cell
        age_years[rows] = Quantiles(knots, np.array(section["age"][f"{kind}|{sex}"])).at(latent[rows])
    age_years += generator.normal(0.0, 0.05, len(age_years))  # knots are rounded: without it ages would clump
    age_score = Quantiles(knots, np.array(section["age"]["all"])).latent_of(age_years)
    tables = section["tables"]
    band = np.searchsorted(np.array(tables["age_bands"]), age_years).astype(np.int64)
    bands = [str(i) for i in range(len(tables["age_bands"]) + 1)]
    families = tuple(section["levels"]["NAME_FAMILY_STATUS"])
    family = choose(share_table(tables["family"], gender.names, bands), gender.codes * len(bands) + band, generator)
    housing = choose(share_table(tables["housing"], bands), band, generator)
    children = choose(share_table(tables["children"], families, bands), family * len(bands) + band, generator)
    categories["NAME_FAMILY_STATUS"] = Coded(family, families)
    categories["NAME_HOUSING_TYPE"] = Coded(housing, tuple(section["levels"]["NAME_HOUSING_TYPE"]))
    categories |= _employment(section, categories, generator)
    return Profile(is_test, categories, age_years, age_score, children)


def _contract_and_income(section: Mapping[str, Any], is_test: Any, generator: Generator) -> dict[str, Coded]:
    levels, profiles = section["levels"], section["profiles"]
    share = np.where(is_test, profiles["revolving"]["test"], profiles["revolving"]["train"])
    contract = (generator.random(len(is_test)) < share).astype(np.int64)
    names = ("CODE_GENDER", "NAME_INCOME_TYPE", "NAME_EDUCATION_TYPE")
    cell = choose(share_table(profiles["shares"], levels["NAME_CONTRACT_TYPE"]), contract, generator)
    codes = np.unravel_index(cell, [len(levels[name]) for name in names])
    return {
        "NAME_CONTRACT_TYPE": Coded(contract, tuple(levels["NAME_CONTRACT_TYPE"])),
        **{name: Coded(code.astype(np.int64), tuple(levels[name])) for name, code in zip(names, codes, strict=True)},
    }


def _employment(section: Mapping[str, Any], categories: Mapping[str, Coded], generator: Generator) -> dict[str, Coded]:
    tables = section["tables"]
    income, gender = categories["NAME_INCOME_TYPE"], categories["CODE_GENDER"]
    education = categories["NAME_EDUCATION_TYPE"]
    pensioner = income.equals("Pensioner")
    kinds = [name for name in income.names if name != "Pensioner"]
    by_kind = share_table(tables["organization"], kinds, gender.names)
    cells = np.where(pensioner, 0, income.codes) * len(gender.names) + gender.codes
    organization = choose(by_kind, cells, generator)
    schooling = np.select([np.isin(education.texts(), ("Higher education", "Academic degree")),
                           education.equals("Incomplete higher")], [1, 2], 0)  # fmt: skip
    base = share_table(tables["occupation"], tables["organizations"])
    by_gender = share_table(tables["occupation_by_gender"], gender.names)
    by_school = share_table(tables["occupation_by_education"], ["secondary", "higher", "incomplete"])
    shares = (base[:, None, None, :] * by_gender[:, None, :] * by_school).reshape(-1, base.shape[1])
    occupation = choose(shares, (organization * len(gender.names) + gender.codes) * 3 + schooling, generator)
    organizations = (*tables["organizations"], "XNA")
    return {
        "ORGANIZATION_TYPE": Coded(np.where(pensioner, len(organizations) - 1, organization), organizations),
        "OCCUPATION_TYPE": Coded(np.where(pensioner, 0, occupation), tuple(section["levels"]["OCCUPATION_TYPE"])),
    }
