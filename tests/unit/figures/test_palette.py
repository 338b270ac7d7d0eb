"""Colours can be told apart, in the light and in the dark, and no figure needs a graphics card."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.colours import DEFICIENCIES, contrast, distance
from support.fake_features import RECIPES
from support.fake_services import THRESHOLD, FakeServices

from scoring_dash.core.groups import Group
from scoring_dash.figures import palette
from scoring_dash.figures.comparison import comparison_figure
from scoring_dash.figures.dots import dots_picture
from scoring_dash.figures.effect import effect_figure
from scoring_dash.figures.gauge import gauge_figure
from scoring_dash.figures.importance import importance_figure, theme_shares
from scoring_dash.figures.palette import Figure
from scoring_dash.figures.standing import standing_figure
from scoring_dash.figures.steps import waterfall_of
from scoring_dash.figures.waterfall import waterfall_figure
from scoring_dash.i18n.catalogue import Language, load_texts

ASSETS = Path(__file__).resolve().parents[3] / "assets"
FRENCH = load_texts(Language.FRENCH)
SERVICES = FakeServices()
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}


def figures() -> list[Figure]:
    compared = [
        comparison_figure(SERVICES.compare(100_009, name, Group()), FEATURES[name], FRENCH)
        for name in ("income", "organization_type")
    ]
    effects = [
        effect_figure(SERVICES.effect(100_009, name), FEATURES[name], THRESHOLD, FRENCH)
        for name in ("card_use", "organization_type")
    ]
    waterfall = waterfall_figure(waterfall_of(SERVICES.explain(100_009)), THRESHOLD, FRENCH)
    standing = standing_figure(SERVICES.standings(100_009), FRENCH)
    weights = importance_figure(theme_shares(SERVICES.model.theme_weights, FRENCH), FRENCH)
    return [gauge_figure(SERVICES.assess(100_009), FRENCH), waterfall, standing, weights, *effects, *compared]


@pytest.mark.parametrize("colour", [palette.INK, palette.INK_SOFT, palette.LOWER, palette.HIGHER])
def test_colours_of_text_are_readable_on_white(colour: str) -> None:
    assert contrast(colour, palette.PAPER) >= 4.5


@pytest.mark.parametrize("colour", [palette.LOWER, palette.HIGHER, palette.REVIEW_EDGE, palette.NEUTRAL])
def test_graphics_stand_out_from_white(colour: str) -> None:
    assert contrast(colour, palette.PAPER) >= 3


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (palette.LOWER, palette.HIGHER),
        (palette.LOWER, palette.REVIEW),
        (palette.REVIEW, palette.HIGHER),
        (palette.NEUTRAL, palette.HIGHER),
    ],
)
def test_what_must_be_told_apart_stays_apart(one: str, other: str, deficiency: str) -> None:
    assert distance(one, other, deficiency) >= 40


def test_every_colour_has_a_counterpart_in_the_dark() -> None:
    style = (ASSETS / "figures.css").read_text(encoding="utf-8")
    missing = [
        colour for colour in palette.ALL_COLOURS for use in ("fill", "stroke") if f'"{use}: {colour}"' not in style
    ]
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
