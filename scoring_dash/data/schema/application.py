"""The two application tables: the loan asked for and who asks; the training table adds the outcome."""

from __future__ import annotations

from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.schema import application_vocabularies as words
from scoring_dash.data.schema.application_buildings import BUILDING_COLUMNS
from scoring_dash.data.schema.builders import (
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

_CLIENT: Final = identifier("SK_ID_CURR", "Numéro du client et de sa demande", "Number of the client and application")

_OUTCOME: Final = flag(
    "TARGET",
    "Difficultés de paiement constatées : 1 si le client a payé en retard l'une des premières échéances, 0 sinon",
    "Payment difficulties observed: 1 if the client paid one of the first instalments late, 0 otherwise",
    nullable=False,
)

_LOAN_AND_PERSON: Final[tuple[Column, ...]] = (
    category(
        "NAME_CONTRACT_TYPE",
        "Nature du crédit demandé : prêt personnel ou crédit renouvelable",
        "Kind of credit asked for: personal loan or revolving credit",
        words.CONTRACT_TYPES,
    ),
    category("CODE_GENDER", "Sexe du client", "Client's sex", words.SEXES, sentinels=(UNKNOWN_TEXT,)),
    category("FLAG_OWN_CAR", "Le client possède une voiture", "The client owns a car", words.YES_NO),
    category(
        "FLAG_OWN_REALTY",
        "Le client est propriétaire d'une maison ou d'un appartement",
        "The client owns a house or a flat",
        words.YES_NO,
    ),
    count("CNT_CHILDREN", "Nombre d'enfants", "Number of children", kind=_INTEGER, maximum=50.0),
    amount("AMT_INCOME_TOTAL", "Revenu déclaré par le client", "Income declared by the client", nullable=False),
    amount("AMT_CREDIT", "Montant du crédit demandé", "Amount of the loan asked for", nullable=False),
    amount("AMT_ANNUITY", "Échéance régulière du crédit demandé", "Regular instalment of the loan asked for"),
    amount(
        "AMT_GOODS_PRICE",
        "Prix du bien que le crédit finance",
        "Price of the goods that the loan pays for",
    ),
    category(
        "NAME_TYPE_SUITE",
        "Personne qui accompagnait le client lors de la demande",
        "Who accompanied the client when applying",
        words.COMPANIONS,
    ),
    category(
        "NAME_INCOME_TYPE",
        "Origine principale du revenu",
        "Main source of income",
        words.INCOME_TYPES,
    ),
    category(
        "NAME_EDUCATION_TYPE",
        "Niveau d'études le plus élevé atteint",
        "Highest level of education reached",
        words.EDUCATION_LEVELS,
    ),
    category(
        "NAME_FAMILY_STATUS",
        "Situation de famille",
        "Family situation",
        words.FAMILY_STATUSES,
    ),
    category(
        "NAME_HOUSING_TYPE",
        "Mode de logement",
        "Housing situation",
        words.HOUSING_TYPES,
    ),
    score(
        "REGION_POPULATION_RELATIVE",
        "Population relative de la région du client, normalisée",
        "Relative population of the client's region, normalised",
    ),
    days(
        "DAYS_BIRTH",
        "Âge en jours, compté négativement à partir de la demande",
        "Age in days, counted backwards from the application",
        kind=_INTEGER,
        maximum=-5_844.0,  # sixteen years: an age written as a positive number is caught here
    ),
    days(
        "DAYS_EMPLOYED",
        "Début de l'emploi actuel, en jours par rapport à la demande",
        "Start of the present job, in days relative to the application",
        kind=_INTEGER,
        sentinels=(UNKNOWN_DAY,),
    ),
    days(
        "DAYS_REGISTRATION",
        "Dernier changement d'enregistrement administratif, en jours par rapport à la demande",
        "Last change of official registration, in days relative to the application",
    ),
    days(
        "DAYS_ID_PUBLISH",
        "Délivrance de la pièce d'identité présentée, en jours par rapport à la demande",
        "Issue of the identity document shown, in days relative to the application",
        kind=_INTEGER,
    ),
    count(
        "OWN_CAR_AGE",
        "Âge de la voiture du client",
        "Age of the client's car",
        unit=Unit.YEARS,
        maximum=150.0,
    ),
)

_CONTACTS: Final[tuple[Column, ...]] = (
    flag("FLAG_MOBIL", "Téléphone mobile indiqué", "Mobile number given"),
    flag(
        "FLAG_EMP_PHONE",
        "Téléphone de l'employeur indiqué",
        "Employer's telephone number given",
    ),
    flag(
        "FLAG_WORK_PHONE",
        "Ligne fixe professionnelle indiquée",
        "Landline at work given",
    ),
    flag("FLAG_CONT_MOBILE", "Téléphone mobile joignable", "Mobile number could be reached"),
    flag("FLAG_PHONE", "Téléphone du domicile indiqué", "Home telephone number given"),
    flag("FLAG_EMAIL", "Adresse électronique indiquée", "E-mail address given"),
)

_PLACES: Final = {
    "REG": ("L'adresse permanente", "l'adresse permanente", "Permanent address", "permanent address"),
    "LIVE": ("L'adresse de contact", "l'adresse de contact", "Contact address", "contact address"),
    "WORK": ("L'adresse de travail", "l'adresse de travail", "Work address", "work address"),
}

_JOB_AND_PLACE: Final[tuple[Column, ...]] = (
    category("OCCUPATION_TYPE", "Métier du client", "Client's occupation", words.OCCUPATIONS),
    count(
        "CNT_FAM_MEMBERS",
        "Nombre de personnes dans la famille, client compris",
        "Number of family members, client included",
        maximum=52.0,
    ),
    count(
        "REGION_RATING_CLIENT",
        "Note interne de la région du client, de 1 à 3",
        "Lender's rating of the client's region, 1 to 3",
        kind=_INTEGER,
        minimum=1.0,
        maximum=3.0,
    ),
    count(
        "REGION_RATING_CLIENT_W_CITY",
        "Note interne de la région et de la ville du client, de 1 à 3",
        "Lender's rating of the client's region and town, 1 to 3",
        kind=_INTEGER,
        minimum=1.0,
        maximum=3.0,
        sentinels=(-1.0,),  # one row of the original test table
    ),
    category(
        "WEEKDAY_APPR_PROCESS_START",
        "Jour de la semaine de la demande",
        "Weekday of the application",
        words.WEEKDAYS,
    ),
    count(
        "HOUR_APPR_PROCESS_START",
        "Heure de la demande, arrondie",
        "Hour of the application, rounded",
        kind=_INTEGER,
        unit=Unit.HOUR,
        maximum=23.0,
    ),
    *(
        flag(
            f"{first}_{scale}_NOT_{second}_{scale}",
            f"{_PLACES[first][0]} et {_PLACES[second][1]} sont dans deux {where_fr}",
            f"{_PLACES[first][2]} and {_PLACES[second][3]} are in two different {where_en}",
        )
        for scale, where_fr, where_en in (("REGION", "régions", "regions"), ("CITY", "villes", "towns"))
        for first, second in (("REG", "LIVE"), ("REG", "WORK"), ("LIVE", "WORK"))
    ),
    category(
        "ORGANIZATION_TYPE",
        "Secteur d'activité de l'employeur",
        "Employer's line of business",
        words.ORGANIZATIONS,
        sentinels=(UNKNOWN_TEXT,),
    ),
    *(
        score(
            f"EXT_SOURCE_{number}",
            f"Note extérieure nº {number}, fournie par un tiers : plus elle est élevée, moins le risque est grand",
            f"External score no. {number}, given by a third party: the higher it is, the lower the risk",
        )
        for number in (1, 2, 3)
    ),
)

_SURROUNDINGS: Final[tuple[Column, ...]] = tuple(
    count(
        f"{prefix}_{late_days}_CNT_SOCIAL_CIRCLE",
        f"Nombre de personnes de l'entourage {what_fr} de {late_days} jours",
        f"Number of people around the client {what_en} {late_days} days late",
    )
    for late_days in (30, 60)
    for prefix, what_fr, what_en in (
        ("OBS", "suivies pour un retard", "watched for being"),
        ("DEF", "en défaut après un retard", "in default after being"),
    )
)

_PHONE_CHANGE: Final = days(
    "DAYS_LAST_PHONE_CHANGE",
    "Dernier changement de téléphone, en jours par rapport à la demande",
    "Last change of telephone, in days relative to the application",
    sentinels=(0.0,),
)

_DOCUMENTS: Final[tuple[Column, ...]] = tuple(
    flag(
        f"FLAG_DOCUMENT_{number}",
        f"Le client a fourni la pièce justificative nº {number}",
        f"The client provided supporting document no. {number}",
    )
    for number in range(2, 22)
)

_BUREAU_ENQUIRIES: Final[tuple[Column, ...]] = tuple(
    count(
        f"AMT_REQ_CREDIT_BUREAU_{suffix}",
        f"Consultations de la centrale des crédits {when_fr}",
        f"Enquiries to the credit bureau {when_en}",
    )
    for suffix, when_fr, when_en in (
        ("HOUR", "dans l'heure précédant la demande", "in the hour before the application"),
        ("DAY", "dans la journée précédant la demande, hors dernière heure", "in the day before, last hour excluded"),
        ("WEEK", "dans la semaine précédant la demande, hors dernier jour", "in the week before, last day excluded"),
        ("MON", "dans le mois précédant la demande, hors dernière semaine", "in the month before, last week excluded"),
        (
            "QRT",
            "dans le trimestre précédant la demande, hors dernier mois",
            "in the quarter before, last month excluded",
        ),
        (
            "YEAR",
            "dans l'année précédant la demande, hors dernier trimestre",
            "in the year before, last quarter excluded",
        ),
    )
)

_SHARED: Final[tuple[Column, ...]] = (
    *_LOAN_AND_PERSON,
    *_CONTACTS,
    *_JOB_AND_PLACE,
    *BUILDING_COLUMNS,
    *_SURROUNDINGS,
    _PHONE_CHANGE,
    *_DOCUMENTS,
    *_BUREAU_ENQUIRIES,
)

APPLICATION_TRAIN: Final = Table(
    name=TableName.APPLICATION_TRAIN,
    columns=(_CLIENT, _OUTCOME, *_SHARED),
    key=("SK_ID_CURR",),
    parent=None,
    parent_key=None,
    meaning_fr=typeset_french("Dossiers passés : une demande par ligne, dont l'issue est connue"),
    meaning_en="Past files: one application a row, whose outcome is known",
)

APPLICATION_TEST: Final = Table(
    name=TableName.APPLICATION_TEST,
    columns=(_CLIENT, *_SHARED),
    key=("SK_ID_CURR",),
    parent=None,
    parent_key=None,
    meaning_fr=typeset_french("Dossiers en cours : une demande à décider par ligne"),
    meaning_en="Current files: one application to decide on a row",
)
