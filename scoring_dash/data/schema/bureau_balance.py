"""Monthly states of the credits with other lenders."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName
from scoring_dash.data.schema import history_vocabularies as words
from scoring_dash.data.schema.builders import category, identifier, months
from scoring_dash.data.schema.column import Table

BUREAU_BALANCE: Final = Table(
    name=TableName.BUREAU_BALANCE,
    columns=(
        identifier(
            "SK_ID_BUREAU", "Numéro du crédit à la centrale des crédits", "Number of the credit at the credit bureau"
        ),
        months(
            "MONTHS_BALANCE",
            "Mois du relevé par rapport à la demande (0 est le plus récent)",
            "Month of the statement relative to the application (0 is the latest)",
        ),
        category(
            "STATUS",
            "État du crédit ce mois-là : retard de paiement, crédit soldé ou statut inconnu",
            "State of the credit in that month: arrears, closed or unknown",
            words.MONTHLY_STATUSES,
            nullable=False,
        ),
    ),
    # One row a credit and month in the original; checking it would cost more than reading the table.
    key=(),
    parent=TableName.BUREAU,
    parent_key="SK_ID_BUREAU",
    meaning_fr=typeset_french(
        "Historique mensuel des crédits auprès d'autres prêteurs : un crédit et un mois par ligne"
    ),
    meaning_en="Monthly history of the credits with other lenders: one credit and month a row",
)
