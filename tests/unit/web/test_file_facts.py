"""Facts are found by theme and by word, and nothing else is."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from support.fake_features import RECIPES
from support.fake_services import FakeServices

from scoring_dash.core.typography import folded
from scoring_dash.core.words import ColumnUse, TableName, Theme, Unit
from scoring_dash.data.schema import TABLES
from scoring_dash.i18n.catalogue import Language
from scoring_dash.web.sections.file_facts import (
    MOST_IMPORTANT,
    MOST_IN_A_THEME,
    Fact,
    facts_of,
    find_facts,
    missing_facts,
    most_important,
    theme_of_column,
)

SERVICES = FakeServices()
MODEL = SERVICES.model
APPLICATION = {
    "AMT_CREDIT": 1.0,
    "AMT_GOODS_PRICE": 90_000.0,
    "NAME_CONTRACT_TYPE": "Cash loans",
    "FLAG_OWN_CAR": "N",
    "DAYS_LAST_PHONE_CHANGE": -753.0,
    "FLAG_DOCUMENT_3": 1.0,
    "CODE_GENDER": "F",
    "SOMETHING_NEW": 3.0,
}
CLIENT = replace(SERVICES.facts(100_009), application=APPLICATION)
FACTS = facts_of(CLIENT, MODEL)


def names(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.feature.name for fact in facts]


def slowly_found(theme: Theme | None, search: str, language: Language) -> set[str]:
    """The obvious way: every word in one long text of names and meanings, letter by letter without accents."""

    def bare(text: str) -> str:
        signs = [unicodedata.decomposition(sign).split(" ")[0] or f"{ord(sign):04x}" for sign in text]
        letters = "".join(chr(int(sign, 16)) if not sign.startswith("<") else " " for sign in signs)
        return letters.lower().replace("\u2019", "'")

    found = set()
    for fact in FACTS:
        texts = [fact.feature.label(str(language))]
        for reference in fact.feature.columns:
            table = TABLES[fact.feature.table or TableName.APPLICATION_TRAIN]
            texts += [column.meaning(str(language)) for column in table.columns if column.name == reference]
        everything = " | ".join(bare(text) for text in texts)
        is_of_theme = theme is None or fact.feature.theme is theme
        if is_of_theme and all(bare(word) in everything for word in search.split()):
            found.add(fact.feature.name)
    return found


def test_every_feature_is_a_fact_with_the_stored_value() -> None:
    features = {fact.feature.name: fact for fact in FACTS if fact.rank is not None}
    assert set(features) == {feature.name for feature in MODEL.features}
    for client in (100_001, 100_002, 100_003, 100_200):
        stored = SERVICES.facts(client)
        for fact in facts_of(stored, MODEL):
            if fact.rank is not None:
                assert fact.value == stored.features[fact.feature.name]
                assert fact.typical == MODEL.typical_values[fact.feature.name]


def test_ranks_follow_the_weights() -> None:
    ranks = {fact.rank: MODEL.weights[fact.feature.name] for fact in FACTS if fact.rank is not None}
    assert sorted(ranks) == list(range(1, len(MODEL.features) + 1))
    assert [ranks[place] for place in sorted(ranks)] == sorted(ranks.values(), reverse=True)


def test_columns_of_the_application_join_unless_a_feature_shows_them_or_the_law_forbids_them() -> None:
    columns = {fact.feature.name: fact for fact in FACTS if fact.rank is None}
    # A fake feature shows the amount of the loan as it is.
    assert set(columns) == {
        "AMT_GOODS_PRICE",
        "NAME_CONTRACT_TYPE",
        "FLAG_OWN_CAR",
        "DAYS_LAST_PHONE_CHANGE",
        "FLAG_DOCUMENT_3",
    }
    assert columns["DAYS_LAST_PHONE_CHANGE"].value == 753.0
    assert columns["DAYS_LAST_PHONE_CHANGE"].feature.label_fr == "Dernier changement de téléphone"
    assert columns["AMT_GOODS_PRICE"].value == 90_000.0
    assert {name: fact.feature.theme for name, fact in columns.items()} == {
        "AMT_GOODS_PRICE": Theme.LOAN_SIZE,
        "NAME_CONTRACT_TYPE": Theme.LOAN_SIZE,
        "FLAG_OWN_CAR": Theme.ASSETS,
        "DAYS_LAST_PHONE_CHANGE": Theme.COMPLETENESS,
        "FLAG_DOCUMENT_3": Theme.COMPLETENESS,
    }


def test_columns_that_may_be_stored_stand_in_the_theme_that_their_name_tells() -> None:
    stored = [column for column in TABLES[TableName.APPLICATION_TRAIN].columns if column.use is not ColumnUse.FORBIDDEN]
    themes = {column.name: theme_of_column(column.name) for column in stored}
    assert themes["AMT_REQ_CREDIT_BUREAU_YEAR"] is Theme.DEBTS_ELSEWHERE
    assert themes["AMT_INCOME_TOTAL"] is Theme.INCOME_JOB
    assert themes["EXT_SOURCE_2"] is Theme.EXTERNAL_SCORES
    amounts = {column.name for column in stored if column.unit is Unit.CURRENCY}
    assert {themes[name] for name in amounts} == {Theme.LOAN_SIZE, Theme.INCOME_JOB}


@pytest.mark.parametrize("theme", Theme)
def test_a_theme_shows_all_its_facts_and_no_other(theme: Theme) -> None:
    found = find_facts(FACTS, theme, "", Language.FRENCH).facts
    assert set(names(found)) == {fact.feature.name for fact in FACTS if fact.feature.theme is theme}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "search",
    ["revenu", "REVENU", "échéance", "echeance", "prêt", "l'emploi", "crédit bien", "bien crédit", "income", "loan",
     "é", "zzz", "<script>", "part retard 12", "piece", "%", "_", "employeur revenu"],
)  # fmt: skip
def test_a_search_finds_exactly_the_facts_that_hold_every_word(search: str, language: Language) -> None:
    for theme in (None, Theme.LOAN_SIZE, Theme.INCOME_JOB):
        found = find_facts(FACTS, theme, search, language).facts
        assert set(names(found)) == slowly_found(theme, search, language)


def test_accents_capitals_and_apostrophes_do_not_matter() -> None:
    found = [
        names(find_facts(FACTS, None, text, Language.FRENCH).facts) for text in ("ÉCHÉANCE", "echeance", "Échéance")
    ]
    assert found[0] == found[1] == found[2] != []
    assert folded("L\u2019Échéance  \u00e0  payer") == "l'echeance a payer"


def test_what_is_found_by_its_meaning_is_marked() -> None:
    # "Montant du crédit demandé" is the meaning of the one column behind every fake feature.
    found = find_facts(FACTS, None, "montant", Language.FRENCH)
    assert "income" in found.by_meaning
    assert "credit_amount" not in found.by_meaning
    of_its_theme = [fact for fact in found.facts if fact.feature.theme is Theme.LOAN_SIZE]
    assert of_its_theme[0].feature.name == "credit_amount"


def test_by_default_the_heaviest_facts_of_several_themes() -> None:
    chosen = most_important(FACTS)
    assert len(chosen) == MOST_IMPORTANT
    themes = [fact.feature.theme for fact in chosen]
    assert max(themes.count(theme) for theme in themes) <= MOST_IN_A_THEME
    assert chosen[0].rank == 1
    left_out = [fact for fact in FACTS if fact.rank and fact not in chosen and themes.count(fact.feature.theme) < 2]
    assert all((fact.rank or 0) > (chosen[-1].rank or 0) for fact in left_out)
    assert set(names(find_facts(FACTS, None, "", Language.FRENCH).facts)) == set(names(chosen))


def test_facts_stand_theme_by_theme() -> None:
    order = list(Theme)
    for search, theme in (("", None), ("credit", None), ("", Theme.LOAN_SIZE)):
        places = [order.index(fact.feature.theme) for fact in find_facts(FACTS, theme, search, Language.FRENCH).facts]
        assert places == sorted(places)


def test_missing_is_what_is_usually_given_and_is_not_here() -> None:
    usual = {name for name, value in MODEL.typical_values.items() if value is not None}
    for client in range(100_001, 100_020):
        stored = SERVICES.facts(client)
        expected = {name for name in usual if stored.features[name] is None}
        assert set(names(missing_facts(facts_of(stored, MODEL)))) == expected


def test_what_is_usually_not_given_is_not_called_missing() -> None:
    rare = replace(MODEL, typical_values={**MODEL.typical_values, "card_use": None})
    client = next(c for c in range(100_001, 100_300) if SERVICES.facts(c).features["card_use"] is None)
    assert "card_use" in names(missing_facts(facts_of(SERVICES.facts(client), MODEL)))
    assert "card_use" not in names(missing_facts(facts_of(SERVICES.facts(client), rare)))
    assert len(RECIPES) == len(rare.features)
