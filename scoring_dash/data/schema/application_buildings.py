"""Columns that describe the building where the client lives; none of them may decide."""

from __future__ import annotations

from typing import Final

from scoring_dash.data.schema import application_vocabularies as words
from scoring_dash.data.schema.builders import category, score
from scoring_dash.data.schema.column import Column

_MEASURES: Final = (
    ("APARTMENTS", "Nombre d'appartements de l'immeuble", "Number of flats in the building"),
    ("BASEMENTAREA", "Surface du sous-sol de l'immeuble", "Basement area of the building"),
    ("YEARS_BEGINEXPLUATATION", "Ancienneté de la mise en service de l'immeuble", "Years since the building opened"),
    ("YEARS_BUILD", "Ancienneté de la construction de l'immeuble", "Years since the building was built"),
    ("COMMONAREA", "Surface des parties communes de l'immeuble", "Shared area of the building"),
    ("ELEVATORS", "Nombre d'ascenseurs de l'immeuble", "Number of lifts in the building"),
    ("ENTRANCES", "Nombre d'entrées de l'immeuble", "Number of entrances to the building"),
    ("FLOORSMAX", "Nombre maximal d'étages de l'immeuble", "Highest number of floors of the building"),
    ("FLOORSMIN", "Nombre minimal d'étages de l'immeuble", "Lowest number of floors of the building"),
    ("LANDAREA", "Surface du terrain de l'immeuble", "Land area of the building"),
    ("LIVINGAPARTMENTS", "Nombre de logements habités de l'immeuble", "Number of inhabited flats in the building"),
    ("LIVINGAREA", "Surface habitable de l'immeuble", "Living area of the building"),
    (
        "NONLIVINGAPARTMENTS",
        "Nombre de locaux non habités de l'immeuble",
        "Number of uninhabited units in the building",
    ),
    ("NONLIVINGAREA", "Surface non habitable de l'immeuble", "Non-living area of the building"),
)

_STATISTICS: Final = (
    ("AVG", "moyenne normalisée", "normalised mean"),
    ("MODE", "valeur la plus fréquente, normalisée", "normalised most frequent value"),
    ("MEDI", "médiane normalisée", "normalised median"),
)

BUILDING_COLUMNS: Final[tuple[Column, ...]] = (
    *(
        score(
            f"{measure}_{suffix}",
            f"{measure_fr} ({statistic_fr})",
            f"{measure_en} ({statistic_en})",
        )
        for suffix, statistic_fr, statistic_en in _STATISTICS
        for measure, measure_fr, measure_en in _MEASURES
    ),
    category(
        "FONDKAPREMONT_MODE",
        "Compte où est placée la provision pour gros travaux de l'immeuble",
        "Account that holds the building's major repair fund",
        words.REPAIR_FUNDS,
    ),
    category(
        "HOUSETYPE_MODE",
        "Forme de l'habitation",
        "Shape of the dwelling",
        words.HOUSE_TYPES,
    ),
    score(
        "TOTALAREA_MODE",
        "Surface totale de l'immeuble (valeur la plus fréquente, normalisée)",
        "Total area of the building (normalised most frequent value)",
    ),
    category(
        "WALLSMATERIAL_MODE",
        "Matériau des murs de l'immeuble",
        "Material of the building's walls",
        words.WALL_MATERIALS,
    ),
    category(
        "EMERGENCYSTATE_MODE",
        "L'immeuble est déclaré insalubre ou dangereux",
        "The building is declared unfit or dangerous",
        words.EMERGENCY_STATES,
    ),
)
