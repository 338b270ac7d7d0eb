"""Shares of all weights, the heaviest first."""

from __future__ import annotations

import pytest
from support.fake_features import RECIPES

from scoring_dash.core.words import Theme
from scoring_dash.figures.importance import feature_shares, importance_figure, theme_shares
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH = load_texts(Language.FRENCH)
FEATURES = {recipe.feature.name: recipe.feature for recipe in RECIPES}


def test_themes_share_the_whole() -> None:
    shares = theme_shares({Theme.ASSETS: 0.1, Theme.LOAN_SIZE: 0.3}, FRENCH)
    assert [(item.name, item.share) for item in shares] == [
        ("Taille du crédit", pytest.approx(0.75)),
        ("Logement et biens", pytest.approx(0.25)),
    ]


def test_features_have_their_share_of_all_features_and_their_theme() -> None:
    shares = feature_shares({"income": 0.2, "owns_car": 0.1, "card_use": 0.7}, FEATURES, FRENCH, most=2)
    assert [(item.share, item.theme) for item in shares] == [
        (pytest.approx(0.7), "Usage des cartes de crédit"),
        (pytest.approx(0.2), "Revenus et emploi"),
    ]


def test_bars_are_the_shares_and_words_say_them() -> None:
    shares = feature_shares({"income": 0.25, "owns_car": 0.75}, FEATURES, FRENCH, most=10)
    figure = importance_figure(shares, FRENCH)
    assert figure["data"][0]["x"] == [0.75, 0.25]
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"Possède une voiture", "Logement et biens", "75,0\u202f%", "25,0\u202f%"} <= set(words)


def test_a_model_without_any_weight_divides_by_nothing() -> None:
    assert [item.share for item in theme_shares({Theme.ASSETS: 0.0}, FRENCH)] == [0.0]
