"""The model card of a small model: complete, in its language, the same bytes again, never from a damaged artifact."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.tiny_model import FEATURES

from scoring_dash.core.errors import ArtifactError, ConfigurationError
from scoring_dash.i18n.catalogue import Language
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.model.evaluation.results import (
    CheckedFigure,
    FairnessGroup,
    FairnessTable,
    SelfCheck,
)
from scoring_dash.reports.html import to_html
from scoring_dash.reports.markdown import to_markdown
from scoring_dash.reports.model_card import model_card, write_model_card
from scoring_dash.reports.sources import CardSources, read_comparison, read_sources
from scoring_dash.reports.texts import load_card_texts

ENGLISH = re.compile(
    r"\b(the|and|with|of|file|files|threshold|loan|risk|refused|accepted|income|rate|feature|features|model|"
    r"default|observed|predicted|without|every|cost|fold)\b",
    re.IGNORECASE,
)
FIGURES = {"auc": 0.75, "brier": 0.066, "log_loss": 0.24, "cost": 0.52}


class Reader(HTMLParser):
    """All that a person reads on a page, identifiers in `code` apart."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "code")
        self.words += [value or "" for name, value in attributes if name == "aria-label"]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "code")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


@pytest.fixture(scope="module")
def sources(tiny_artifacts: Path) -> CardSources:
    found = read_sources(tiny_artifacts)
    # The small model's features have no French names; a real one's have.
    names = {feature.name: f"Donnée {place}" for place, feature in enumerate(FEATURES)}
    features = tuple(replace(feature, label_fr=names[feature.name]) for feature in found.description.features)
    audit = FairnessTable("sex", (a_group("F", 0.9), a_group("M", 0.6)), Metric(0.667, 0.6, 0.7), False, a_rate(0.1),
                          a_rate(0.2), 1, 12)  # fmt: skip
    return replace(
        found,
        description=replace(found.description, features=features),
        evaluation=replace(found.evaluation, fairness=(audit,)),
    )


def a_rate(value: float) -> Metric:
    return Metric(value, value - 0.05, value + 0.05)


def a_group(name: str, approved: float) -> FairnessGroup:
    return FairnessGroup(name, 300, a_rate(approved), a_rate(0.2), None, None, a_rate(0.1), a_rate(0.1))


def a_comparison(path: Path) -> Path:
    def metric(value: float) -> dict[str, float]:
        return {"value": value, "low": value - 0.01, "high": value + 0.01}

    family = {
        "family": "logistic",
        "imbalance": "class_weights",
        "metrics": {name: metric(value) for name, value in FIGURES.items()},
        "calibration": {"mean_probability": 0.4, "slope": None},
    }
    lawful = {"name": "lawful", "kind": "lawful", "group": None, "features": 6, "auc": 0.75, "difference": {}}
    aged = {**lawful, "name": "lawful + age", "kind": "added", "group": "age", "auc": 0.7513}
    aged["difference"] = {"auc": metric(0.0013), "cost": metric(-0.0022)}
    content = {"files": 900, "features": 6, "folds": 3, "features_sha256": "other", "families": [family]}
    content |= {"default_rate": 0.5, "tables": ["application_train"]}
    path.write_text(json.dumps({**content, "exclusions": [lawful, aged]}))
    return path


def read(page: str) -> str:
    reader = Reader()
    reader.feed(page)
    return " ".join(reader.words)


def test_the_french_card_holds_no_english(sources: CardSources, tmp_path: Path) -> None:
    compared = replace(sources, comparison=read_comparison(a_comparison(tmp_path / "compare.json")))
    text = read(to_html(model_card(compared, load_card_texts(Language.FRENCH))))
    assert ENGLISH.findall(text) == []
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", text), "a raw name stands outside of code"
    assert not re.search(r"\d\.\d", re.sub(r"\d+\.\d+\.\d+-[0-9a-f]+", "", text)), "a number has a decimal point"


def test_languages_tell_the_same_sections(sources: CardSources) -> None:
    french, english = (model_card(sources, load_card_texts(language)) for language in Language)
    assert [section.name for section in french.sections] == [section.name for section in english.sections]
    assert [type(block) for section in french.sections for block in section.blocks] == [
        type(block) for section in english.sections for block in section.blocks
    ]


def test_figures_are_those_of_the_evaluation(sources: CardSources) -> None:
    text = to_markdown(model_card(sources, load_card_texts(Language.ENGLISH)))
    auc, rule = sources.evaluation.metrics["auc"], sources.description.rule
    assert rf"| {auc.value:.4f} | \[{auc.low:.4f}, {auc.high:.4f}\] |" in text
    assert f"The threshold is {rule.threshold * 100:.1f}%" in text
    assert f"Review zone: {rule.review_low * 100:.1f}% to {rule.review_high * 100:.1f}%" in text
    assert sources.version in text
    assert "SIMULATED PORTFOLIO" in text
    assert "below {floor}" not in text
    assert f"falls below {auc.low:.4f}" in text


def test_a_real_portfolio_is_not_called_simulated(sources: CardSources) -> None:
    real = replace(sources, description=replace(sources.description, simulated=False))
    text = to_markdown(model_card(real, load_card_texts(Language.ENGLISH)))
    assert "SIMULATED" not in text
    assert "Real files." in text


def test_alarms_are_set_apart(sources: CardSources) -> None:
    misfit = CheckedFigure("ks", 0.9, 0.4, 0.05, fits=False)
    metrics = {**sources.evaluation.metrics, "auc": Metric(0.97, 0.96, 0.98)}
    evaluation = replace(sources.evaluation, metrics=metrics, self_check=SelfCheck((misfit,), ("…",)))
    text = to_markdown(model_card(replace(sources, evaluation=evaluation), load_card_texts(Language.ENGLISH)))
    assert "> 1 figures do not fit" in text
    assert "> An AUC of 0.9700 is above 0.82: suspect a leak" in text
    assert "> Approval ratio (least over greatest): 0.667" in text
    assert "BELOW FOUR FIFTHS" in text
    assert "Withheld: 1 groups, 12 files." in text


def test_a_group_judged_riskier_than_it_is_is_named(sources: CardSources) -> None:
    (audit,) = sources.evaluation.fairness
    women, men = audit.groups
    fair = to_markdown(model_card(sources, load_card_texts(Language.ENGLISH)))
    assert "in every group the mean probability lies within" in fair
    wrong = replace(audit, groups=(replace(women, predicted=a_rate(0.3)), replace(men, predicted=a_rate(0.01))))
    evaluation = replace(sources.evaluation, fairness=(wrong,))
    text = to_markdown(model_card(replace(sources, evaluation=evaluation), load_card_texts(Language.ENGLISH)))
    assert "exceeds the interval of the default rate met for: Woman." in text
    assert "is below the interval of the default rate met for: Man." in text


def test_what_could_not_be_measured_is_said(sources: CardSources) -> None:
    evaluation = replace(
        sources.evaluation, stability=None, spread=None, conformal=None, importance=None, fairness=(), folds=()
    )
    text = to_markdown(model_card(replace(sources, evaluation=evaluation), load_card_texts(Language.ENGLISH)))
    assert "There are no current files to compare with." in text
    assert text.count("It could not be measured on these files.") == 2
    assert "The attributes of the audit are not known" in text


def test_a_comparison_of_other_files_is_told_as_such(sources: CardSources, tmp_path: Path) -> None:
    compared = replace(sources, comparison=read_comparison(a_comparison(tmp_path / "compare.json")))
    text = to_markdown(model_card(compared, load_card_texts(Language.ENGLISH)))
    assert "> This comparison was made on other files than this" in text
    assert "| logistic regression + class weights | 0.7500 |" in text
    assert r"| lawful + age | 6 | 0.7513 | +0.0013 | \[−0.0087, 0.0113\] | −0.0022 |" in text


def test_a_comparison_of_these_files_is_known_by_its_files_when_training_pruned(
    sources: CardSources, tmp_path: Path
) -> None:
    comparison = read_comparison(a_comparison(tmp_path / "compare.json"))
    mine = replace(
        comparison,
        tables=tuple(sorted(sources.description.training["tables"])),
        files=sources.evaluation.files,
        default_rate=sources.evaluation.metrics["default_rate"].value,
    )
    assert replace(sources, comparison=mine).comparison_is_of_these_files
    assert not replace(sources, comparison=replace(mine, files=mine.files + 1)).comparison_is_of_these_files
    hashed = replace(comparison, features_sha256=sources.description.training["features_sha256"])
    assert replace(sources, comparison=hashed).comparison_is_of_these_files


def test_same_artifact_same_bytes(tiny_artifacts: Path, tmp_path: Path) -> None:
    first, second = (
        [path.read_bytes() for path in write_model_card(read_sources(tiny_artifacts), tmp_path / name, tuple(Language))]
        for name in ("first", "second")
    )
    assert first == second
    assert len(first) == 4


def test_the_page_fetches_and_runs_nothing(sources: CardSources) -> None:
    page = to_html(model_card(sources, load_card_texts(Language.FRENCH)))
    assert not re.search(r"<script|\bon\w+=|<link|<img|@import|javascript:", page)
    addresses = set(re.findall(r'(?:href|src)="([^"]+)"', page))
    assert all(address.startswith("#") for address in addresses)
    named = set(re.findall(r'\bid="([^"]+)"', page))
    assert {address.removeprefix("#") for address in addresses} <= named


def test_a_damaged_artifact_gives_no_card(tiny_artifacts: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_artifacts, tmp_path / "copy")
    (evaluation,) = (tmp_path / "copy").glob("versions/*/model/evaluation.json")
    evaluation.write_text(evaluation.read_text().replace("0.", "1.", 1))
    with pytest.raises(ArtifactError, match=r"evaluation\.json: sha256"):
        read_sources(tmp_path / "copy")


@pytest.mark.parametrize("content", ["{", "[]", '{"files": 3}'])
def test_a_file_that_is_no_comparison_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "compare.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match="is no report of a comparison"):
        read_comparison(path)
