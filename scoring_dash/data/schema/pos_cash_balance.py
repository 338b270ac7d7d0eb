"""Monthly states of the client's earlier in-store and personal loans."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import history_vocabularies as words
from scoring_dash.data.schema.builders import (
    LIFETIME_DAYS,
    UNKNOWN_TEXT,
    category,
    count,
    identifier,
    months,
)
from scoring_dash.data.schema.column import ColumnKind, Table

POS_CASH_BALANCE: Final = Table(
    name=TableName.POS_CASH_BALANCE,
    columns=(
        identifier("SK_ID_PREV", "Numéro de l'ancien crédit", "Number of the previous credit"),
        identifier("SK_ID_CURR", "Numéro du client et de sa demande", "Number of the client and application"),
        months(
            "MONTHS_BALANCE",
            "Mois du relevé par rapport à la demande (-1 est le mois précédent)",
            "Month of the statement relative to the application (-1 is the month before)",
        ),
        count(
            "CNT_INSTALMENT",
            "Durée de l'ancien crédit ce mois-là",
            "Term of the credit in that month",
            unit=Unit.MONTHS,
        ),
        count("CNT_INSTALMENT_FUTURE", "Échéances restant à payer ce mois-là", "Instalments left to pay in that month"),
        category(
            "NAME_CONTRACT_STATUS",
            "État du contrat ce mois-là",
            "State of the contract in that month",
            words.CONTRACT_STATUSES,
            sentinels=(UNKNOWN_TEXT,),
        ),
        count(
            "SK_DPD",
            "Jours de retard ce mois-là",
            "Days past due in that month",
            kind=ColumnKind.INTEGER,
            unit=Unit.DAYS,
            maximum=LIFETIME_DAYS,
        ),
        count(
            "SK_DPD_DEF",
            "Jours de retard ce mois-là, petites sommes ignorées",
            "Days past due in that month, small debts ignored",
            kind=ColumnKind.INTEGER,
            unit=Unit.DAYS,
            maximum=LIFETIME_DAYS,
        ),
    ),
    key=(),
    parent=TableName.PREVIOUS_APPLICATION,
    parent_key="SK_ID_PREV",
    meaning_fr=typeset_french(
        "Suivi mensuel des anciens crédits en magasin et prêts personnels : un crédit et un mois par ligne"
    ),
    meaning_en="Monthly history of earlier in-store and personal loans: one credit and month a row",
)
