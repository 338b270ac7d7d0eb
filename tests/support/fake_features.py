"""The invented features of the fake services: every theme and unit, with how values are drawn and what they weigh."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit

APPLICATION = TableName.APPLICATION_TRAIN


@dataclass(frozen=True)
class Recipe:
    """A feature, how its values are invented, and its weight per unit above ``centre`` (in log-odds)."""

    feature: Feature
    centre: float
    width: float
    weight: float
    missing: float = 0.0
    whole: bool = False
    least: float = -math.inf
    categories: Mapping[str, float] = field(default_factory=dict)


def _recipe(
    name: str,
    theme: Theme,
    unit: Unit,
    labels: tuple[str, str],
    numbers: tuple[float, float, float],
    *,
    columns: tuple[str, ...] = ("AMT_CREDIT",),
    table: TableName | None = APPLICATION,
    missing: float = 0.0,
    least: float = 0.0,
    categories: Mapping[str, float] | None = None,
) -> Recipe:
    feature = Feature(name, table, columns, "all", unit, theme, labels[0], labels[1])
    whole = unit in (Unit.COUNT, Unit.FLAG, Unit.CURRENCY)
    return Recipe(feature, *numbers, missing=missing, whole=whole, least=least, categories=categories or {})


RECIPES: tuple[Recipe, ...] = (
    _recipe(
        "ext_source_mean",
        Theme.EXTERNAL_SCORES,
        Unit.SCORE,
        ("Moyenne des notes d'organismes extérieurs", "Mean of the scores from outside agencies"),
        (0.52, 0.15, -5.0),
    ),
    _recipe(
        "ext_source_1",
        Theme.EXTERNAL_SCORES,
        Unit.SCORE,
        ("Première note d'un organisme extérieur", "First score from an outside agency"),
        (0.5, 0.2, -0.8),
        columns=("EXT_SOURCE_1",),
        missing=0.5,
    ),
    _recipe(
        "credit_amount",
        Theme.LOAN_SIZE,
        Unit.CURRENCY,
        ("Montant du crédit demandé", "Amount asked for"),
        (500_000, 250_000, 4e-7),
        least=45_000,
    ),
    _recipe(
        "credit_to_price",
        Theme.LOAN_SIZE,
        Unit.RATIO,
        ("Crédit rapporté au prix du bien", "Loan relative to the price of the goods"),
        (1.12, 0.08, 1.5),
        least=0.7,
    ),
    _recipe(
        "annuity_to_income",
        Theme.LOAN_SIZE,
        Unit.SHARE,
        ("Part du revenu prise par l'échéance", "Share of income taken by the instalment"),
        (0.17, 0.08, 1.2),
        least=0.01,
    ),
    _recipe(
        "income",
        Theme.INCOME_JOB,
        Unit.CURRENCY,
        ("Revenu annuel déclaré", "Declared yearly income"),
        (165_000, 80_000, -4e-7),
        least=27_000,
    ),
    _recipe(
        "employed_days",
        Theme.INCOME_JOB,
        Unit.DAYS,
        ("Ancienneté dans l'emploi", "Time in the present job"),
        (1_900, 1_500, -1.2e-4),
        columns=("DAYS_EMPLOYED",),
        missing=0.18,
    ),
    _recipe(
        "income_type",
        Theme.INCOME_JOB,
        Unit.CATEGORY,
        ("Nature des revenus", "Kind of income"),
        (0, 0, 1),
        columns=("NAME_INCOME_TYPE",),
        categories={"Working": 0.08, "Pensioner": -0.2, "State servant": -0.15, "Commercial associate": -0.02},
    ),
    _recipe(
        "organization_type",
        Theme.INCOME_JOB,
        Unit.CATEGORY,
        ("Secteur de l'employeur", "Employer's sector"),
        (0, 0, 1),
        columns=("ORGANIZATION_TYPE",),
        missing=0.1,
        categories={
            name: 0.02 * rank - 0.1
            for rank, name in enumerate(
                (
                    "Business Entity Type 3",
                    "Self-employed",
                    "Other",
                    "Medicine",
                    "Government",
                    "School",
                    "Kindergarten",
                    "Construction",
                    "Transport: type 4",
                    "Trade: type 7",
                    "Industry: type 3",
                    "Security",
                    "Housing",
                    "Military",
                    "Police",
                )
            )
        },
    ),
    _recipe("owns_car", Theme.ASSETS, Unit.FLAG, ("Possède une voiture", "Owns a car"), (0.4, 0.5, -0.15)),
    _recipe(
        "housing_type",
        Theme.ASSETS,
        Unit.CATEGORY,
        ("Logement", "Housing"),
        (0, 0, 1),
        columns=("NAME_HOUSING_TYPE",),
        categories={"House / apartment": -0.02, "With parents": 0.15, "Rented apartment": 0.2},
    ),
    _recipe(
        "late_share_recent",
        Theme.RECENT_PUNCTUALITY,
        Unit.SHARE,
        ("Part des échéances payées en retard (12 derniers mois)", "Share of instalments paid late (last 12 months)"),
        (0.06, 0.09, 2.5),
        missing=0.05,
        table=TableName.INSTALLMENTS_PAYMENTS,
    ),
    _recipe(
        "longest_delay_recent",
        Theme.RECENT_PUNCTUALITY,
        Unit.DAYS,
        ("Plus long retard de paiement (12 derniers mois)", "Longest delay of payment (last 12 months)"),
        (4, 8, 0.02),
        missing=0.05,
        table=TableName.INSTALLMENTS_PAYMENTS,
    ),
    _recipe(
        "late_share_old",
        Theme.PAST_PUNCTUALITY,
        Unit.SHARE,
        (
            "Part des échéances payées en retard (avant les 12 derniers mois)",
            "Share of instalments paid late (before the last 12 months)",
        ),
        (0.08, 0.1, 1.0),
        missing=0.05,
        table=TableName.INSTALLMENTS_PAYMENTS,
    ),
    _recipe(
        "bureau_debt",
        Theme.DEBTS_ELSEWHERE,
        Unit.CURRENCY,
        ("Dettes en cours ailleurs", "Running debts elsewhere"),
        (250_000, 300_000, 2e-7),
        missing=0.14,
        table=TableName.BUREAU,
    ),
    _recipe(
        "bureau_debt_ratio",
        Theme.DEBTS_ELSEWHERE,
        Unit.SHARE,
        ("Part restant due des crédits obtenus ailleurs", "Share still owed of loans elsewhere"),
        (0.35, 0.25, 0.6),
        missing=0.14,
        table=TableName.BUREAU,
    ),
    _recipe(
        "bureau_credits",
        Theme.CREDIT_HISTORY,
        Unit.COUNT,
        ("Crédits connus ailleurs", "Loans known elsewhere"),
        (5, 3, 0.015),
        table=TableName.BUREAU,
    ),
    _recipe(
        "bureau_age_years",
        Theme.CREDIT_HISTORY,
        Unit.YEARS,
        ("Ancienneté du premier crédit connu", "Age of the first known loan"),
        (4.5, 2, -0.08),
        missing=0.14,
        table=TableName.BUREAU,
    ),
    _recipe(
        "refused_share",
        Theme.PAST_APPLICATIONS,
        Unit.SHARE,
        ("Part des demandes passées qui ont été refusées", "Share of past applications that were refused"),
        (0.15, 0.2, 0.8),
        missing=0.04,
        table=TableName.PREVIOUS_APPLICATION,
    ),
    _recipe(
        "previous_count",
        Theme.PAST_APPLICATIONS,
        Unit.COUNT,
        ("Demandes passées", "Past applications"),
        (4, 3, 0.01),
        table=TableName.PREVIOUS_APPLICATION,
    ),
    _recipe(
        "previous_term",
        Theme.PAST_APPLICATIONS,
        Unit.MONTHS,
        ("Durée moyenne des crédits passés", "Mean term of past loans"),
        (16, 9, 0.005),
        missing=0.04,
        table=TableName.PREVIOUS_APPLICATION,
    ),
    _recipe(
        "card_use",
        Theme.CARD_USE,
        Unit.SHARE,
        ("Part utilisée du plafond de la carte", "Share of the card limit in use"),
        (0.3, 0.3, 0.5),
        missing=0.7,
        table=TableName.CREDIT_CARD_BALANCE,
    ),
    _recipe(
        "card_drawings",
        Theme.CARD_USE,
        Unit.COUNT,
        ("Retraits d'espèces par mois avec la carte", "Cash withdrawals per month with the card"),
        (1.2, 1.5, 0.08),
        missing=0.7,
        table=TableName.CREDIT_CARD_BALANCE,
    ),
    _recipe(
        "documents",
        Theme.COMPLETENESS,
        Unit.COUNT,
        ("Pièces jointes à la demande", "Documents joined to the file"),
        (1, 1, -0.05),
    ),
    _recipe(
        "application_hour",
        Theme.COMPLETENESS,
        Unit.HOUR,
        ("Heure de la demande", "Hour of the application"),
        (12, 3, 0.0),
    ),
)
