"""Features of the application itself: row formulas over the raw columns of ``application_train`` and ``_test``.

**Asking for less.** A scenario that lowers the amount at the same duration lowers credit and instalment together and
either leaves the price of the goods (the client pays more himself) or lowers it too. No constrained feature may then
move to the risky side. Hence
- the price of the goods itself and ``price - credit`` are *not* features: the first would fall with a smaller
  purchase though a dearer one is the safer, the second falls in proportion where the price exceeds the credit.
  Their information is in ``credit_to_price_ratio`` and in ``financed_fees`` = what the credit exceeds the price by,
  floored at zero, which never rise when less is asked for;
- ``credit_to_instalment_ratio``, the number of instalments without interest, stays the same and is free.

**Declaring more income.** Every feature that reads the income is constrained so that more of it never scores worse.
Income compared with time in the job is left out: it rises with income and with a short tenure, so no sign suits both
(on the real sample the AUC loses 0.0003 by it, within the noise).

**A better external score.** A client whose outside score improves must never be scored worse. The mean, the extremes,
the product and the scores themselves all fall in risk as one score rises. The disagreement of the scores and the
difference of two of them would not: raising the lower score narrows it, raising the higher one widens it, so no sign
suits both, and they are left out. How many scores are known is left out too: it says no more than which are missing.

**Documents.** More documents must never count against a client: their number is held at -1. In the past files those
who handed in document 3 defaulted more often, which nobody could explain to them; held at -1 too, a feature of its own
was never used, and is left out.

Neither sex, age, family, place of residence, building, companion, weekday, hour nor other people take part; nor does
the number of telephones given. ``FLAG_EMP_PHONE`` is left out because it says no more than "pensioner".
"""

from __future__ import annotations

from typing import Any, Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import TableName, Theme, Unit
from scoring_dash.data.features.formulas import (
    count_known,
    equals,
    largest_known,
    level,
    lookup,
    mean_known,
    positive_part,
    ratio,
    smallest_known,
    weighted_mean_known,
    without,
)
from scoring_dash.data.features.loan_terms import implied_cost, implied_interest_share, implied_term
from scoring_dash.data.features.registry import FeatureDefinition, define

_T: Final = TableName.APPLICATION_TRAIN
_W: Final = "application"

_SCORES: Final = ("EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3")
_DOCUMENTS: Final = tuple(f"FLAG_DOCUMENT_{number}" for number in range(2, 22))
_RECENT_ENQUIRIES: Final = tuple(f"AMT_REQ_CREDIT_BUREAU_{span}" for span in ("HOUR", "DAY", "WEEK", "MON", "QRT"))
_ENQUIRIES: Final = (*_RECENT_ENQUIRIES, "AMT_REQ_CREDIT_BUREAU_YEAR")
_EDUCATION_LEVELS: Final = (
    "Lower secondary",
    "Secondary / secondary special",
    "Incomplete higher",
    "Higher education",
    "Academic degree",
)
_EXPECTED_FACTS: Final = (
    *_SCORES,
    "AMT_ANNUITY",
    "AMT_GOODS_PRICE",
    "NAME_INCOME_TYPE",
    "OCCUPATION_TYPE",
    "ORGANIZATION_TYPE",
    "DAYS_EMPLOYED",
    "DAYS_LAST_PHONE_CHANGE",
    "OWN_CAR_AGE",
    "AMT_REQ_CREDIT_BUREAU_YEAR",
)
"""What most files hold. Columns that may not decide are not counted: their absence would tell of them."""


def _sum(row: Any, columns: tuple[str, ...]) -> Any:
    return sum((getattr(row, column) for column in columns[1:]), getattr(row, columns[0]))


def _known_scores(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in _SCORES)


def _job_tenure(row: Any) -> Any:
    return 0 - row.DAYS_EMPLOYED


# fmt: off
_EXTERNAL_SCORES: Final = (
    define(Feature("external_score_1", _T, ("EXT_SOURCE_1",), _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Note extérieure 1", "External score 1", monotone=-1),
           lambda row: row.EXT_SOURCE_1),
    define(Feature("external_score_2", _T, ("EXT_SOURCE_2",), _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Note extérieure 2", "External score 2", monotone=-1),
           lambda row: row.EXT_SOURCE_2),
    define(Feature("external_score_3", _T, ("EXT_SOURCE_3",), _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Note extérieure 3", "External score 3", monotone=-1),
           lambda row: row.EXT_SOURCE_3),
    define(Feature("external_score_mean", _T, _SCORES, _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Moyenne des notes extérieures", "Mean of the external scores", monotone=-1),
           lambda row: mean_known(*_known_scores(row))),
    define(Feature("external_score_min", _T, _SCORES, _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Note extérieure la plus basse", "Lowest external score", monotone=-1),
           lambda row: smallest_known(*_known_scores(row))),
    define(Feature("external_score_max", _T, _SCORES, _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Note extérieure la plus élevée", "Highest external score", monotone=-1),
           lambda row: largest_known(*_known_scores(row))),
    define(Feature("external_score_product", _T, _SCORES, _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Produit des trois notes extérieures", "Product of the three external scores", monotone=-1),
           lambda row: row.EXT_SOURCE_1 * row.EXT_SOURCE_2 * row.EXT_SOURCE_3),
    # Weights 2, 1, 3: js-aguiar/home-credit-default-competition; here they are shared among the scores present.
    define(Feature("external_score_weighted_mean", _T, _SCORES, _W, Unit.SCORE, Theme.EXTERNAL_SCORES,
                   "Moyenne pondérée des notes extérieures", "Weighted mean of the external scores", monotone=-1),
           lambda row: weighted_mean_known((2, row.EXT_SOURCE_1), (1, row.EXT_SOURCE_2), (3, row.EXT_SOURCE_3))),
)

_LOAN: Final = (
    define(Feature("contract_type", _T, ("NAME_CONTRACT_TYPE",), _W, Unit.CATEGORY, Theme.LOAN_SIZE,
                   "Type de crédit demandé", "Type of credit asked for"),
           lambda row: row.NAME_CONTRACT_TYPE),
    define(Feature("credit_amount", _T, ("AMT_CREDIT",), _W, Unit.CURRENCY, Theme.LOAN_SIZE,
                   "Montant du crédit demandé", "Amount of credit asked for", monotone=1),
           lambda row: row.AMT_CREDIT),
    define(Feature("instalment_amount", _T, ("AMT_ANNUITY",), _W, Unit.CURRENCY, Theme.LOAN_SIZE,
                   "Montant de l'échéance du crédit demandé", "Instalment of the credit asked for", monotone=1),
           lambda row: row.AMT_ANNUITY),
    define(Feature("credit_to_instalment_ratio", _T, ("AMT_CREDIT", "AMT_ANNUITY"), _W, Unit.RATIO, Theme.LOAN_SIZE,
                   "Nombre d'échéances pour rembourser, hors intérêts", "Instalments needed to repay, interest aside"),
           lambda row: ratio(row.AMT_CREDIT, row.AMT_ANNUITY)),
    define(Feature("credit_to_price_ratio", _T, ("AMT_CREDIT", "AMT_GOODS_PRICE"), _W, Unit.RATIO, Theme.LOAN_SIZE,
                   "Crédit rapporté au prix de l'achat", "Credit compared with the price of the purchase", monotone=1),
           lambda row: ratio(row.AMT_CREDIT, row.AMT_GOODS_PRICE)),
    define(Feature("financed_fees", _T, ("AMT_CREDIT", "AMT_GOODS_PRICE"), _W, Unit.CURRENCY, Theme.LOAN_SIZE,
                   "Frais et assurances financés par le crédit", "Fees and insurance financed by the credit",
                   monotone=1),
           lambda row: positive_part(row.AMT_CREDIT - row.AMT_GOODS_PRICE)),
    define(Feature("financed_fees_to_income_ratio", _T, ("AMT_CREDIT", "AMT_GOODS_PRICE", "AMT_INCOME_TOTAL"), _W,
                   Unit.RATIO, Theme.LOAN_SIZE, "Frais et assurances financés, rapportés au revenu",
                   "Financed fees and insurance compared with income", monotone=1),
           lambda row: ratio(positive_part(row.AMT_CREDIT - row.AMT_GOODS_PRICE), row.AMT_INCOME_TOTAL)),
    define(Feature("instalment_to_income_ratio", _T, ("AMT_ANNUITY", "AMT_INCOME_TOTAL"), _W, Unit.RATIO,
                   Theme.LOAN_SIZE, "Échéance rapportée au revenu", "Instalment compared with income", monotone=1),
           lambda row: ratio(row.AMT_ANNUITY, row.AMT_INCOME_TOTAL)),
    define(Feature("credit_to_income_ratio", _T, ("AMT_CREDIT", "AMT_INCOME_TOTAL"), _W, Unit.RATIO, Theme.LOAN_SIZE,
                   "Crédit rapporté au revenu", "Credit compared with income", monotone=1),
           lambda row: ratio(row.AMT_CREDIT, row.AMT_INCOME_TOTAL)),
)

_IMPLIED: Final = ("AMT_CREDIT", "AMT_ANNUITY", "NAME_CONTRACT_TYPE")

_LOAN_PRICE: Final = (
    define(Feature("implied_term", _T, _IMPLIED, _W, Unit.MONTHS, Theme.LOAN_PRICE,
                   "Durée probable du crédit demandé", "Likely term of the loan asked for"),
           implied_term),
    define(Feature("implied_interest_share", _T, _IMPLIED, _W, Unit.SHARE, Theme.LOAN_PRICE,
                   "Intérêts probables rapportés au crédit", "Likely interest compared with the credit"),
           implied_interest_share),
    define(Feature("implied_cost", _T, _IMPLIED, _W, Unit.SHARE, Theme.LOAN_PRICE,
                   "Coût probable du crédit demandé, par échéance", "Likely cost of the loan, per instalment"),
           implied_cost),
)

_INCOME_AND_JOB: Final = (
    define(Feature("income", _T, ("AMT_INCOME_TOTAL",), _W, Unit.CURRENCY, Theme.INCOME_JOB,
                   "Revenu déclaré", "Declared income", monotone=-1),
           lambda row: row.AMT_INCOME_TOTAL),
    # Parental leave reveals pregnancy or sex; such a client is scored as if the source of income were unknown.
    define(Feature("income_type", _T, ("NAME_INCOME_TYPE",), _W, Unit.CATEGORY, Theme.INCOME_JOB,
                   "Source du revenu", "Source of income"),
           lambda row: without(row.NAME_INCOME_TYPE, "Maternity leave")),
    define(Feature("occupation", _T, ("OCCUPATION_TYPE",), _W, Unit.CATEGORY, Theme.INCOME_JOB,
                   "Métier", "Occupation"),
           lambda row: row.OCCUPATION_TYPE),
    define(Feature("employer_sector", _T, ("ORGANIZATION_TYPE",), _W, Unit.CATEGORY, Theme.INCOME_JOB,
                   "Secteur de l'employeur", "Employer's sector"),
           lambda row: row.ORGANIZATION_TYPE),
    define(Feature("income_to_occupation_ratio", _T, ("AMT_INCOME_TOTAL", "OCCUPATION_TYPE"), _W, Unit.RATIO,
                   Theme.INCOME_JOB, "Revenu rapporté au revenu médian du même métier",
                   "Income compared with the median of the same occupation", monotone=-1),
           lambda row: ratio(row.AMT_INCOME_TOTAL,
                             lookup(row.OCCUPATION_TYPE, row.typical_incomes["OCCUPATION_TYPE"]))),
    define(Feature("income_to_sector_ratio", _T, ("AMT_INCOME_TOTAL", "ORGANIZATION_TYPE"), _W, Unit.RATIO,
                   Theme.INCOME_JOB, "Revenu rapporté au revenu médian du même secteur",
                   "Income compared with the median of the same sector", monotone=-1),
           lambda row: ratio(row.AMT_INCOME_TOTAL,
                             lookup(row.ORGANIZATION_TYPE, row.typical_incomes["ORGANIZATION_TYPE"]))),
    define(Feature("education_level", _T, ("NAME_EDUCATION_TYPE",), _W, Unit.LEVEL, Theme.INCOME_JOB,
                   "Niveau d'études", "Level of education", levels=_EDUCATION_LEVELS),
           lambda row: level(row.NAME_EDUCATION_TYPE, _EDUCATION_LEVELS)),
    define(Feature("job_tenure_days", _T, ("DAYS_EMPLOYED",), _W, Unit.DAYS, Theme.INCOME_JOB,
                   "Ancienneté dans l'emploi", "Time in the current job", monotone=-1),
           _job_tenure),
    define(Feature("phone_change_to_job_tenure_ratio", _T, ("DAYS_LAST_PHONE_CHANGE", "DAYS_EMPLOYED"), _W, Unit.RATIO,
                   Theme.INCOME_JOB, "Ancienneté du téléphone rapportée à celle de l'emploi",
                   "Age of the phone number compared with time in the job"),
           lambda row: ratio(0 - row.DAYS_LAST_PHONE_CHANGE, _job_tenure(row))),
    define(Feature("work_phone", _T, ("FLAG_WORK_PHONE",), _W, Unit.FLAG, Theme.INCOME_JOB,
                   "Téléphone professionnel indiqué", "Work telephone given"),
           lambda row: row.FLAG_WORK_PHONE),
)

_ASSETS: Final = (
    define(Feature("housing_type", _T, ("NAME_HOUSING_TYPE",), _W, Unit.CATEGORY, Theme.ASSETS,
                   "Mode de logement", "Kind of housing"),
           lambda row: row.NAME_HOUSING_TYPE),
    define(Feature("owns_home", _T, ("FLAG_OWN_REALTY",), _W, Unit.FLAG, Theme.ASSETS,
                   "Propriétaire d'un bien immobilier", "Owns a house or flat"),
           lambda row: equals(row.FLAG_OWN_REALTY, "Y")),
    define(Feature("car_age", _T, ("OWN_CAR_AGE",), _W, Unit.YEARS, Theme.ASSETS,
                   "Âge de la voiture", "Age of the car"),
           lambda row: row.OWN_CAR_AGE),
    define(Feature("car_age_to_job_tenure_ratio", _T, ("OWN_CAR_AGE", "DAYS_EMPLOYED"), _W, Unit.RATIO, Theme.ASSETS,
                   "Âge de la voiture rapporté à l'ancienneté dans l'emploi",
                   "Age of the car compared with time in the job"),
           lambda row: ratio(row.OWN_CAR_AGE * 365, _job_tenure(row))),
)

_FILE: Final = (
    define(Feature("registration_days", _T, ("DAYS_REGISTRATION",), _W, Unit.DAYS, Theme.COMPLETENESS,
                   "Ancienneté de l'inscription au registre", "Time since the last change of registration"),
           lambda row: 0 - row.DAYS_REGISTRATION),
    define(Feature("identity_document_days", _T, ("DAYS_ID_PUBLISH",), _W, Unit.DAYS, Theme.COMPLETENESS,
                   "Ancienneté de la pièce d'identité", "Age of the identity document"),
           lambda row: 0 - row.DAYS_ID_PUBLISH),
    define(Feature("phone_change_days", _T, ("DAYS_LAST_PHONE_CHANGE",), _W, Unit.DAYS, Theme.COMPLETENESS,
                   "Ancienneté du numéro de téléphone", "Time since the last change of phone number"),
           lambda row: 0 - row.DAYS_LAST_PHONE_CHANGE),
    define(Feature("document_count", _T, _DOCUMENTS, _W, Unit.COUNT, Theme.COMPLETENESS,
                   "Nombre de pièces justificatives fournies", "Number of supporting documents supplied", monotone=-1),
           lambda row: _sum(row, _DOCUMENTS)),
    define(Feature("missing_fact_count", _T, _EXPECTED_FACTS, _W, Unit.COUNT, Theme.COMPLETENESS,
                   "Nombre d'informations manquantes au dossier", "Number of facts missing from the file"),
           lambda row: len(_EXPECTED_FACTS) - count_known(*[getattr(row, column) for column in _EXPECTED_FACTS])),
    # The raw columns exclude one another (the quarter leaves out the last month …): their sum is the whole span.
    define(Feature("enquiry_count_3_months", _T, _RECENT_ENQUIRIES, "last 3 months", Unit.COUNT, Theme.DEBTS_ELSEWHERE,
                   "Consultations du dossier par des prêteurs (3 derniers mois)",
                   "Enquiries by lenders about the client (last 3 months)"),
           lambda row: _sum(row, _RECENT_ENQUIRIES)),
    define(Feature("enquiry_count_12_months", _T, _ENQUIRIES, "last 12 months", Unit.COUNT, Theme.DEBTS_ELSEWHERE,
                   "Consultations du dossier par des prêteurs (12 derniers mois)",
                   "Enquiries by lenders about the client (last 12 months)", monotone=1),
           lambda row: _sum(row, _ENQUIRIES)),
)

# fmt: on

DEFINITIONS: Final[tuple[FeatureDefinition, ...]] = (
    *_EXTERNAL_SCORES,
    *_LOAN,
    *_LOAN_PRICE,
    *_INCOME_AND_JOB,
    *_ASSETS,
    *_FILE,
)
