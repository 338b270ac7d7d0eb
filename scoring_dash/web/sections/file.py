"""Dossier: the client's facts in plain units, his credits over time, what is missing, and what each field means."""

from __future__ import annotations

from dash import html

from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts, Services
from scoring_dash.web.address import Address
from scoring_dash.web.charts import Table, table
from scoring_dash.web.view import SectionView


def file_view(_address: Address, facts: ClientFacts, services: Services, texts: Texts) -> SectionView:
    """The section at an address."""
    rows = tuple(
        (feature_label(feature, texts), value_text(facts.features[feature.name], feature, texts))
        for feature in services.model.features
    )
    title = texts.say("The facts of the file")
    content = Table(title, (texts.say("Fact"), texts.say("This file")), rows)
    card = html.Section(
        [html.H2(title, id="facts-title"), table(content)],
        className="card full",
        **{"data-client": str(facts.client_id), "aria-labelledby": "facts-title"},
    )
    return SectionView([card], [])
