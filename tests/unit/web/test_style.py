"""The style sheets: tokens that everybody can tell apart, in the light and in the dark, and nothing outside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.colours import DEFICIENCIES, contrast, distance

ASSETS = Path(__file__).resolve().parents[3] / "assets"
TOKENS = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b")
BLOCKS = re.compile(r":root \{(.*?)\}", re.DOTALL)

LIGHT, DARK = (
    dict(TOKENS.findall(block)) for block in BLOCKS.findall((ASSETS / "base.css").read_text(encoding="utf-8"))
)
THEMES = {"light": LIGHT, "dark": LIGHT | DARK}

TEXTS = [
    ("ink", "paper"), ("ink", "ground"), ("ink-2", "paper"), ("ink-2", "ground"), ("brand-ink", "paper"),
    ("brand-ink", "ground"), ("brand-ink", "brand-soft"), ("on-brand", "brand"), ("lower", "paper"),
    ("lower", "lower-soft"), ("higher", "paper"), ("higher", "higher-soft"), ("review", "paper"),
    ("review", "review-soft"), ("ink", "review-soft"), ("ink", "brand-soft"),
]  # fmt: skip
GRAPHICS = [(name, "paper") for name in ("lower", "higher", "review-edge", "neutral", "line-strong", "focus")]
APART = [("lower", "higher"), ("lower", "review-fill"), ("review-fill", "higher"), ("neutral", "higher")]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_texts_are_readable(theme: str, text: str, ground: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), GRAPHICS)
def test_graphics_and_borders_of_controls_stand_out(theme: str, mark: str, ground: str) -> None:
    assert contrast(THEMES[theme][mark], THEMES[theme][ground]) >= 3


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("one", "other"), APART)
def test_marks_stay_apart_for_colour_blind_people(theme: str, one: str, other: str, deficiency: str) -> None:
    assert distance(THEMES[theme][one], THEMES[theme][other], deficiency) >= 40


@pytest.mark.parametrize("sheet", sorted(ASSETS.glob("*.css")), ids=lambda sheet: sheet.name)
def test_tokens_that_are_used_exist(sheet: Path) -> None:
    everything = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.css"))
    known = set(re.findall(r"--([a-z0-9-]+):", everything))
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", sheet.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("sheet", sorted(ASSETS.glob("*.css")), ids=lambda sheet: sheet.name)
def test_sheets_fetch_nothing_from_elsewhere(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"@import|https?:|url\(['\"]?//", text) == []
