"""Pourquoi: from the files only just accepted to this one, beside what is usual, and fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dash.development.base_component import Component

from scoring_dash.core.effects import FeatureEffect
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.feature import Feature
from scoring_dash.figures.steps import Scale, Waterfall, waterfall_of
from scoring_dash.figures.waterfall import waterfall_summary
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address, Field, Measure
from scoring_dash.web.notices import ignored_text
from scoring_dash.web.sections.why_effect import effect_card
from scoring_dash.web.sections.why_importance import importance_cards
from scoring_dash.web.sections.why_standing import standing_card
from scoring_dash.web.sections.why_waterfall import facts_card, strongest_features, waterfall_card
from scoring_dash.web.view import SectionView


def why_view(address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address; a theme or a fact that the model does not know is named and left out."""
    model, features = services.model, {feature.name: feature for feature in services.model.features}
    address, notices = _known_theme(address, features, texts)
    explanation = services.explain(facts.client_id)
    in_points = waterfall_of(explanation)
    waterfall = in_points if address.measure is Measure.POINTS else waterfall_of(explanation, Scale.LOG_ODDS)
    effect, more = _effect(address, in_points, services, texts)
    address = replace(address, feature=None) if more else address
    cards: list[Component] = [
        waterfall_card(waterfall, model.threshold, features, address, texts),
        facts_card(waterfall, features, address, texts),
        standing_card(facts.client_id, services.standings(facts.client_id), address.measure, texts),
        effect_card(effect, model.features, model.threshold, texts),
        *importance_cards(facts.client_id, model, features, texts),
    ]
    return SectionView(cards, [*notices, *more], waterfall_summary(waterfall, texts))


def _known_theme(address: Address, features: Mapping[str, Feature], texts: Texts) -> tuple[Address, list[Component]]:
    if address.theme is None or any(feature.theme is address.theme for feature in features.values()):
        return address, []
    return replace(address, theme=None), [ignored_text(Field.THEME, address.theme, texts)]


def _effect(
    address: Address, in_points: Waterfall, services: Services, texts: Texts
) -> tuple[FeatureEffect, list[Component]]:
    """The effect asked for, or that of the heaviest fact where the address names no feature of the model."""
    notices: list[Component] = []
    if address.feature is not None:
        try:
            return services.effect(in_points.client_id, address.feature), []
        except InvalidRequestError:
            notices = [ignored_text(Field.FEATURE, address.feature, texts)]
    shown, _ = strongest_features(in_points)
    feature = shown[0].feature if shown else services.model.features[0].name
    return services.effect(in_points.client_id, feature), notices
