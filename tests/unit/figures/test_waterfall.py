"""Bars start where the one above ends, features stand below their theme, and words say what is drawn."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from support.fake_features import RECIPES
from support.fake_services import THRESHOLD, FakeServices

from scoring_dash.core.words import Theme
from scoring_dash.figures.palette import HIGHER, LOWER
from scoring_dash.figures.steps import Scale, Waterfall, waterfall_of
from scoring_dash.figures.waterfall import (
    RowKind,
    placed,
    rows_of,
    told_change,
    told_level,
    waterfall_figure,
    waterfall_summary,
)
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent

FRENCH = load_texts(Language.FRENCH)
EXPLANATION = FakeServices().explain(100_009)
WATERFALL = waterfall_of(EXPLANATION)
MARGINS = waterfall_of(EXPLANATION, Scale.LOG_ODDS)
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}
OPENED = rows_of(WATERFALL, FRENCH, opened=Theme.INCOME_JOB, features=FEATURES)


def bars(waterfall: Waterfall = WATERFALL, rows: Any = None) -> dict[str, Any]:
    bars: dict[str, Any] = waterfall_figure(waterfall, THRESHOLD, FRENCH, rows)["data"][0]
    return bars


def words(waterfall: Waterfall = WATERFALL, rows: Any = None) -> list[str]:
    return [note["text"] for note in waterfall_figure(waterfall, THRESHOLD, FRENCH, rows)["layout"]["annotations"]]


def test_bars_are_the_steps() -> None:
    assert bars()["base"] == [0.0, *(step.start for step in WATERFALL.themes), 0.0]
    assert bars()["x"] == [WATERFALL.base, *(step.change for step in WATERFALL.themes), WATERFALL.probability]
    assert sum(bars()["x"][:-1]) == pytest.approx(WATERFALL.probability, abs=1e-12)


def test_features_of_the_opened_theme_stand_right_below_it_and_sum_to_it() -> None:
    kinds = [row.kind for row in OPENED]
    first = kinds.index(RowKind.FEATURE)
    last = len(kinds) - kinds[::-1].index(RowKind.FEATURE)
    theme = OPENED[first - 1]
    assert (theme.theme, set(kinds[first:last])) == (Theme.INCOME_JOB, {RowKind.FEATURE})
    own = bars(rows=OPENED)
    assert math.fsum(own["x"][first:last]) == pytest.approx(own["x"][first - 1], abs=1e-12)
    assert own["base"][first] == theme.start
    assert OPENED[last - 1].end == theme.end
    assert max(own["width"][first:last]) < own["width"][first - 1]


def test_every_theme_has_a_row_whichever_is_opened() -> None:
    themes = [row.theme for row in OPENED if row.kind is RowKind.THEME]
    assert themes == [step.theme for step in WATERFALL.themes]


def test_threshold_line_stands_at_the_threshold() -> None:
    for waterfall, place in ((WATERFALL, THRESHOLD), (MARGINS, math.log(THRESHOLD / (1 - THRESHOLD)))):
        shapes = waterfall_figure(waterfall, THRESHOLD, FRENCH)["layout"]["shapes"]
        line = next(shape for shape in shapes if shape.get("name") == "threshold")
        assert line["x0"] == line["x1"] == pytest.approx(place)


def test_everything_drawn_lies_inside_the_axis() -> None:
    for waterfall in (WATERFALL, MARGINS):
        low, high = waterfall_figure(waterfall, THRESHOLD, FRENCH)["layout"]["xaxis"]["range"]
        for start, length in zip(bars(waterfall)["base"], bars(waterfall)["x"], strict=True):
            assert low <= min(start, start + length) <= max(start, start + length) <= high


def test_each_bar_has_its_figure_and_each_name_but_those_of_themes_which_are_links() -> None:
    told = words(rows=OPENED)
    assert f"<b>{percent(WATERFALL.probability, FRENCH)}</b>" in told
    assert "Revenu annuel déclaré" in told
    assert "Revenus et emploi" not in told
    amounts = [note for note in told if note.startswith(("▲", "▼", "0"))]
    assert len(amounts) == len([row for row in OPENED if row.theme is not None])


def test_colours_follow_the_direction() -> None:
    for row, colour in zip(OPENED[1:-1], bars(rows=OPENED)["marker"]["color"][1:-1], strict=True):
        assert row.change == 0 or colour == (HIGHER if row.change > 0 else LOWER)


def test_rows_lie_below_one_another_without_overlap() -> None:
    places = placed(OPENED)
    for one, other in pairwise(places):
        assert one.name_top < one.bar_middle - one.size.bar / 2 < one.bottom <= other.name_top


def test_log_odds_have_no_bar_from_zero() -> None:
    own = bars(MARGINS)
    assert own["base"][0] + own["x"][0] / 2 == pytest.approx(MARGINS.base)
    assert own["base"][-1] + own["x"][-1] / 2 == pytest.approx(MARGINS.end)
    assert own["x"][1:-1] == [step.change for step in MARGINS.themes]
    assert f"<b>{told_level(MARGINS.end, Scale.LOG_ODDS, FRENCH)}</b>" in words(MARGINS)


@pytest.mark.parametrize(
    ("change", "told"), [(0.0213, "▲ +2,1\u00a0points"), (-0.012, "▼ −1,2\u00a0point"), (0.00001, "0\u00a0point")]
)
def test_changes_carry_an_arrow_unless_they_round_to_nothing(change: float, told: str) -> None:
    assert told_change(change, FRENCH) == told


@pytest.mark.parametrize(
    ("change", "told"), [(0.0213, "▲ +0,02"), (-1.2, "▼ −1,20"), (0.004, "0,00"), (-0.004, "0,00")]
)
def test_changes_in_log_odds_do_so_too(change: float, told: str) -> None:
    assert told_change(change, FRENCH, Scale.LOG_ODDS) == told


def test_summary_names_the_heaviest_theme_of_each_direction() -> None:
    summary = waterfall_summary(WATERFALL, FRENCH)
    assert percent(WATERFALL.base, FRENCH) in summary
    assert "augmente le plus le risque (+" in summary
    assert "le diminue le plus (−" in summary


def test_summary_in_log_odds_says_so_and_gives_the_probability() -> None:
    summary = waterfall_summary(MARGINS, FRENCH)
    assert f"log-cotes\u202f; la probabilité est de {percent(WATERFALL.probability, FRENCH)}" in summary
