"""From the label of a feature to the subject of a sentence: article, number, and what must be said of a count.

Labels are noun phrases ("Part des échéances payées en retard"). A sentence needs "la part des échéances payées en
retard est de …", "le nombre de crédits en cours … est de …". English does with "the"; French asks for the gender of the
first noun, which stands here. A label that opens with another word has no subject: it is quoted instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Language, Texts
from scoring_dash.i18n.values import feature_label


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that can open or continue a sentence.

    Attributes
    ----------
    words : str
        With its article, in lower case: "la durée probable du crédit demandé".
    is_plural : bool
    """

    words: str
    is_plural: bool = False

    @property
    def before_verb(self) -> str:
        """The words with the comma that closes an aside: "la somme manquante par échéance, en moyenne,"."""
        return f"{self.words}," if "," in self.words else self.words


def subject_of(feature: Feature, texts: Texts) -> Subject | None:
    """A feature as the subject of a sentence; None where its label can only be quoted.

    What a label says of negative values is left out; :func:`meaning_of_negative` gives it, to stand beside the value.
    """
    label = _NEGATIVE.sub("", feature_label(feature, texts))
    if feature.unit is Unit.FLAG or ":" in _ASIDE.sub("", label):
        return None
    is_count = feature.unit is Unit.COUNT
    return _french(label, is_count) if texts.language is Language.FRENCH else _english(label, is_count)


def meaning_of_negative(feature: Feature, texts: Texts) -> str | None:
    """What a negative value of a feature means, in a word, where its label says so: "avance", "passée"."""
    found = _NEGATIVE.search(feature_label(feature, texts))
    return found.group(1) if found else None


def lower_first(text: str) -> str:
    """Text that continues a sentence: an acronym keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_ASIDE: Final = re.compile(r"\([^)]*\)")
_NEGATIVE: Final = re.compile(r"\s*\(n[eé]gati(?:f|ve)\s?: ([^)]*)\)")


def _french(label: str, is_count: bool) -> Subject | None:
    words = lower_first(label)
    first, *others = words.split()
    if first in _ALL:
        return Subject(words, is_plural=True)
    article = _superlative(others) if first == "plus" else _ARTICLES.get(first)
    if article is None:
        return None
    if article == "les":
        return Subject(f"le nombre {_of(words)}") if is_count else Subject(f"les {words}", is_plural=True)
    return Subject(f"{article}{words}" if article.endswith("\u2019") else f"{article} {words}")


def _superlative(others: list[str]) -> str | None:
    """Article of "plus forte part", "plus faible montant": the adjective tells, or else the noun."""
    if not others:
        return None
    adjective, noun = others[0], others[1] if len(others) > 1 else ""
    if adjective.endswith("e") and adjective not in _OF_BOTH_GENDERS:
        return "la"
    return "le" if adjective not in _OF_BOTH_GENDERS else _ARTICLES.get(noun)


def _of(words: str) -> str:
    return f"d\u2019{words}" if words[0] in _VOWELS else f"de {words}"


def _english(label: str, is_count: bool) -> Subject | None:
    words = lower_first(label)
    if words.startswith(_ENGLISH_QUOTED):
        return None
    if words.startswith(_ENGLISH_COUNTED) or (is_count and not words.startswith(_ENGLISH_COUNTS)):
        return Subject(f"the number of {words}")
    opening = next((opening for start, opening in _ENGLISH_OPENINGS.items() if words.startswith(start)), "the ")
    return Subject(f"{opening}{words}", is_plural=words.startswith(_ENGLISH_PLURALS))


_VOWELS: Final = frozenset("aeiouyhàâéèêîïôû")
_ALL: Final = frozenset({"tous", "toutes"})
_OF_BOTH_GENDERS: Final = frozenset({"faible", "jeune", "large"})

_MASCULINE: Final = (
    "calendrier", "coût", "crédit", "logement", "métier", "mode", "montant", "motif", "niveau", "nombre", "paiement",
    "plafond", "prix", "produit", "reste", "retard", "revenu", "risque", "secteur", "solde", "taux", "temps", "total",
    "type",
)  # fmt: skip
_FEMININE: Final = (
    "dernière", "dette", "durée", "fin", "hausse", "moyenne", "nature", "note", "part", "première", "somme", "source",
    "suite",
)  # fmt: skip
_ELIDED: Final = (
    "ancienneté", "apport", "avance", "heure", "impayé", "irrégularité", "utilisation", "âge", "écart", "échéance",
    "évolution",
)  # fmt: skip
_PLURAL: Final = (
    "calendriers", "consultations", "crédits", "demandes", "dettes", "frais", "intérêts", "jours", "microcrédits",
    "mois", "opérations", "paiements", "pièces", "prolongations", "retraits", "sommes", "types", "échéances",
)  # fmt: skip
_ARTICLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(_MASCULINE, "le"),
        **dict.fromkeys(_FEMININE, "la"),
        **dict.fromkeys(_ELIDED, "l\u2019"),
        **dict.fromkeys(_PLURAL, "les"),
    }
)
_ENGLISH_QUOTED: Final = ("most ", "new or ")
_ENGLISH_COUNTS: Final = ("number of", "largest number")
_ENGLISH_COUNTED: Final = ("instalments asked", "instalments needed", "instalments to repay")
_ENGLISH_OPENINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"all ": "", "external score": "", "left to": "what is "}
)
_ENGLISH_PLURALS: Final = (
    "all ", "card payments", "days", "fees", "financed fees", "instalments", "interest and", "loans", "mean days",
    "running debts", "sums",
)  # fmt: skip
