"""The methodology note says what its figures say, and nothing typed by hand, in both languages alike."""

from __future__ import annotations

import re
from typing import Any

import pytest

from benchmarks.report_methodology import FOLDER, read_figures, render
from scoring_dash.i18n.catalogue import Language


def template(language: Language) -> str:
    return (FOLDER / f"methodology.{language}.md.in").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return read_figures()


@pytest.mark.parametrize("language", Language)
def test_the_note_is_what_template_and_figures_give(figures: dict[str, Any], language: Language) -> None:
    assert render(figures, language) == (FOLDER / f"methodology.{language}.md").read_text(encoding="utf-8")


def test_languages_use_the_same_figures_in_the_same_sections() -> None:
    french, english = (
        [sorted(re.findall(r"\$\{(\w+)\}", part)) for part in re.split(r"^## ", template(language), flags=re.MULTILINE)]
        for language in Language
    )
    assert french == english


@pytest.mark.parametrize("language", Language)
def test_no_measured_number_is_typed_into_a_template(language: Language) -> None:
    # Titles are numbered, and rules have numbers: 1/11, 10 p > 1 − p, 95 %, 1 %, 12 months. No figure has decimals.
    text = re.sub(r"12 CFR 1002\.9\(b\)\(2\)|\$\{\w+\}", "", template(language))
    assert re.findall(r"\d[.,]\d+", text) == []


def test_another_figure_gives_another_note(figures: dict[str, Any]) -> None:
    metrics = {**figures["evaluation"]["metrics"], "auc": {"value": 0.654321, "low": 0.64, "high": 0.66}}
    changed = {**figures, "evaluation": {**figures["evaluation"], "metrics": metrics}}
    assert "0,6543 \\[0,6400" in render(changed, Language.FRENCH)
