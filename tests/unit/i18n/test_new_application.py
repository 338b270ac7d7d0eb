"""Faults as sentences: complete in both languages, for every code, without a name of ours."""

from __future__ import annotations

import re

import pytest

from scoring_dash.core.new_application import ApplicationFault, FaultCode
from scoring_dash.data.new_application.form import FIELDS, FieldGroup
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.new_application import fault_count_text, fault_text, more_faults_text
from scoring_dash.i18n.new_application_form import answer_fault, choices, group_name, hint, question

FRENCH, ENGLISH = load_texts(Language.FRENCH), load_texts(Language.ENGLISH)

CANDIDATES = {
    FaultCode.UNKNOWN_COLUMN: ("AMT_CREDIT",),
    FaultCode.WRONG_CELL_COUNT: ("12",),
    FaultCode.AMBIGUOUS_NUMBER: ("1250", "1.25"),
    FaultCode.UNKNOWN_CATEGORY: ("Cash loans", "Revolving loans"),
    FaultCode.REPEATED_NUMBER: ("3",),
}


def fault(code: FaultCode, row: int | None = 4) -> ApplicationFault:
    column = "NAME_CONTRACT_TYPE" if code is FaultCode.UNKNOWN_CATEGORY else "AMT_CREDIT"
    return ApplicationFault(code, row, column, "12x", CANDIDATES.get(code, ()))


@pytest.mark.parametrize("row", [None, 4])
@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_is_told_in_both_languages(code: FaultCode, row: int | None) -> None:
    french, english = (fault_text(fault(code, row), texts) for texts in (FRENCH, ENGLISH))
    for told in (french, english):
        assert told.problem.endswith((".", ".”", ". »")) or told.problem[-1] in "”»."
        assert told.remedy.endswith(".")
        assert not re.search(r"[{}]", told.sentences)
    assert french.problem != english.problem
    assert french.remedy != english.remedy


@pytest.mark.parametrize(
    ("code", "value", "french", "english"),
    [
        (
            FaultCode.OUT_OF_RANGE,
            "-5",
            "« -5 » est hors de ce qui est possible. Accepté : un nombre supérieur à 0. Corrigez la valeur.",
            "“-5” is outside what is possible. Allowed: a number greater than 0. Correct the value.",
        ),
        (
            FaultCode.OUT_OF_RANGE,
            "1e308",
            "« 1e308 » est hors de ce qui est possible. Accepté : un nombre de 0 à 1 000 000 000 000. "
            "Corrigez la valeur.",
            "“1e308” is outside what is possible. Allowed: a number from 0 to 1,000,000,000,000. Correct the value.",
        ),
        (
            FaultCode.AMBIGUOUS_NUMBER,
            "1,250",
            "« 1,250 » peut se lire comme deux nombres différents. Écrivez 1250 ou 1,25. "
            "Écrivez le nombre sans séparateur de milliers.",
            "“1,250” can be read as two different numbers. Write 1250 or 1.25. "
            "Write the number without separators of thousands.",
        ),
    ],
)
def test_what_is_wrong_what_is_allowed_and_what_to_do(code: FaultCode, value: str, french: str, english: str) -> None:
    found = ApplicationFault(code, 2, "AMT_CREDIT", value, CANDIDATES.get(code, ()))
    assert plain(fault_text(found, FRENCH).sentences) == french
    assert plain(fault_text(found, ENGLISH).sentences) == english


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def test_a_category_is_named_as_a_person_says_it() -> None:
    told = fault_text(fault(FaultCode.UNKNOWN_CATEGORY), FRENCH)
    assert "Cash loans" in told.allowed and "Prêt personnel" in told.allowed
    assert "Nature du crédit" in told.label


def test_an_unambiguous_french_decimal_never_has_three_digits() -> None:
    found = ApplicationFault(FaultCode.AMBIGUOUS_NUMBER, 2, "AMT_CREDIT", "9,007", ("9007", "9.007"))
    assert "9,0070" in fault_text(found, FRENCH).allowed
    assert "9.007" in fault_text(found, ENGLISH).allowed


def test_counts_follow_the_language() -> None:
    faults = [fault(FaultCode.NOT_A_NUMBER)]
    assert fault_count_text(faults, 0, FRENCH) == "1 erreur à corriger"
    assert fault_count_text(faults, 2, ENGLISH) == "3 faults to correct"
    assert plain(more_faults_text(1_200, FRENCH)).startswith("1 200 autres erreurs")


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_every_question_has_its_words(texts: object) -> None:
    questions = [question(field, texts) for field in FIELDS]  # type: ignore[arg-type]
    assert len(set(questions)) == len(FIELDS)
    assert all(group_name(group, texts) for group in FieldGroup)  # type: ignore[arg-type]
    for field in FIELDS:
        names = [name for _, name in choices(field, texts)]  # type: ignore[arg-type]
        assert len(set(names)) == len(names)
        assert "_" not in "".join([*names, hint(field, 3.0, texts)])  # type: ignore[arg-type]


def test_years_are_told_as_years() -> None:
    (field,) = (item for item in FIELDS if item.name == "job-years")
    told = answer_fault(field, ApplicationFault(FaultCode.OUT_OF_RANGE, None, field.column, "200"), ENGLISH)
    assert told == "“200” is outside what is possible. Allowed: a number of years from 0 to 120."
    assert hint(field, 1_461.0, ENGLISH) == "Usually 4.0."
