"""Features from columns that may not decide: for comparison only, never in a model that is kept.

``compare`` trains with them once to print what leaving them out costs. They are apart from the catalogue on purpose:
``assemble.build_features`` cannot compute them, ``ModelDescription`` refuses them, and only ``compare`` imports this.

All are row formulas over the application tables, grouped by the reason for which the policy forbids their columns.
The weekday, hour and companion of *past* applications are left out: their effect is weaker than today's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any, Final

import ibis

from scoring_dash.core.errors import DataError, Fault
from scoring_dash.core.feature import Feature
from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit
from scoring_dash.data.clean import clean
from scoring_dash.data.features.formulas import ratio
from scoring_dash.data.features.registry import CLIENT_KEY, FeatureDefinition, Recipe, define, raw_columns
from scoring_dash.data.schema.policy import policy_of

_T: Final = TableName.APPLICATION_TRAIN
_APPLICATIONS: Final = (TableName.APPLICATION_TRAIN, TableName.APPLICATION_TEST)


def forbidden_group(feature: Feature) -> str:
    """Reason for which the policy forbids a feature, e.g. ``"age"``.

    Raises
    ------
    ValueError
        If its columns are forbidden for no reason, or for several.
    """
    policies = {policy_of(table, column) for table, column in raw_columns(feature)}
    names = sorted(policy.name for policy in policies if policy.use is ColumnUse.FORBIDDEN)
    if len(names) != 1:
        raise ValueError(f"Feature {feature.name} is forbidden for {names or 'no reason'}; it must be for one.")
    return names[0]


def build_forbidden_features(tables: Mapping[TableName, ibis.Table]) -> ibis.Table:
    """Describe the forbidden features of every client of the application tables as one lazy table.

    Parameters
    ----------
    tables : mapping of TableName to ibis.Table
        Raw tables as read; they are cleaned here.

    Returns
    -------
    ibis.Table
        ``SK_ID_CURR``, then one column a definition: float32, or text for a category.

    Raises
    ------
    DataError
        If there is no application table.
    """
    pairs = (pair for definition in FORBIDDEN_DEFINITIONS for pair in raw_columns(definition.feature))
    columns = (CLIENT_KEY, *dict.fromkeys(column for _, column in pairs))
    books = [clean(tables[name], name).select(*columns) for name in _APPLICATIONS if name in tables]
    if not books:
        raise DataError([Fault("application_train", "is missing", remedy="Add application_train or application_test")])
    frame = reduce(lambda left, right: left.union(right), books)
    return frame.select(
        CLIENT_KEY, **{definition.name: _stored(definition, frame) for definition in FORBIDDEN_DEFINITIONS}
    )


def _stored(definition: FeatureDefinition, frame: ibis.Table) -> Any:
    value = definition.expression(frame)
    return value if definition.feature.is_categorical else value.cast("float32")


def _column(name: str) -> Recipe:
    return lambda row: getattr(row, name)


def _age(row: Any) -> Any:
    return 0 - row.DAYS_BIRTH


def _plain(name: str, column: str, unit: Unit, label_fr: str, label_en: str) -> FeatureDefinition:
    """Define a feature that is a raw column as it stands; no theme fits, since no client is ever told of it."""
    return define(
        Feature(name, _T, (column,), "application", unit, Theme.COMPLETENESS, label_fr, label_en), _column(column)
    )


def _computed(
    name: str, columns: tuple[str, ...], unit: Unit, labels: tuple[str, str], recipe: Recipe
) -> FeatureDefinition:
    return define(Feature(name, _T, columns, "application", unit, Theme.COMPLETENESS, *labels), recipe)


# fmt: off
_SEX: Final = (
    _plain("sex", "CODE_GENDER", Unit.CATEGORY, "Sexe", "Sex"),
)

_AGE: Final = (
    _computed("age_days", ("DAYS_BIRTH",), Unit.DAYS, ("Âge en jours", "Age in days"), _age),
    _computed("job_tenure_to_age_ratio", ("DAYS_EMPLOYED", "DAYS_BIRTH"), Unit.RATIO,
              ("Ancienneté dans l'emploi rapportée à l'âge", "Time in the current job compared with age"),
              lambda row: ratio(0 - row.DAYS_EMPLOYED, _age(row))),
    _computed("car_age_to_age_ratio", ("OWN_CAR_AGE", "DAYS_BIRTH"), Unit.RATIO,
              ("Âge de la voiture rapporté à celui du client", "Age of the car compared with the client's"),
              lambda row: ratio(row.OWN_CAR_AGE * 365, _age(row))),
    _computed("phone_change_to_age_ratio", ("DAYS_LAST_PHONE_CHANGE", "DAYS_BIRTH"), Unit.RATIO,
              ("Ancienneté du téléphone rapportée à l'âge", "Age of the phone number compared with the client's"),
              lambda row: ratio(0 - row.DAYS_LAST_PHONE_CHANGE, _age(row))),
    _computed("income_to_age_ratio", ("AMT_INCOME_TOTAL", "DAYS_BIRTH"), Unit.RATIO,
              ("Revenu rapporté à l'âge", "Income compared with age"),
              lambda row: ratio(row.AMT_INCOME_TOTAL, _age(row))),
)

_FAMILY: Final = (
    _plain("family_status", "NAME_FAMILY_STATUS", Unit.CATEGORY, "Situation de famille", "Family situation"),
    _plain("child_count", "CNT_CHILDREN", Unit.COUNT, "Nombre d'enfants", "Number of children"),
    _plain("family_member_count", "CNT_FAM_MEMBERS", Unit.COUNT, "Taille de la famille", "Size of the family"),
    _computed("income_per_family_member", ("AMT_INCOME_TOTAL", "CNT_FAM_MEMBERS"), Unit.CURRENCY,
              ("Revenu par personne de la famille", "Income per family member"),
              lambda row: ratio(row.AMT_INCOME_TOTAL, row.CNT_FAM_MEMBERS)),
    _computed("child_share_of_family", ("CNT_CHILDREN", "CNT_FAM_MEMBERS"), Unit.SHARE,
              ("Part des enfants dans la famille", "Share of children in the family"),
              lambda row: ratio(row.CNT_CHILDREN, row.CNT_FAM_MEMBERS)),
)

_RESIDENCE: Final = (
    _plain("region_population", "REGION_POPULATION_RELATIVE", Unit.SCORE,
           "Population de la région", "Population of the region"),
    _plain("region_rating", "REGION_RATING_CLIENT", Unit.COUNT, "Note de la région", "Rating of the region"),
    _plain("region_and_town_rating", "REGION_RATING_CLIENT_W_CITY", Unit.COUNT,
           "Note de la région et de la ville", "Rating of the region and town"),
    *(_plain(f"{first}_{second}_{scale}_differ".lower(), f"{first}_{scale}_NOT_{second}_{scale}", Unit.FLAG,
             f"{label_fr} ({where_fr})", f"{label_en} ({where_en})")
      for scale, where_fr, where_en in (("REGION", "région", "region"), ("CITY", "ville", "town"))
      for first, second, label_fr, label_en in (
          ("REG", "LIVE", "Adresses permanente et de contact différentes", "Permanent and contact address differ"),
          ("REG", "WORK", "Adresses permanente et de travail différentes", "Permanent and work address differ"),
          ("LIVE", "WORK", "Adresses de contact et de travail différentes", "Contact and work address differ"))),
)

# The mean of each measure; its mode and median say nearly the same.
_BUILDING: Final = (
    *(_plain(f"building_{name}", f"{column}_AVG", Unit.SCORE, f"Immeuble : {label_fr}", f"Building: {label_en}")
      for name, column, label_fr, label_en in (
          ("flats", "APARTMENTS", "appartements", "flats"),
          ("basement", "BASEMENTAREA", "sous-sol", "basement"),
          ("opening", "YEARS_BEGINEXPLUATATION", "mise en service", "opening"),
          ("construction", "YEARS_BUILD", "construction", "construction"),
          ("shared_area", "COMMONAREA", "parties communes", "shared area"),
          ("lifts", "ELEVATORS", "ascenseurs", "lifts"),
          ("entrances", "ENTRANCES", "entrées", "entrances"),
          ("most_floors", "FLOORSMAX", "étages au plus", "most floors"),
          ("fewest_floors", "FLOORSMIN", "étages au moins", "fewest floors"),
          ("land", "LANDAREA", "terrain", "land"),
          ("living_area", "LIVINGAREA", "surface habitable", "living area"),
          ("other_area", "NONLIVINGAREA", "surface non habitable", "non-living area"))),
    _plain("building_total_area", "TOTALAREA_MODE", Unit.SCORE, "Immeuble : surface totale", "Building: total area"),
    _plain("building_repair_fund", "FONDKAPREMONT_MODE", Unit.CATEGORY,
           "Immeuble : provision pour travaux", "Building: repair fund"),
    _plain("building_shape", "HOUSETYPE_MODE", Unit.CATEGORY, "Immeuble : forme", "Building: shape"),
    _plain("building_walls", "WALLSMATERIAL_MODE", Unit.CATEGORY, "Immeuble : murs", "Building: walls"),
    _plain("building_unfit", "EMERGENCYSTATE_MODE", Unit.CATEGORY, "Immeuble : insalubrité", "Building: unfit"),
)

_SOCIAL_CIRCLE: Final = tuple(
    _plain(f"circle_{what}_{late_days}d", f"{prefix}_{late_days}_CNT_SOCIAL_CIRCLE", Unit.COUNT,
           f"Entourage {label_fr} ({late_days} jours)", f"People around {label_en} ({late_days} days)")
    for late_days in (30, 60)
    for what, prefix, label_fr, label_en in (("watched", "OBS", "suivi", "watched"),
                                             ("defaulted", "DEF", "en défaut", "in default"))
)

_COMPANION: Final = (
    _plain("companion", "NAME_TYPE_SUITE", Unit.CATEGORY, "Personne présente", "Who came along"),
)

_MOMENT: Final = (
    _plain("weekday", "WEEKDAY_APPR_PROCESS_START", Unit.CATEGORY, "Jour de la demande", "Weekday of the application"),
    _plain("hour", "HOUR_APPR_PROCESS_START", Unit.HOUR, "Heure de la demande", "Hour of the application"),
)

_CONTACT: Final = (
    _plain("mobile_given", "FLAG_MOBIL", Unit.FLAG, "Téléphone mobile indiqué", "Mobile number given"),
    _plain("mobile_reached", "FLAG_CONT_MOBILE", Unit.FLAG, "Téléphone mobile joignable", "Mobile number reached"),
    _plain("home_phone_given", "FLAG_PHONE", Unit.FLAG, "Téléphone fixe indiqué", "Home telephone given"),
    _plain("email_given", "FLAG_EMAIL", Unit.FLAG, "Adresse électronique indiquée", "E-mail address given"),
)
# fmt: on

FORBIDDEN_DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    *_SEX,
    *_AGE,
    *_FAMILY,
    *_RESIDENCE,
    *_BUILDING,
    *_SOCIAL_CIRCLE,
    *_COMPANION,
    *_MOMENT,
    *_CONTACT,
)

FORBIDDEN_GROUPS: Final[Mapping[str, tuple[FeatureDefinition, ...]]] = MappingProxyType(
    {
        name: tuple(item for item in FORBIDDEN_DEFINITIONS if forbidden_group(item.feature) == name)
        for name in dict.fromkeys(forbidden_group(item.feature) for item in FORBIDDEN_DEFINITIONS)
    }
)
"""The definitions by reason, in the order above."""
