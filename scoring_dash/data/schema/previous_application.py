"""Earlier applications of the client to this lender, granted or not."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import application_vocabularies
from scoring_dash.data.schema import history_vocabularies as words
from scoring_dash.data.schema.builders import (
    LIFETIME_DAYS,
    NOT_APPLICABLE_TEXT,
    UNKNOWN_DAY,
    UNKNOWN_TEXT,
    amount,
    category,
    count,
    days,
    flag,
    identifier,
    score,
)
from scoring_dash.data.schema.column import Column, ColumnKind, Table

_INTEGER: Final = ColumnKind.INTEGER

_LOAN: Final[tuple[Column, ...]] = (
    identifier("SK_ID_PREV", "Numéro de l'ancienne demande", "Number of the previous application"),
    identifier("SK_ID_CURR", "Numéro du client et de sa demande", "Number of the client and application"),
    category(
        "NAME_CONTRACT_TYPE",
        "Nature du crédit demandé",
        "Kind of credit asked for",
        words.PREVIOUS_CONTRACT_TYPES,
        sentinels=(UNKNOWN_TEXT,),
    ),
    amount("AMT_ANNUITY", "Échéance régulière de l'ancienne demande", "Regular instalment of the previous application"),
    # An amount or a term of zero means that the application never reached that point, not a loan of nothing.
    amount("AMT_APPLICATION", "Montant demandé par le client", "Amount that the client asked for", sentinels=(0.0,)),
    amount(
        "AMT_CREDIT", "Montant finalement accordé ou proposé", "Amount finally granted or offered", sentinels=(0.0,)
    ),
    amount(
        "AMT_DOWN_PAYMENT",
        "Apport versé par le client",
        "Down payment made by the client",
        minimum=-1.0,  # rounding in the original goes down to -0.9
    ),
    amount("AMT_GOODS_PRICE", "Prix du bien financé, s'il y en a un", "Price of the goods paid for, if any"),
    category(
        "WEEKDAY_APPR_PROCESS_START",
        "Jour de la semaine de l'ancienne demande",
        "Weekday of the previous application",
        application_vocabularies.WEEKDAYS,
    ),
    count(
        "HOUR_APPR_PROCESS_START",
        "Heure de l'ancienne demande, arrondie",
        "Hour of the previous application, rounded",
        kind=_INTEGER,
        unit=Unit.HOUR,
        maximum=23.0,
    ),
    category(
        "FLAG_LAST_APPL_PER_CONTRACT",
        "Dernière demande enregistrée pour ce contrat",
        "Last application recorded for this contract",
        application_vocabularies.YES_NO,
    ),
    flag(
        "NFLAG_LAST_APPL_IN_DAY",
        "Dernière demande du client ce jour-là",
        "Client's last application on that day",
    ),
    score(
        "RATE_DOWN_PAYMENT",
        "Part de l'apport, normalisée",
        "Share of the down payment, normalised",
        unit=Unit.SHARE,
        minimum=-0.01,  # rounding in the original
    ),
    score("RATE_INTEREST_PRIMARY", "Taux d'intérêt de base, normalisé", "Basic interest rate, normalised"),
    score(
        "RATE_INTEREST_PRIVILEGED", "Taux d'intérêt préférentiel, normalisé", "Preferential interest rate, normalised"
    ),
    category(
        "NAME_CASH_LOAN_PURPOSE",
        "Usage déclaré du prêt personnel",
        "Stated purpose of the personal loan",
        words.LOAN_PURPOSES,
        sentinels=(UNKNOWN_TEXT, NOT_APPLICABLE_TEXT),
    ),
)

_DECISION: Final[tuple[Column, ...]] = (
    category(
        "NAME_CONTRACT_STATUS",
        "Suite donnée à l'ancienne demande",
        "What became of the previous application",
        words.APPLICATION_STATUSES,
    ),
    days(
        "DAYS_DECISION",
        "Décision sur l'ancienne demande, en jours par rapport à la demande actuelle",
        "Decision on the previous application, in days relative to the present one",
        kind=_INTEGER,
        nullable=False,
    ),
    category(
        "NAME_PAYMENT_TYPE",
        "Moyen de paiement choisi",
        "Means of payment chosen",
        words.PAYMENT_TYPES,
        sentinels=(UNKNOWN_TEXT,),
    ),
    category(
        "CODE_REJECT_REASON",
        "Motif du refus de l'ancienne demande",
        "Why the previous application was refused",
        words.REJECTION_REASONS,
        sentinels=(UNKNOWN_TEXT, NOT_APPLICABLE_TEXT),
    ),
    category(
        "NAME_TYPE_SUITE",
        "Personne qui accompagnait le client lors de l'ancienne demande",
        "Who accompanied the client for the previous application",
        application_vocabularies.COMPANIONS,
    ),
    category(
        "NAME_CLIENT_TYPE",
        "Nouveau client ou client connu lors de l'ancienne demande",
        "New or known client at the time of the previous application",
        words.CLIENT_TYPES,
        sentinels=(UNKNOWN_TEXT,),
    ),
    category(
        "NAME_GOODS_CATEGORY",
        "Nature du bien financé",
        "Kind of goods paid for",
        words.GOODS,
        sentinels=(UNKNOWN_TEXT,),
    ),
    category(
        "NAME_PORTFOLIO",
        "Famille de produits de l'ancienne demande",
        "Product family of the previous application",
        words.PORTFOLIOS,
        sentinels=(UNKNOWN_TEXT,),
    ),
    category(
        "NAME_PRODUCT_TYPE",
        "Origine de l'ancienne demande : offre du prêteur ou démarche du client",
        "Origin of the previous application: lender's offer or client's own request",
        words.PRODUCT_TYPES,
        sentinels=(UNKNOWN_TEXT,),
    ),
    category(
        "CHANNEL_TYPE",
        "Canal de vente de l'ancienne demande",
        "Sales channel of the previous application",
        words.CHANNELS,
    ),
    count(
        "SELLERPLACE_AREA",
        "Surface du point de vente",
        "Area of the point of sale",
        kind=_INTEGER,
        minimum=0.0,
        maximum=1e9,
        sentinels=(-1.0,),
    ),
    category(
        "NAME_SELLER_INDUSTRY",
        "Secteur du vendeur",
        "Seller's line of business",
        words.SELLER_INDUSTRIES,
        sentinels=(UNKNOWN_TEXT,),
    ),
    count(
        "CNT_PAYMENT",
        "Durée prévue de l'ancien crédit",
        "Planned term of the previous credit",
        unit=Unit.MONTHS,
        maximum=1_200.0,
        sentinels=(0.0,),
    ),
    category(
        "NAME_YIELD_GROUP",
        "Niveau du taux d'intérêt de l'ancien crédit",
        "Level of interest rate of the previous credit",
        words.YIELD_GROUPS,
        sentinels=(UNKNOWN_TEXT,),
    ),
    category(
        "PRODUCT_COMBINATION",
        "Produit détaillé de l'ancienne demande",
        "Detailed product of the previous application",
        words.PRODUCTS,
    ),
)

_DATES: Final[tuple[Column, ...]] = tuple(
    days(
        name,
        f"{what_fr}, en jours par rapport à la demande actuelle",
        f"{what_en}, in days relative to the present application",
        maximum=LIFETIME_DAYS,
        sentinels=(UNKNOWN_DAY,),
    )
    for name, what_fr, what_en in (
        ("DAYS_FIRST_DRAWING", "Premier déblocage des fonds", "First release of the money"),
        ("DAYS_FIRST_DUE", "Première échéance prévue", "First instalment due"),
        ("DAYS_LAST_DUE_1ST_VERSION", "Dernière échéance prévue à l'origine", "Last instalment due as first planned"),
        ("DAYS_LAST_DUE", "Dernière échéance", "Last instalment due"),
        ("DAYS_TERMINATION", "Fin de l'ancien crédit", "End of the previous credit"),
    )
)

PREVIOUS_APPLICATION: Final = Table(
    name=TableName.PREVIOUS_APPLICATION,
    columns=(
        *_LOAN,
        *_DECISION,
        *_DATES,
        flag(
            "NFLAG_INSURED_ON_APPROVAL",
            "Assurance demandée avec l'ancien crédit",
            "Insurance asked for with the previous credit",
            kind=ColumnKind.DECIMAL,
        ),
    ),
    key=("SK_ID_PREV",),
    parent=TableName.APPLICATION_TRAIN,
    parent_key="SK_ID_CURR",
    meaning_fr=typeset_french("Anciennes demandes du client chez nous : une demande par ligne, accordée ou non"),
    meaning_en="Client's earlier applications to us: one application a row, granted or not",
)
