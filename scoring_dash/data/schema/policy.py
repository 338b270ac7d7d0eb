"""Why some columns may not decide, or only with a justification.

Sources: directive (EU) 2023/2225 art. 18 and article L. 312-16 of the Code de la consommation (economic and
financial facts only, no data on social circles), article 225-1 of the Code pénal and law 2008-496 (grounds of
discrimination, place of residence among them), CNIL AU-005 as amended in 2008 (sex removed from credit scores),
directive 2004/113/EC (goods and services).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoring_dash.core.typography import typeset_french
from scoring_dash.core.words import ColumnUse


@dataclass(frozen=True, slots=True)
class Policy:
    """A class of use and its reason in both languages."""

    use: ColumnUse
    reason_fr: str = ""
    reason_en: str = ""


def _forbidden(reason_fr: str, reason_en: str) -> Policy:
    return Policy(ColumnUse.FORBIDDEN, typeset_french(reason_fr), reason_en)


def _justify(reason_fr: str, reason_en: str) -> Policy:
    return Policy(ColumnUse.JUSTIFY, typeset_french(reason_fr), reason_en)


ALLOWED: Final = Policy(ColumnUse.ALLOWED)

OUTCOME: Final = _forbidden(
    "C'est l'issue que le modèle doit prévoir : elle n'est connue qu'après la décision.",
    "This is the outcome to predict: it is known only after the decision.",
)
SEX: Final = _forbidden(
    "Le sexe est un critère de discrimination interdit ; la CNIL l'a retiré des scores de crédit en 2008.",
    "Sex is a prohibited ground of discrimination; the French data protection authority removed it from credit "
    "scores in 2008.",
)
AGE: Final = _forbidden(
    "L'âge est un critère de discrimination protégé ; la capacité de remboursement se juge sur les revenus et "
    "les charges.",
    "Age is a protected ground; ability to repay is judged on income and expenses.",
)
FAMILY: Final = _forbidden(
    "La situation de famille est un critère de discrimination interdit ; seules les charges réelles comptent.",
    "Family situation is a prohibited ground of discrimination; only actual expenses count.",
)
RESIDENCE: Final = _forbidden(
    "Le lieu de résidence est un critère de discrimination interdit.",
    "Place of residence is a prohibited ground of discrimination.",
)
BUILDING: Final = _forbidden(
    "La description de l'immeuble révèle le lieu de résidence, critère de discrimination interdit, et non la "
    "situation financière du client.",
    "The description of the building reveals the place of residence, a prohibited ground, and not the client's "
    "finances.",
)
SOCIAL_CIRCLE: Final = _forbidden(
    "Il s'agit du comportement d'autres personnes : la solvabilité s'évalue individuellement, sans l'entourage.",
    "This is the behaviour of other people: creditworthiness is assessed individually, without the social circle.",
)
COMPANION: Final = _forbidden(
    "La personne qui accompagne le client n'a pas de lien avec sa solvabilité et révèle sa vie privée.",
    "Who accompanies the client has no link with creditworthiness and reveals private life.",
)
MOMENT: Final = _forbidden(
    "Le jour et l'heure de la demande n'ont pas de lien économique avec le remboursement.",
    "The day and hour of the application have no economic link with repayment.",
)
CONTACT: Final = _forbidden(
    "Un moyen de contact n'est pas une donnée financière ; il ne doit pas décider d'un crédit.",
    "A means of contact is not a financial fact; it must not decide on a loan.",
)
EXTERNAL_SCORE: Final = _justify(
    "Score calculé par un tiers selon une méthode non publiée : très prédictif, mais le client doit savoir "
    "quelle source l'a fourni et comment la contester.",
    "Score computed by a third party by an unpublished method: highly predictive, but the client must be told "
    "which source gave it and how to contest it.",
)
OCCUPATION: Final = _justify(
    "Le métier renseigne sur la stabilité du revenu, mais il est lié au sexe et à l'origine sociale : à "
    "surveiller par l'audit d'équité.",
    "The occupation tells about the stability of income but is linked with sex and social origin: watched by the "
    "fairness audit.",
)
EMPLOYER: Final = _justify(
    "Le secteur de l'employeur renseigne sur la stabilité de l'emploi, mais il est lié au sexe et peut révéler "
    "une conviction (secteur religieux) : à surveiller par l'audit d'équité.",
    "The employer's sector tells about job stability but is linked with sex and may reveal a belief (religious "
    "sector): watched by the fairness audit.",
)
EDUCATION: Final = _justify(
    "Le niveau d'études est lié au revenu futur, mais aussi à l'âge et à l'origine sociale : à surveiller par "
    "l'audit d'équité.",
    "Education is linked with future income, but also with age and social origin: watched by the fairness audit.",
)
INCOME_KIND: Final = _justify(
    "L'origine du revenu dit sa régularité, mais certaines valeurs révèlent une grossesse ou l'âge (congé de "
    "maternité, retraite) : n'en garder que la régularité.",
    "The source of income tells its regularity, but some values reveal pregnancy or age (maternity leave, "
    "pension): keep only the regularity.",
)
EMPLOYMENT_LENGTH: Final = _justify(
    "L'ancienneté mesure la stabilité de l'emploi, mais elle est liée à l'âge : à surveiller par l'audit d'équité.",
    "Time in the job measures stability, but it is linked with age: watched by the fairness audit.",
)
CAR: Final = _justify(
    "Le véhicule est un élément de patrimoine, mais sa possession est liée au sexe : à surveiller par l'audit "
    "d'équité.",
    "A car is an asset, but owning one is linked with sex: watched by the fairness audit.",
)
WORK_PHONE: Final = _justify(
    "Un téléphone professionnel atteste un emploi, mais ce n'est pas une donnée financière et il suit l'âge "
    "(les retraités n'en ont pas).",
    "A work telephone attests to a job, but it is not a financial fact and follows age (pensioners have none).",
)
CONTACT_STABILITY: Final = _justify(
    "L'ancienneté du numéro mesure la stabilité des coordonnées, utile contre la fraude, mais ce n'est pas une "
    "donnée financière.",
    "How long the number has been kept measures the stability of contact details, useful against fraud, but it "
    "is not a financial fact.",
)
PAPERS: Final = _justify(
    "La date des papiers sert à déceler la fraude, mais elle est liée à l'âge et à un éventuel déménagement ou "
    "changement de nom.",
    "The date of the papers helps to detect fraud, but it is linked with age and with moving house or changing "
    "one's name.",
)
HOUSING: Final = _justify(
    "Le mode de logement renseigne sur les charges, mais il est lié à l'âge et à la situation de famille : à "
    "surveiller par l'audit d'équité.",
    "The kind of housing tells about expenses but is linked with age and family situation: watched by the "
    "fairness audit.",
)
PURCHASE: Final = _justify(
    "L'usage d'un ancien crédit peut révéler la vie privée ou la santé (soins, matériel médical) : n'utiliser "
    "que des regroupements neutres.",
    "What a past loan was used for may reveal private life or health (care, medical equipment): use neutral "
    "groupings only.",
)
SALES_CHANNEL: Final = _justify(
    "Le canal et le point de vente sont des choix commerciaux, sans lien direct avec la solvabilité, et peuvent "
    "refléter le lieu de résidence.",
    "The channel and point of sale are commercial choices without a direct link with creditworthiness, and may "
    "reflect the place of residence.",
)
