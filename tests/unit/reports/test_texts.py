"""The words of the card: both languages have the same entries with the same placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

import pytest

from scoring_dash.core.words import ColumnUse
from scoring_dash.data.schema.policy import load_policies
from scoring_dash.i18n.catalogue import Language
from scoring_dash.model.evaluation.metrics import METRICS, Metric
from scoring_dash.model.families import Family, Imbalance
from scoring_dash.model.train import TrainingPlan
from scoring_dash.reports.texts import load_card_texts


def leaves(entries: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in entries.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}{name}.")
        elif isinstance(value, list):
            yield from ((f"{path}{name}.{place}", text) for place, text in enumerate(value))
        else:
            yield f"{path}{name}", value


def test_languages_have_the_same_entries_and_placeholders() -> None:
    french, english = (
        {
            key: {name for _, name, _, _ in Formatter().parse(text) if name}
            for key, text in leaves(load_card_texts(language).entries)
        }
        for language in Language
    )
    assert french == english


@pytest.mark.parametrize("language", Language)
def test_every_word_of_a_fixed_set_has_a_name(language: Language) -> None:
    entries = load_card_texts(language).entries
    assert {policy.name for policy in load_policies() if policy.use is not ColumnUse.ALLOWED} <= entries[
        "policy"
    ].keys()
    assert set(METRICS) <= entries["metric"].keys()
    assert {*Family, *Imbalance} <= entries["family"].keys()
    assert set(TrainingPlan().parameters) <= entries["parameter"].keys()


def test_french_writes_numbers_its_way() -> None:
    texts = load_card_texts(Language.FRENCH)
    assert texts.share(0.0781, 2) == "7,81\u202f%"
    assert texts.bounds(Metric(0.5, 0.25, 0.75), 2) == "[0,25\u202f; 0,75]"
    assert (texts.signed(0.004), texts.signed(-0.004)) == ("+0,0040", "\u22120,0040")
