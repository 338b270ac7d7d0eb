"""What a missing document would tell: how far the risk could move over the values seen in similar files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.feature import Feature
from scoring_dash.core.simulation import MissingFact
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.simulation import missing_text
from scoring_dash.web.view import card_attributes


def missing_card(
    client_id: int, missing: Sequence[MissingFact], features: Mapping[str, Feature], texts: Texts
) -> html.Section:
    """One sentence a missing fact, the widest range first."""
    heading = "simulate-missing-title"
    lines = [html.Li(missing_text(fact, features[fact.feature], texts)) for fact in missing]
    told: list[Component] = (
        [html.Ul(lines, className="plain")]
        if lines
        else [html.P(texts.say("No fact is missing that similar files give."))]
    )
    explained = texts.say(
        "Similar files are the past files in which the themes weigh on the risk as they do here. Of their values those "
        "between the 10th and the 90th percentile are tried, or the most frequent ones, one after the other, by the "
        "model that scores this client."
    )
    return html.Section(
        [
            html.H2(texts.say("What a missing document would tell"), id=heading),
            *told,
            html.P(explained, className="caption"),
        ],
        className="card",
        **card_attributes(client_id, heading),
    )
