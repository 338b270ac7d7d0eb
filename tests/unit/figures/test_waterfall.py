"""Bars start where the one above ends, and the words beside them say what they show."""

from __future__ import annotations

from typing import Any

import pytest
from support.fake_services import THRESHOLD, FakeServices

from scoring_dash.figures.steps import waterfall_of
from scoring_dash.figures.waterfall import told_change, waterfall_figure, waterfall_summary
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent

FRENCH = load_texts(Language.FRENCH)
WATERFALL = waterfall_of(FakeServices().explain(100_009))


def bars() -> dict[str, Any]:
    bars: dict[str, Any] = waterfall_figure(WATERFALL, THRESHOLD, FRENCH)["data"][0]
    return bars


def test_bars_are_the_steps() -> None:
    assert bars()["base"][1:-1] == [step.start for step in WATERFALL.themes]
    assert bars()["x"] == [WATERFALL.base, *(step.change for step in WATERFALL.themes), WATERFALL.probability]
    assert sum(bars()["x"][:-1]) == pytest.approx(WATERFALL.probability, abs=1e-12)


def test_threshold_line_stands_at_the_threshold() -> None:
    shapes = waterfall_figure(WATERFALL, THRESHOLD, FRENCH)["layout"]["shapes"]
    line = next(shape for shape in shapes if shape.get("name") == "threshold")
    assert line["x0"] == line["x1"] == THRESHOLD


def test_each_bar_has_its_name_and_its_figure() -> None:
    words = [note["text"] for note in waterfall_figure(WATERFALL, THRESHOLD, FRENCH)["layout"]["annotations"]]
    assert "Notes d’organismes extérieurs" in words
    assert f"<b>{percent(WATERFALL.probability, FRENCH)}</b>" in words
    assert len(words) == 2 * (len(WATERFALL.themes) + 2) + 1


@pytest.mark.parametrize(
    ("change", "told"), [(0.0213, "▲ +2,1 points"), (-0.012, "▼ −1,2 point"), (0.00001, "0 point")]
)
def test_changes_carry_an_arrow_unless_they_round_to_nothing(change: float, told: str) -> None:
    assert told_change(change, FRENCH) == told


def test_summary_names_the_heaviest_theme_of_each_direction() -> None:
    summary = waterfall_summary(WATERFALL, FRENCH)
    assert percent(WATERFALL.base, FRENCH) in summary
    assert "augmente le plus le risque (+" in summary
    assert "le diminue le plus (−" in summary
