"""Credits with other lenders, as reported by the credit bureau."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import history_vocabularies as words
from scoring_dash.data.schema.builders import LIFETIME_DAYS, amount, category, count, days, identifier
from scoring_dash.data.schema.column import ColumnKind, Table

_INTEGER: Final = ColumnKind.INTEGER
# Dates of a century ago stand for "no date" in the original; they are kept in the raw table and cleaned to null.
_NO_DATE_BELOW: Final = -40_000.0

BUREAU: Final = Table(
    name=TableName.BUREAU,
    columns=(
        identifier("SK_ID_CURR", "Numéro du client et de sa demande", "Number of the client and application"),
        identifier(
            "SK_ID_BUREAU", "Numéro du crédit à la centrale des crédits", "Number of the credit at the credit bureau"
        ),
        category(
            "CREDIT_ACTIVE",
            "État du crédit à la centrale des crédits",
            "State of the credit at the credit bureau",
            words.BUREAU_STATES,
        ),
        category("CREDIT_CURRENCY", "Devise du crédit, recodée", "Currency of the credit, recoded", words.CURRENCIES),
        days(
            "DAYS_CREDIT",
            "Souscription du crédit, en jours par rapport à la demande",
            "Start of the credit, in days relative to the application",
            kind=_INTEGER,
            nullable=False,
        ),
        count(
            "CREDIT_DAY_OVERDUE",
            "Jours de retard du crédit à la date de la demande",
            "Days past due on the credit at the time of the application",
            kind=_INTEGER,
            unit=Unit.DAYS,
            maximum=LIFETIME_DAYS,
        ),
        days(
            "DAYS_CREDIT_ENDDATE",
            "Fin prévue du crédit, en jours par rapport à la demande",
            "Planned end of the credit, in days relative to the application",
            minimum=-100_000.0,
            maximum=100_000.0,
            implausible_below=_NO_DATE_BELOW,
        ),
        days(
            "DAYS_ENDDATE_FACT",
            "Fin réelle du crédit soldé, en jours par rapport à la demande",
            "Actual end of a closed credit, in days relative to the application",
            minimum=-100_000.0,
            implausible_below=_NO_DATE_BELOW,
        ),
        amount(
            "AMT_CREDIT_MAX_OVERDUE",
            "Plus gros impayé constaté sur le crédit",
            "Largest amount ever overdue on the credit",
        ),
        count(
            "CNT_CREDIT_PROLONG",
            "Nombre de prolongations du crédit",
            "How many times the credit was extended",
            kind=_INTEGER,
        ),
        amount("AMT_CREDIT_SUM", "Montant du crédit", "Amount of the credit"),
        amount(
            "AMT_CREDIT_SUM_DEBT",
            "Reste dû sur le crédit ; négatif si le client a payé d'avance",
            "Debt left on the credit; negative if the client paid in advance",
            minimum=-1e12,
        ),
        amount(
            "AMT_CREDIT_SUM_LIMIT",
            "Plafond disponible de la carte de crédit ; négatif s'il est dépassé",
            "Available limit of the credit card; negative if exceeded",
            minimum=-1e12,
        ),
        amount(
            "AMT_CREDIT_SUM_OVERDUE",
            "Montant en retard sur le crédit à la date de la demande",
            "Amount overdue on the credit at the time of the application",
        ),
        category("CREDIT_TYPE", "Nature du crédit", "Kind of credit", words.BUREAU_CREDIT_TYPES),
        days(
            "DAYS_CREDIT_UPDATE",
            "Dernière information reçue sur le crédit, en jours par rapport à la demande",
            "Last information received on the credit, in days relative to the application",
            kind=_INTEGER,
            minimum=-100_000.0,
            maximum=3_660.0,  # the original holds reports dated up to a year after the application
            implausible_below=_NO_DATE_BELOW,
        ),
        amount("AMT_ANNUITY", "Échéance régulière du crédit", "Regular instalment of the credit"),
    ),
    key=("SK_ID_BUREAU",),
    parent=TableName.APPLICATION_TRAIN,
    parent_key="SK_ID_CURR",
    meaning_fr=typeset_french("Crédits auprès d'autres prêteurs : un crédit par ligne"),
    meaning_en="Credits with other lenders: one credit a row",
)
