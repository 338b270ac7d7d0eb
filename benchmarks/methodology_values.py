"""What the placeholders of the methodology note stand for, in the words and numbers of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from scoring_dash.core.words import ColumnUse
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.schema.policy import load_policies, policy_of
from scoring_dash.explain.reasons import BAND_START, REASONS_PER_DIRECTION
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.model.evaluation.self_check import SUSPECT_AUC
from scoring_dash.monitoring.fairness import LEAST_FILES
from scoring_dash.reports.blocks import Bullets, Paragraph, Section, Table
from scoring_dash.reports.markdown import escaped, table_text
from scoring_dash.reports.sections import groups, inputs, opening, quality, weights
from scoring_dash.reports.sources import CardSources, ComparedFamily, ComparedSet
from scoring_dash.reports.texts import CardTexts

Figures = Mapping[str, Any]

_WORDS = {
    "fr": {
        "real": "dossiers réels",
        "simulated": "PORTEFEUILLE SIMULÉ",
        "same": "Les deux portent sur les mêmes dossiers.",
        "other": "Les deux ne portent pas sur les mêmes dossiers : comparer les différences, non les niveaux.",
        "tuning": ("Meilleur essai de chaque méthode, hors échantillon",),
        "tuning_header": ("Méthode", "Essais", "Perte logarithmique", "AUC", "Coût", "Arbres"),
        "plan": "paramètres de référence",
        "random": "tirage au hasard",
        "grid": "grille",
        "optuna": "Optuna (TPE)",
        "kept": "Aucun essai ne bat les paramètres de référence.",
        "beaten": "Le meilleur essai, par {method}, gagne {gain} de perte logarithmique sur la référence.",
    },
    "en": {
        "real": "real files",
        "simulated": "SIMULATED PORTFOLIO",
        "same": "Both are of the same files.",
        "other": "The two are not of the same files: compare the differences, not the levels.",
        "tuning": ("Best trial of each method, out of fold",),
        "tuning_header": ("Method", "Trials", "Log-loss", "AUC", "Cost", "Trees"),
        "plan": "reference parameters",
        "random": "random search",
        "grid": "grid",
        "optuna": "Optuna (TPE)",
        "kept": "No trial beats the reference parameters.",
        "beaten": "The best trial, by {method}, gains {gain} of log-loss over the reference parameters.",
    },
}


def values_of(figures: Figures, sources: CardSources, texts: CardTexts) -> dict[str, str]:
    """Every placeholder with its text, escaped for Markdown."""
    return {
        **_data(sources, texts),
        **_inputs(sources, texts),
        **_quality(sources, texts),
        **_groups(sources, texts),
        **_compared(sources, texts),
        **_tuned(figures["tuning"], texts),
        **_monotone(figures["monotone"], texts),
        **_row_scores(figures["row_scores"], texts),
        "portfolio": _portfolio(sources.description.simulated, texts),
        "comparison_portfolio": _portfolio(figures["comparison"]["simulated"], texts),
        "same_files": _words(texts)["same" if sources.comparison_is_of_these_files else "other"],
    }


def _data(sources: CardSources, texts: CardTexts) -> dict[str, str]:
    evaluation, training = sources.evaluation, sources.description.training
    rate = evaluation.metrics["default_rate"]
    compared = 0 if evaluation.stability is None else evaluation.stability.compared
    return {
        "version": sources.version,
        "data_hash": training["features_sha256"],
        "files": texts.number(evaluation.files),
        "current_files": texts.number(compared),
        "default_rate": texts.share(rate.value, 2),
        "default_rate_interval": escaped(texts.share_bounds(rate, 2)),
        "table_tables": table_text(opening.tables_table(sources, texts)),
    }


def _inputs(sources: CardSources, texts: CardTexts) -> dict[str, str]:
    features, training = sources.description.features, sources.description.training
    used = {policy_of(table, column) for feature in features for table, column in raw_columns(feature)}
    justified = [policy for policy in load_policies() if policy.use is ColumnUse.JUSTIFY and policy in used]
    never = [policy for policy in load_policies() if policy.use is ColumnUse.FORBIDDEN]
    uses = [feature.use for feature in features]
    counts = {
        "features": len(features),
        "allowed": uses.count(ColumnUse.ALLOWED),
        "justify": uses.count(ColumnUse.JUSTIFY),
        "unused": len(training.get("unused_features", ())),
        "copies": len(training.get("copied_features", ())),
        "forbidden_columns": sum(len(policy.columns) for policy in never),
        "constrained": sum(feature.monotone != 0 for feature in features),
        "folds": training["folds"],
        "rounds": training["rounds"],
        "seed": training["seed"],
    }
    return {
        **{name: texts.number(count) for name, count in counts.items()},
        "table_themes": table_text(inputs.themes_table(features, texts)),
        "table_justified": table_text(inputs.policies_table("justified", justified, texts)),
        "table_excluded": table_text(inputs.policies_table("excluded", never, texts)),
        "table_parameters": table_text(inputs.parameters_table(sources, texts)),
        "calibrator": escaped(inputs.calibrator_text(sources, texts)),
    }


def _quality(sources: CardSources, texts: CardTexts) -> dict[str, str]:
    metrics, calibration = sources.evaluation.metrics, sources.evaluation.calibration
    intro, theory, zone = quality.decision_texts(sources, texts)
    refused = metrics["refused"]
    return {
        "auc": texts.number(metrics["auc"].value, 4),
        "auc_interval": escaped(texts.bounds(metrics["auc"])),
        "auc_floor": texts.number(metrics["auc"].low, 4),
        "suspect_auc": texts.number(SUSPECT_AUC, 2),
        "refused": texts.share(refused.value),
        "calibration_error": texts.number(metrics["calibration_error"].value, 4),
        "table_metrics": table_text(quality.metrics_table(sources, texts)),
        "table_self_check": table_text(quality.self_check_table(sources, texts)),
        "table_calibration": table_text(quality.calibration_table(sources, texts)),
        "line_margins": escaped(quality.calibration_line("margins", calibration.margins, texts)),
        "line_served": escaped(quality.calibration_line("served", calibration.served, texts)),
        "decision": escaped(intro),
        "decision_theory": escaped(theory),
        "decision_zone": escaped(zone),
        "table_costs": table_text(quality.cost_table(sources, texts)),
        "band_start": texts.share(BAND_START, 0),
        "reasons": texts.number(REASONS_PER_DIRECTION),
    }


def _groups(sources: CardSources, texts: CardTexts) -> dict[str, str]:
    evaluation = sources.evaluation
    importance, stability = evaluation.importance, evaluation.stability
    audit = groups.fairness_section(sources, texts)
    return {
        "segments": _text(groups.segments_section(sources, texts)),
        "table_folds": table_text(groups.folds_table(sources, texts)),
        "table_psi": "" if stability is None else table_text(groups.psi_table(sources, stability, texts)),
        "psi": texts.tell("stability.none") if stability is None else escaped(groups.psi_text(stability, texts)),
        "uncertainty": "\n\n".join(escaped(text) for text in groups.uncertainty_texts(sources, texts)),
        "fairness": _text(audit, skip=2),
        "least_group": texts.number(LEAST_FILES),
        "table_theme_weights": "" if importance is None else table_text(weights.themes_weight_table(importance, texts)),
        "table_feature_weights": ""
        if importance is None
        else table_text(weights.features_weight_table(sources, importance, texts)),
        **groups.shift_limits(texts),
    }


def _compared(sources: CardSources, texts: CardTexts) -> dict[str, str]:
    found = sources.comparison
    if found is None:
        raise ValueError("The note needs a comparison.")
    families = {(item.family, item.imbalance): item for item in found.families}
    sets = {item.name: item for item in found.exclusions}
    main, weighted = families["lightgbm", "none"], families["lightgbm", "class_weights"]
    logistic, smote = families["logistic", "none"], families["lightgbm", "smote"]
    return {
        "compared_files": texts.number(found.files),
        "compared_features": texts.number(found.features),
        "compared_folds": texts.number(found.folds),
        "compared_default_rate": texts.share(found.default_rate, 2),
        "table_families": table_text(weights.families_table(found, texts)),
        "table_exclusions": table_text(weights.exclusions_table(found, texts)),
        **_family_values("lightgbm", main, texts),
        **_family_values("logistic", logistic, texts),
        **_family_values("weighted", weighted, texts),
        **_family_values("smote", smote, texts),
        **_change_values("all_forbidden", sets["all"], texts),
        **_change_values("without_external", sets["without external scores"], texts),
        **_change_values("allowed_only", sets["allowed only"], texts),
    }


def _family_values(name: str, found: ComparedFamily, texts: CardTexts) -> dict[str, str]:
    return {
        f"{name}_auc": texts.number(found.metrics["auc"].value, 4),
        f"{name}_cost": texts.number(found.metrics["cost"].value, 4),
        f"{name}_mean": texts.share(found.mean_probability),
    }


def _change_values(name: str, found: ComparedSet, texts: CardTexts) -> dict[str, str]:
    if found.auc_change is None:
        raise ValueError(f"{found.name} is compared with nothing.")
    return {f"{name}_auc_change": f"{texts.signed(found.auc_change.value)} {escaped(texts.bounds(found.auc_change))}"}


def _tuned(tuning: Figures, texts: CardTexts) -> dict[str, str]:
    words, trials, baseline = _words(texts), tuning["trials"], tuning["baseline"]
    methods = dict.fromkeys(trial["method"] for trial in trials)
    best = min((baseline, *trials), key=lambda trial: trial["log_loss"])
    rows = [_trial_row(baseline, 1, texts)]
    for method in methods:
        mine = [trial for trial in trials if trial["method"] == method]
        rows.append(_trial_row(min(mine, key=lambda trial: trial["log_loss"]), len(mine), texts))
    gain = texts.number(baseline["log_loss"] - best["log_loss"], 5)
    told = words["kept"] if best is baseline else words["beaten"].format(method=words[best["method"]], gain=gain)
    losses = [trial["log_loss"] for trial in trials]
    return {
        "tuning_trials": texts.number(len(trials)),
        "tuning_files": texts.number(tuning["files"]),
        "tuning_budget": texts.number(tuning["budget"]),
        "tuning_range": texts.number(max(losses) - min(losses), 5),
        "tuning_verdict": told,
        "table_tuning": table_text(Table(words["tuning"][0], words["tuning_header"], tuple(rows))),
    }


def _trial_row(trial: Figures, trials: int, texts: CardTexts) -> tuple[str, ...]:
    return (
        _words(texts)[trial["method"]],
        texts.number(trials),
        texts.number(trial["log_loss"], 5),
        texts.number(trial["auc"], 4),
        texts.number(trial["cost"], 4),
        texts.number(trial["rounds"]),
    )


def _monotone(found: Figures, texts: CardTexts) -> dict[str, str]:
    auc, cost = (Metric(**found["difference"][name]) for name in ("auc", "cost"))
    return {
        "monotone_files": texts.number(found["files"]),
        "monotone_features": texts.number(found["features"]),
        "monotone_constrained": texts.number(found["constrained_features"]),
        "monotone_portfolio": _portfolio(found["simulated"], texts),
        "monotone_auc": texts.number(found["constrained"]["auc"], 4),
        "free_auc": texts.number(found["free"]["auc"], 4),
        "monotone_auc_change": f"{texts.signed(auc.value)} {escaped(texts.bounds(auc))}",
        "monotone_cost_change": f"{texts.signed(cost.value)} {escaped(texts.bounds(cost))}",
    }


def _row_scores(found: Figures, texts: CardTexts) -> dict[str, str]:
    pairs = list(zip(found["with"]["folds"], found["without"]["folds"], strict=True))
    changes = [after["auc"] - before["auc"] for after, before in pairs]
    values = {
        "row_files": texts.number(found["without"]["files"]),
        "row_portfolio": _portfolio(found["simulated"], texts),
        "row_folds": texts.number(len(changes)),
        "row_better_folds": texts.number(sum(change > 0 for change in changes)),
        "row_mean_change": texts.signed(fmean(changes)),
    }
    for name, side in (("row_without", found["without"]), ("row_with", found["with"])):
        metrics = {key: Metric(**side["metrics"][key]) for key in ("auc", "log_loss", "cost")}
        values[f"{name}_auc"] = f"{texts.number(metrics['auc'].value, 4)} {escaped(texts.bounds(metrics['auc']))}"
        values[f"{name}_log_loss"] = texts.number(metrics["log_loss"].value, 5)
        values[f"{name}_cost"] = texts.number(metrics["cost"].value, 4)
    return values


def _text(section: Section, *, skip: int = 0) -> str:
    """The paragraphs and tables of a section of the card, without its first ones."""
    parts: Sequence[object] = section.blocks[skip:]
    return "\n\n".join(_part(block) for block in parts if isinstance(block, Paragraph | Table | Bullets))


def _part(block: Paragraph | Table | Bullets) -> str:
    if isinstance(block, Table):
        return table_text(block)
    if isinstance(block, Bullets):
        return "\n".join(f"- {escaped(item)}" for item in block.items)
    return f"> {escaped(block.text)}" if block.important else escaped(block.text)


def _portfolio(simulated: bool, texts: CardTexts) -> str:
    return str(_words(texts)["simulated" if simulated else "real"])


def _words(texts: CardTexts) -> dict[str, Any]:
    return _WORDS[texts.language]
