"""The words of the model card in one language, and its numbers as that language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import Theme
from scoring_dash.i18n.catalogue import Language, Texts, load_texts
from scoring_dash.i18n.numbers import MINUS, number, percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label
from scoring_dash.model.evaluation.intervals import Share
from scoring_dash.model.evaluation.metrics import Metric


@dataclass(frozen=True)
class CardTexts:
    """Words and numbers in one language.

    Attributes
    ----------
    texts : Texts
        Of the screen: numbers, themes, features.
    entries : mapping
        Of ``model_card.<language>.toml``.
    """

    texts: Texts
    entries: Mapping[str, Any]

    @property
    def language(self) -> str:
        """``"fr"`` or ``"en"``."""
        return str(self.texts.language)

    def tell(self, key: str, /, **values: str) -> str:
        """One text, e.g. ``"data.intro"``, with its ``{placeholders}`` filled in."""
        return self.texts.typeset(self._entry(key)).format_map(values)

    def items(self, key: str, /, **values: str) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(self.texts.typeset(text).format_map(values) for text in self._entry(key))

    def known(self, section: str, name: str) -> str:
        """A name of a fixed set; itself where the set does not know it."""
        return self.texts.typeset(str(self.entries[section].get(name, name)))

    def theme(self, theme: Theme) -> str:
        """Name of a theme."""
        return theme_name(theme, self.texts)

    def label(self, feature: Feature) -> str:
        """Name of a feature for a person."""
        return feature_label(feature, self.texts)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with fixed decimals."""
        return number(value, self.texts, decimals)

    def signed(self, value: float, decimals: int = 4) -> str:
        """A number with its sign."""
        told = self.number(value, decimals)
        return told if told.startswith(MINUS) else f"+{told}"

    def share(self, value: float | None, decimals: int = 1) -> str:
        """A share in [0, 1] as a percentage."""
        return self.tell("none") if value is None else percent(value, self.texts, decimals)

    def bounds(self, metric: Metric | Share, decimals: int = 4) -> str:
        """The interval of a figure."""
        return self.tell("interval", low=self.number(metric.low, decimals), high=self.number(metric.high, decimals))

    def share_bounds(self, metric: Metric | Share, decimals: int = 1) -> str:
        """The interval of a share, as percentages."""
        return self.tell("interval", low=self.share(metric.low, decimals), high=self.share(metric.high, decimals))

    def _entry(self, key: str) -> Any:
        entry: Any = self.entries
        for part in key.split("."):
            entry = entry[part]
        return entry


@cache
def load_card_texts(language: Language) -> CardTexts:
    """Read the words of one language.

    Raises
    ------
    FileNotFoundError
        If they were not installed with the package.
    """
    text = resources.files(__package__).joinpath(f"model_card.{language}.toml").read_text(encoding="utf-8")
    return CardTexts(load_texts(language), tomllib.loads(text))
