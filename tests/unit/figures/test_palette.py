"""Colours can be told apart, in the light and in the dark, and no figure needs a graphics card."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.fake_features import RECIPES
from support.fake_services import THRESHOLD, FakeServices

from scoring_dash.core.results import GroupName
from scoring_dash.figures import palette
from scoring_dash.figures.comparison import comparison_figure
from scoring_dash.figures.dots import dots_picture
from scoring_dash.figures.gauge import gauge_figure
from scoring_dash.figures.palette import Figure
from scoring_dash.figures.steps import waterfall_of
from scoring_dash.figures.waterfall import waterfall_figure
from scoring_dash.i18n.catalogue import Language, load_texts

ASSETS = Path(__file__).resolve().parents[3] / "assets"
FRENCH = load_texts(Language.FRENCH)
SERVICES = FakeServices()
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}


def figures() -> list[Figure]:
    compared = [
        comparison_figure(SERVICES.compare(100_009, name, GroupName.ALL), FEATURES[name], FRENCH)
        for name in ("income", "organization_type")
    ]
    waterfall = waterfall_figure(waterfall_of(SERVICES.explain(100_009)), THRESHOLD, FRENCH)
    return [gauge_figure(SERVICES.assess(100_009), FRENCH), waterfall, *compared]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [palette.INK, palette.INK_SOFT, palette.LOWER, palette.HIGHER])
def test_colours_of_text_are_readable_on_white(colour: str) -> None:
    assert contrast(colour, palette.PAPER) >= 4.5


def test_every_colour_has_a_counterpart_in_the_dark() -> None:
    style = (ASSETS / "figures.css").read_text(encoding="utf-8")
    same_in_the_dark = {palette.REVIEW}
    missing = [c for c in palette.ALL_COLOURS if c not in same_in_the_dark and f'"fill: {c}"' not in style]
    assert missing == []


def test_figures_use_the_palette_only() -> None:
    known = {*palette.ALL_COLOURS, palette.CLEAR}
    for figure in figures():
        assert set(re.findall(r"rgba?\([^)]*\)|#[0-9a-fA-F]{3,8}\b", repr(figure))) <= known


def test_figures_are_plain_and_need_no_webgl() -> None:
    for figure in figures():
        assert type(figure) is dict
        assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter"}


def test_a_hundred_dots_of_which_some_stand_out() -> None:
    for among in (0, 8, 100):
        picture = dots_picture(among)
        assert picture.count("class='d'") == among
        assert picture.count("<circle") == 100
