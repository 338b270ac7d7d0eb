"""New applications in a real browser: the form, a file with faults, ten thousand rows, a file too large."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.test_auditing import ENGLISH, FRENCH, JARGON, NAMES, RAW, WCAG, WIDTHS, everything_said
from browser.test_keyboard import go_to
from playwright.sync_api import Page, expect
from support.fake_services import FakeServices
from support.new_applications import GOOD, as_csv, as_json, good_rows, read

from scoring_dash.assessment.table import COLUMNS
from scoring_dash.core.new_application import MOST_BYTES
from scoring_dash.data.new_application.form import read_form
from scoring_dash.i18n.catalogue import Language

pytestmark = pytest.mark.browser

ANSWERS = {"amount": "450 000", "instalment": "22 500,50", "income": "180000"}
NEW = "?section=new"
THREE_FAULTS = [
    {**GOOD, "AMT_CREDIT": "beaucoup"},
    {**GOOD, "SK_ID_CURR": 900_002, "NAME_CONTRACT_TYPE": "Cash loan"},
    {**GOOD, "SK_ID_CURR": 900_003, "EXT_SOURCE_2": "1,5"},
]


def fill(page: Page, answers: dict[str, str]) -> None:
    page.locator("#new-answer-contract").select_option("Cash loans")
    for name, answer in answers.items():
        page.locator(f"#new-answer-{name}").fill(answer)


def send_file(page: Page, content: bytes, name: str = "demandes.csv") -> None:
    kind = "application/json" if name.endswith(".json") else "text/csv"
    page.locator("#new-file").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.locator("#new-file-submit").click()


def assert_audited(page: Page, language: Language, *, names_allowed: bool = False) -> None:
    """No violation at any width, no scrolling sideways, one language; names of columns in ``code`` alone."""
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=WCAG).response["violations"]
        assert {item["id"]: [node["html"][:120] for node in item["nodes"]] for item in found} == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    if names_allowed:
        return
    text = NAMES.sub("", everything_said(page))
    for name in page.locator("code").all_inner_texts():  # files and columns as their owner must name them
        text = text.replace(name, "")
    assert RAW.findall(text) == []
    assert JARGON.findall(text) == []
    assert (ENGLISH if language is Language.FRENCH else FRENCH).findall(text) == []


@pytest.mark.parametrize("language", Language)
def test_from_the_start_page_to_an_estimate(visit: Callable[..., object], language: Language) -> None:
    one = visit()
    page = one.open(f"?lang={language}")
    page.locator("#start-new").click()
    expect(page.locator("#new-form")).to_be_visible()
    assert_audited(page, language)
    fill(page, ANSWERS)
    page.locator("#new-submit").click()
    expect(page.locator("#new-result")).to_be_focused()
    (expected,) = FakeServices().assess_new(read_form({"contract": "Cash loans", **ANSWERS}))
    assert page.locator(".verdict").get_attribute("data-probability") == repr(expected.probability_of_default)
    assert page.locator(".verdict").get_attribute("data-recommendation") == expected.recommendation
    one.wait_for_drawings()
    assert page.locator(".reason").count() == len(expected.reasons)
    assert page.locator(".to-know .alert").count() > 0  # what the missing answers would tell
    assert page.locator("#new-answer-amount").input_value() == ANSWERS["amount"]
    assert_audited(page, language)


def test_what_was_typed_is_in_no_address_and_in_no_storage(visit: Callable[..., object]) -> None:
    one = visit()
    page = one.open(NEW)
    fill(page, {**ANSWERS, "amount": "456789"})
    page.locator("#new-submit").click()
    expect(page.locator("#new-result")).to_be_focused()
    assert not [address for address in one.requests if "456789" in address]
    assert "456789" not in page.url
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "456789" not in stored
    page.locator(".logo").click()
    expect(page.locator("#start-new")).to_be_visible()
    page.locator("#start-new").click()
    expect(page.locator("#new-answer-amount")).to_have_value("")
    expect(page.locator("#new-result")).to_have_count(0)


@pytest.mark.parametrize("language", Language)
def test_what_is_wrong_stands_beside_each_answer(visit: Callable[..., object], language: Language) -> None:
    page = visit().open(f"{NEW}&lang={language}")
    page.locator(".new-more summary").first.click()
    fill(page, {"amount": "-5", "income": "1,250", "score-1": "2"})
    page.locator("#new-submit").click()
    first = page.locator("#new-answer-amount")
    expect(first).to_be_focused()
    for name in ("amount", "instalment", "income", "score-1"):
        field = page.locator(f"#new-answer-{name}")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert f"new-answer-{name}-fault" in (field.get_attribute("aria-describedby") or "")
        expect(page.locator(f"#new-answer-{name}-fault")).to_be_visible()
    expect(page.locator("#new-answer-contract")).not_to_have_attribute("aria-invalid", "true")
    said = {Language.FRENCH: "hors de ce qui est possible", Language.ENGLISH: "outside what is possible"}[language]
    expect(page.locator("#new-answer-amount-fault")).to_contain_text(said)
    expect(first).to_have_value("-5")
    assert_audited(page, language)
    fill(page, {**ANSWERS, "score-1": "0,4"})
    page.locator("#new-submit").click()
    expect(page.locator("#new-result")).to_be_focused()
    expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_another_language_keeps_the_answers_and_their_estimate(visit: Callable[..., object]) -> None:
    page = visit().open(NEW)
    fill(page, ANSWERS)
    page.locator("#new-submit").click()
    expect(page.locator("#new-result")).to_have_text("Estimation pour ces réponses")
    page.locator("#language-en").click()
    expect(page.locator("#new-result")).to_have_text("Estimate for these answers")
    expect(page.locator("#new-answer-amount")).to_have_value(ANSWERS["amount"])


def test_the_form_by_the_keyboard_alone(visit: Callable[..., object]) -> None:
    page = visit().open()
    go_to(page, id="start-new")
    page.keyboard.press("Enter")
    expect(page.locator("#new-form")).to_be_visible()
    go_to(page, id="new-answer-contract")
    page.keyboard.press("ArrowDown")
    for name, answer in ANSWERS.items():
        go_to(page, id=f"new-answer-{name}")
        page.keyboard.type(answer)
    page.keyboard.press("Enter")
    expect(page.locator("#new-result")).to_be_focused()
    go_to(page, id="new-answer-amount")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("zéro")
    page.keyboard.press("Enter")
    expect(page.locator("#new-answer-amount")).to_be_focused()
    expect(page.locator("#new-answer-amount-fault")).to_contain_text("n’est pas un nombre")


@pytest.mark.parametrize("language", Language)
def test_a_file_with_three_faults_is_mended_and_estimated(
    visit: Callable[..., object], language: Language, tmp_path: Path
) -> None:
    page = visit().open(f"{NEW}&lang={language}")
    send_file(page, as_csv(THREE_FAULTS, delimiter=";"))
    expect(page.locator("#new-faults")).to_be_focused()
    expect(page.locator("#new-faults")).to_contain_text("3")
    rows = page.locator(".new-faults tbody tr")
    assert [row.locator("td").first.inner_text() for row in rows.all()] == ["2", "3", "4"]
    assert [row.locator("code").inner_text() for row in rows.all()] == [
        "AMT_CREDIT",
        "NAME_CONTRACT_TYPE",
        "EXT_SOURCE_2",
    ]
    expect(rows.nth(1)).to_contain_text("Cash loans")
    expect(page.locator("#new-download")).to_have_count(0)
    assert_audited(page, language, names_allowed=True)
    mended = [
        {**THREE_FAULTS[0], "AMT_CREDIT": "450 000,50"},
        {**THREE_FAULTS[1], "NAME_CONTRACT_TYPE": "Cash loans"},
        {**THREE_FAULTS[2], "EXT_SOURCE_2": "0,15"},
    ]
    send_file(page, as_csv(mended, delimiter=";"))
    expect(page.locator("#new-file-result")).to_be_focused()
    expected = list(FakeServices().assess_new(read(as_csv(mended, delimiter=";"))))
    shown = page.locator(".new-results tbody tr")
    assert [row.get_attribute("data-probability") for row in shown.all()] == [
        repr(item.probability_of_default) for item in expected
    ]
    assert_audited(page, language)
    with page.expect_download() as waiting:
        page.locator("#new-download").click()
    path = tmp_path / "results.csv"
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        saved = list(csv.DictReader(stream))
    assert tuple(saved[0]) == COLUMNS
    assert [float(row["probability_of_default"]) for row in saved] == [item.probability_of_default for item in expected]


def test_ten_thousand_rows_tell_how_far_they_are(visit: Callable[..., object]) -> None:
    page = visit().open(NEW)
    page.evaluate(
        """() => {
          window.told = []; window.shares = [];
          const bar = document.getElementById('new-progress');
          new MutationObserver(() => {
            window.told.push(document.getElementById('new-progress-text').textContent);
            window.shares.push(bar.value);
          }).observe(document.getElementById('new-progress-text'), { childList: true });
        }"""
    )
    send_file(page, as_json(good_rows(10_000)), "demandes.json")
    expect(page.locator("#new-file-result")).to_be_focused(timeout=60_000)
    expect(page.locator("#new-file-result")).to_have_text("10\u202f000 demandes estimées")
    told, shares = page.evaluate("[window.told, window.shares]")
    estimated = [text for text in told if re.search(r"lignes estimées sur 10.000", text)]
    assert len(set(estimated)) > 3
    assert shares == sorted(shares)
    assert shares[-1] == 100
    assert page.locator(".new-results tbody tr").count() == 20


@pytest.mark.parametrize(("language", "said"), [("fr", "dépasse 50 Mo"), ("en", "larger than 50 MB")])
def test_a_file_of_fifty_megabytes_is_refused_before_it_is_sent(
    visit: Callable[..., object], language: str, said: str, tmp_path: Path
) -> None:
    one = visit()
    page = one.open(f"{NEW}&lang={language}")
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    page.locator("#new-file").set_input_files(path)
    page.locator("#new-file-submit").click()
    expect(page.locator("#new-progress-text")).to_contain_text(said)
    expect(page.locator("#new-file")).to_be_focused()
    assert not [address for address in one.requests if "new-application/file" in address]


def test_a_file_of_too_many_rows_is_refused_while_it_is_still_being_sent(visit: Callable[..., object]) -> None:
    page = visit().open(NEW)
    send_file(page, as_csv(good_rows(150_000)))
    expect(page.locator("#new-faults")).to_be_focused()
    expect(page.locator(".new-faults tbody")).to_contain_text("plus de 10\u202f000 demandes")


def test_without_a_file_it_says_so(visit: Callable[..., object]) -> None:
    page = visit().open(NEW)
    page.locator("#new-file-submit").click()
    expect(page.locator("#new-progress-text")).to_have_text("Choisissez d’abord un fichier.")


def test_two_visitors_see_their_own_results(visit: Callable[..., object]) -> None:
    one, other = visit().open(NEW), visit().open(NEW)
    for page, amount in ((one, "300000"), (other, "900000")):
        fill(page, {**ANSWERS, "amount": amount})
        page.locator("#new-submit").click()
    for page, amount in ((one, "300000"), (other, "900000")):
        expect(page.locator("#new-result")).to_be_focused()
        (expected,) = FakeServices().assess_new(read_form({"contract": "Cash loans", **ANSWERS, "amount": amount}))
        assert page.locator(".verdict").get_attribute("data-probability") == repr(expected.probability_of_default)


def test_the_page_in_the_dark(visit: Callable[..., object]) -> None:
    page = visit(color_scheme="dark").open(NEW)
    send_file(page, as_csv(THREE_FAULTS))
    expect(page.locator("#new-faults")).to_be_focused()
    assert Axe().run(page, options=WCAG).response["violations"] == []


@pytest.mark.parametrize("language", Language)
def test_tables_of_the_past_are_checked_with_the_applications(visit: Callable[..., object], language: Language) -> None:
    page = visit().open(f"{NEW}&lang={language}")
    bureau = b"SK_ID_CURR,SK_ID_BUREAU\n900001,x\n"
    files = [("demandes.csv", as_csv([GOOD])), ("bureau.csv", bureau)]
    page.locator("#new-file").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files]
    )
    page.locator("#new-file-submit").click()
    expect(page.locator("#new-faults")).to_be_focused()
    expect(page.locator(".new-faults code").first).to_contain_text("bureau.")
    assert_audited(page, language, names_allowed=True)
