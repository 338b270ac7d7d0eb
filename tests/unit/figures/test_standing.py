"""Bars lead from the middle to the client's rank, and words claim no more files than there are."""

from __future__ import annotations

import pytest
from support.fake_services import FakeServices

from scoring_dash.core.effects import ThemeStanding
from scoring_dash.core.words import Theme
from scoring_dash.figures.palette import HIGHER, LOWER, NEUTRAL
from scoring_dash.figures.standing import by_rank, standing_figure, standing_summary, told_rank
from scoring_dash.i18n.catalogue import Language, load_texts

FRENCH = load_texts(Language.FRENCH)


def standing(theme: Theme, rank: float) -> ThemeStanding:
    return ThemeStanding(theme, 0.1, -0.1, 0.0, 0.1, rank)


STANDINGS = (standing(Theme.ASSETS, 0.5), standing(Theme.LOAN_SIZE, 0.926), standing(Theme.CARD_USE, 0.08))


def test_bars_lead_from_the_middle_to_the_rank() -> None:
    ordered = by_rank(STANDINGS)
    (trace,) = (trace for trace in standing_figure(ordered, FRENCH)["data"] if trace["name"] == "ranks")
    assert [trace["base"] + length for length in trace["x"]] == pytest.approx([0.926, 0.5, 0.08])
    assert trace["marker"]["color"] == [HIGHER, NEUTRAL, LOWER]


def test_every_theme_has_a_name_and_a_bar() -> None:
    standings = by_rank(FakeServices().standings(100_009))
    figure = standing_figure(standings, FRENCH)
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"Taille du crédit", "Dettes ailleurs"} <= set(words)
    assert all(len(trace["x"]) == len(standings) for trace in figure["data"])


@pytest.mark.parametrize(
    ("rank", "told"),
    [
        (0.926, "▲ pèse plus que dans 92\u202f% des dossiers"),
        (0.9999, "▲ pèse plus que dans 99\u202f% des dossiers"),
        (1.0, "▲ pèse plus que dans 100\u202f% des dossiers"),
        (0.75, "comme d’habitude"),
        (0.25, "comme d’habitude"),
        (0.08, "▼ pèse moins que dans 92\u202f% des dossiers"),
        (0.001, "▼ pèse moins que dans 99\u202f% des dossiers"),
    ],
)
def test_a_rank_in_words(rank: float, told: str) -> None:
    assert told_rank(rank, FRENCH) == told


@pytest.mark.parametrize(
    ("ranks", "told"),
    [
        ((0.9, 0.1), "« Taille du crédit » pèse plus contre ce client que dans 90 % des dossiers passés ; « Logement"),
        ((0.9, 0.5), "« Taille du crédit » pèse plus contre ce client que dans 90 % des dossiers passés."),
        ((0.5, 0.1), "« Logement et biens » pèse moins contre ce client que dans 90 % des dossiers passés."),
        ((0.5, 0.6), "Chaque thème pèse pour ce client à peu près comme dans les dossiers passés."),
    ],
)
def test_the_sentence_names_what_stands_out(ranks: tuple[float, float], told: str) -> None:
    standings = [standing(Theme.LOAN_SIZE, ranks[0]), standing(Theme.ASSETS, ranks[1])]
    summary = standing_summary(standings, FRENCH).replace("\u202f", " ").replace("\u00a0", " ")
    assert summary.startswith(told)
