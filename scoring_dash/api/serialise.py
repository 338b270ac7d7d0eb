"""Results as JSON documents; the shapes are the contract of the interface."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Response

from scoring_dash.core.effects import FeatureEffect, Gap, ThemeStanding
from scoring_dash.core.feature import Feature
from scoring_dash.core.history import ClientHistory
from scoring_dash.core.results import Assessment, AssessmentWarning, Explanation, Reason
from scoring_dash.explain.changeability import changeability
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.gaps import gap_text
from scoring_dash.i18n.reasons import reason_text, warning_text
from scoring_dash.population.work_list import WorkPage
from scoring_dash.population.work_query import WorkListQuery
from scoring_dash.services import ClientFacts, ClientPage, ModelSummary

Document = dict[str, Any]


def json_response(content: Mapping[str, Any], *, status: int = 200, mimetype: str = "application/json") -> Response:
    """JSON with numbers to the last bit; refuses NaN, which JSON does not know."""
    return Response(json.dumps(content, ensure_ascii=False, allow_nan=False), status=status, mimetype=mimetype)


def model_document(model: ModelSummary) -> Document:
    """``GET model``."""
    return {
        "model_version": model.version,
        "threshold": model.threshold,
        "theoretical_threshold": model.theoretical_threshold,
        "review_zone": {"low": model.review_low, "high": model.review_high},
        "simulated": model.simulated,
        "clients": {"past": model.past_clients, "current": model.current_clients},
        "metrics": dict(model.metrics),
        "features": [_feature(feature) for feature in model.features],
        "fields": [_feature(feature) for feature in model.fields],
        "options": {name: list(values) for name, values in model.options.items()},
    }


def page_document(page: ClientPage) -> Document:
    """``GET clients``."""
    return {
        "items": [{"client_id": item.client_id, "book": item.book} for item in page.items],
        "next_cursor": page.next_cursor,
    }


def facts_document(facts: ClientFacts) -> Document:
    """``GET clients/{id}``."""
    return {
        "client_id": facts.client_id,
        "book": facts.book,
        "defaulted": facts.defaulted,
        "application": dict(facts.application),
        "features": dict(facts.features),
    }


def assessment_document(assessment: Assessment, model: ModelSummary, texts: Texts) -> Document:
    """``GET clients/{id}/assessment``; texts in the language asked for."""
    features = {feature.name: feature for feature in model.features}
    return {
        "client_id": assessment.client_id,
        "book": assessment.book,
        "probability_of_default": assessment.probability_of_default,
        "threshold": assessment.threshold,
        "review_zone": {"low": assessment.review_low, "high": assessment.review_high},
        "recommendation": assessment.recommendation,
        "distance_to_threshold": assessment.distance_to_threshold,
        "spread": {"low": assessment.spread_low, "high": assessment.spread_high},
        "observed": asdict(assessment.observed),
        "reasons": [_reason(reason, features[reason.feature], texts) for reason in assessment.reasons],
        "model_version": assessment.model_version,
        "warnings": [_warning(warning, features, model.ranges, texts) for warning in assessment.warnings],
    }


def gaps_document(gaps: Sequence[Gap], assessment: Assessment, model: ModelSummary, texts: Texts) -> Document:
    """``GET clients/{id}/gaps``; texts in the language asked for."""
    features = {feature.name: feature for feature in model.features}
    return {
        "client_id": assessment.client_id,
        "items": [
            {**asdict(gap), "text": gap_text(gap, features.get(gap.feature or ""), assessment, texts)} for gap in gaps
        ],
        "model_version": assessment.model_version,
    }


def explanation_document(explanation: Explanation) -> Document:
    """``GET clients/{id}/explanation``."""
    return {
        "client_id": explanation.client_id,
        "model_version": explanation.model_version,
        "base_margin": explanation.base_margin,
        "margin": explanation.margin,
        "calibrated_margin": explanation.calibrated_margin,
        "probability_of_default": explanation.probability_of_default,
        "contributions": [
            {
                "feature": item.feature,
                "theme": item.theme,
                "value": item.value,
                "contribution": item.contribution,
                "reference_contribution": item.reference,
            }
            for item in explanation.contributions
        ],
    }


def standings_document(client_id: int, standings: Sequence[ThemeStanding], model_version: str) -> Document:
    """``GET clients/{id}/standings``; contributions and quartiles in log-odds."""
    return {
        "client_id": client_id,
        "model_version": model_version,
        "items": [asdict(standing) for standing in standings],
    }


def effect_document(effect: FeatureEffect, model_version: str) -> Document:
    """``GET clients/{id}/effect``; ``missing`` is null where every past file gives the value."""
    return {**asdict(effect), "model_version": model_version}


def history_document(history: ClientHistory) -> Document:
    """``GET clients/{id}/history``; days count from the application, null where not known."""
    return {
        "client_id": history.client_id,
        "known_tables": sorted(history.known_tables),
        "credits_elsewhere": [asdict(credit) for credit in history.credits_elsewhere],
        "past_applications": [asdict(application) for application in history.past_applications],
        "payments": [asdict(month) for month in history.payments],
        "card_months": [asdict(month) for month in history.card_months],
    }


def work_list_document(query: WorkListQuery, page: WorkPage, model_version: str) -> Document:
    """``GET work-list``; amounts in the currency of the data, null where not given.

    ``change`` is null where nothing changed since the earlier scoring; its ``before`` is null for a new file.
    """
    return {
        "list": query.text,
        "offset": page.offset,
        "total": page.total,
        "items": [
            {
                "client_id": row.client_id,
                "recommendation": row.recommendation,
                "probability_of_default": row.probability,
                "distance_to_threshold": row.distance,
                "amount": row.amount,
                "instalment": row.instalment,
                "contract_type": row.contract,
                "theme_against": row.theme,
                "change": None if row.change is None else {"before": row.change.before},
            }
            for row in page.rows
        ],
        "model_version": model_version,
    }


def _feature(feature: Feature) -> Document:
    return {
        "name": feature.name,
        "theme": feature.theme,
        "unit": feature.unit,
        "label": {"fr": feature.label_fr, "en": feature.label_en},
        "columns": list(feature.columns),
        "window": feature.window,
        "monotone": feature.monotone,
        "use": feature.use,
    }


def _reason(reason: Reason, feature: Feature, texts: Texts) -> Document:
    return {
        "code": reason.code,
        "theme": reason.theme,
        "feature": reason.feature,
        "value": reason.value,
        "typical_value": reason.typical_value,
        "contribution": reason.contribution,
        "probability_points": reason.probability_points,
        "direction": reason.direction,
        "changeability": changeability(feature),
        "text": reason_text(reason, feature, texts),
    }


def _warning(
    warning: AssessmentWarning,
    features: Mapping[str, Feature],
    ranges: Mapping[str, tuple[float, float]],
    texts: Texts,
) -> Document:
    name = warning.feature or ""
    return {
        "code": warning.code,
        "feature": warning.feature,
        "value": warning.value,
        "text": warning_text(warning, features.get(name), texts, usual_range=ranges.get(name)),
    }
