"""Instalments of the client's earlier credits: what was due and what was paid."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName
from scoring_dash.data.schema.builders import amount, count, days, identifier
from scoring_dash.data.schema.column import ColumnKind, Table

INSTALLMENTS_PAYMENTS: Final = Table(
    name=TableName.INSTALLMENTS_PAYMENTS,
    columns=(
        identifier("SK_ID_PREV", "Numéro de l'ancien crédit", "Number of the previous credit"),
        identifier("SK_ID_CURR", "Numéro du client et de sa demande", "Number of the client and application"),
        count(
            "NUM_INSTALMENT_VERSION",
            "Version de l'échéancier (0 pour une carte) ; elle change quand les conditions changent",
            "Version of the payment plan (0 for a card); it changes when the terms change",
        ),
        count(
            "NUM_INSTALMENT_NUMBER",
            "Rang de l'échéance dans l'échéancier",
            "Rank of the instalment in the plan",
            kind=ColumnKind.INTEGER,
            nullable=False,
        ),
        days(
            "DAYS_INSTALMENT",
            "Date prévue de l'échéance, en jours par rapport à la demande",
            "Date when the instalment was due, in days relative to the application",
        ),
        days(
            "DAYS_ENTRY_PAYMENT",
            "Date réelle du paiement, en jours par rapport à la demande",
            "Date when the payment came, in days relative to the application",
        ),
        amount("AMT_INSTALMENT", "Montant prévu de l'échéance", "Amount due"),
        amount("AMT_PAYMENT", "Montant réellement payé", "Amount actually paid"),
    ),
    # An instalment can be paid in parts, so that nothing identifies a row.
    key=(),
    parent=TableName.PREVIOUS_APPLICATION,
    parent_key="SK_ID_PREV",
    meaning_fr=typeset_french("Échéances des anciens crédits : un paiement, ou une échéance manquée, par ligne"),
    meaning_en="Instalments of earlier credits: one payment, or one missed instalment, a row",
)
