from __future__ import annotations

import pytest

from scoring_dash.core.typography import typeset_french


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("l'emploi d'hier", "l\u2019emploi d\u2019hier"),
        ("Nature : prêt", "Nature\u00a0: prêt"),
        ("payé ; négatif", "payé\u202f; négatif"),
        ("8,4 % ?", "8,4\u202f%\u202f?"),
        ("« Refus »", "«\u00a0Refus\u00a0»"),
        ("1 234 567 €", "1\u202f234\u202f567 €"),
        ("de 1 à 30 jours", "de 1 à 30 jours"),
        ("https://exemple.fr", "https://exemple.fr"),
    ],
)
def test_gives_signs_of_printed_french_and_is_idempotent(typed: str, expected: str) -> None:
    assert typeset_french(typed) == expected
    assert typeset_french(expected) == expected
