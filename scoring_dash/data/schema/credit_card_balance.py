"""Monthly statements of the client's earlier credit cards."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import history_vocabularies as words
from scoring_dash.data.schema.builders import (
    LIFETIME_DAYS,
    MAXIMUM_AMOUNT,
    UNKNOWN_TEXT,
    amount,
    category,
    count,
    identifier,
    months,
)
from scoring_dash.data.schema.column import Column, ColumnKind, Table

_INTEGER: Final = ColumnKind.INTEGER

_DRAWN: Final = (
    ("ATM_", "retiré au distributeur", "withdrawn at cash machines"),
    ("", "tiré au total", "drawn in all"),
    ("OTHER_", "tiré d'une autre façon", "drawn in other ways"),
    ("POS_", "dépensé en achats", "spent on purchases"),
)

_DRAWINGS: Final = (
    ("ATM_", "Nombre de retraits au distributeur", "Number of withdrawals at cash machines"),
    ("", "Nombre total d'opérations", "Number of drawings in all"),
    ("OTHER_", "Nombre d'autres opérations", "Number of other drawings"),
    ("POS_", "Nombre d'achats", "Number of purchases"),
)


def _owed(name: str, meaning_fr: str, meaning_en: str) -> Column:
    """Build an amount owed in a month; negative when the client has paid too much."""
    return amount(
        name,
        f"{meaning_fr} ; négatif si le client a trop payé",
        f"{meaning_en}; negative if the client paid too much",
        minimum=-MAXIMUM_AMOUNT,
    )


def _days_late(name: str, meaning_fr: str, meaning_en: str) -> Column:
    return count(name, meaning_fr, meaning_en, kind=_INTEGER, unit=Unit.DAYS, maximum=LIFETIME_DAYS)


CREDIT_CARD_BALANCE: Final = Table(
    name=TableName.CREDIT_CARD_BALANCE,
    columns=(
        identifier("SK_ID_PREV", "Numéro de l'ancien crédit", "Number of the previous credit"),
        identifier("SK_ID_CURR", "Numéro du client et de sa demande", "Number of the client and application"),
        months(
            "MONTHS_BALANCE",
            "Mois du relevé par rapport à la demande (-1 est le mois précédent)",
            "Month of the statement relative to the application (-1 is the month before)",
        ),
        _owed("AMT_BALANCE", "Solde dû sur la carte ce mois-là", "Balance owed on the card in that month"),
        amount(
            "AMT_CREDIT_LIMIT_ACTUAL",
            "Plafond de la carte ce mois-là",
            "Limit of the card in that month",
        ),
        *(
            amount(
                f"AMT_DRAWINGS_{way}CURRENT",
                f"Montant {what_fr} ce mois-là",
                f"Amount {what_en} in that month",
                minimum=-MAXIMUM_AMOUNT,  # a few negative corrections in the original
                implausible_below=0.0,
            )
            for way, what_fr, what_en in _DRAWN
        ),
        amount("AMT_INST_MIN_REGULARITY", "Échéance minimale du mois", "Minimum instalment of the month"),
        amount("AMT_PAYMENT_CURRENT", "Montant payé pendant le mois", "Amount paid during the month"),
        amount(
            "AMT_PAYMENT_TOTAL_CURRENT",
            "Montant total payé pendant le mois, tous versements compris",
            "Total amount paid during the month, every payment included",
        ),
        _owed("AMT_RECEIVABLE_PRINCIPAL", "Capital dû sur la carte", "Principal owed on the card"),
        _owed("AMT_RECIVABLE", "Montant dû sur la carte", "Amount owed on the card"),
        _owed("AMT_TOTAL_RECEIVABLE", "Montant total dû sur la carte", "Total amount owed on the card"),
        *(
            count(
                f"CNT_DRAWINGS_{way}CURRENT",
                f"{what_fr} pendant le mois",
                f"{what_en} during the month",
                kind=_INTEGER if way == "" else ColumnKind.DECIMAL,
            )
            for way, what_fr, what_en in _DRAWINGS
        ),
        count("CNT_INSTALMENT_MATURE_CUM", "Nombre d'échéances payées à ce jour", "Number of instalments paid so far"),
        category(
            "NAME_CONTRACT_STATUS",
            "État du contrat ce mois-là",
            "State of the contract in that month",
            words.CONTRACT_STATUSES,
            sentinels=(UNKNOWN_TEXT,),
        ),
        _days_late("SK_DPD", "Jours de retard ce mois-là", "Days past due in that month"),
        _days_late(
            "SK_DPD_DEF",
            "Jours de retard ce mois-là, petites sommes ignorées",
            "Days past due in that month, small debts ignored",
        ),
    ),
    key=(),
    parent=TableName.PREVIOUS_APPLICATION,
    parent_key="SK_ID_PREV",
    meaning_fr=typeset_french("Relevés mensuels des anciennes cartes de crédit : une carte et un mois par ligne"),
    meaning_en="Monthly statements of earlier credit cards: one card and month a row",
)
