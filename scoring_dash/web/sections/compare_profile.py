"""The client's main facts beside the group, what differs most first."""

from __future__ import annotations

from dash import html

from scoring_dash.core.comparisons import Profile, ProfileRow
from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Unit
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.profiles import difference_text
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.web.charts import Table, table
from scoring_dash.web.sections.compare_context import CompareContext
from scoring_dash.web.view import card_attributes


def profile_card(profile: Profile, context: CompareContext) -> html.Section:
    """The table of main facts, with each difference in words."""
    texts = context.texts
    explained = texts.say(
        "The middle of a group is the value that half of its files do not exceed, or the most frequent one."
    )
    body = [
        html.P(explained, className="caption"),
        html.Div(table(_table(profile, context), class_name="values profile"), id="profile-table"),
    ]
    if not profile.rows:
        body = [html.P(texts.say("The group is too small: no figure is shown."), className="caption")]
    return html.Section(
        [html.H2(texts.say("What sets this client apart from the group"), id="profile-title"), *body],
        className="card full",
        **card_attributes(profile.client_id, "profile-title"),
    )


def _table(profile: Profile, context: CompareContext) -> Table:
    texts = context.texts
    return Table(
        texts.say("Main facts of the client beside the group, what differs most first"),
        (
            texts.say("Fact"),
            texts.say("This client"),
            texts.say("Middle of the group"),
            texts.say("Middle of all past files"),
            texts.say("In words"),
        ),
        tuple(_cells(row, context.fact(row.feature), texts) for row in profile.rows),
    )


def _cells(row: ProfileRow, feature: Feature, texts: Texts) -> tuple[str, ...]:
    middle, usual = (_middle(value, feature, texts) for value in (row.group_value, row.all_value))
    own = value_text(row.value, feature, texts)
    return (feature_label(feature, texts), own, middle, usual, difference_text(row, texts))


def _middle(value: FeatureValue, feature: Feature, texts: Texts) -> str:
    """A middle value; between two ordered levels the lower one is told, since half a level has no name."""
    if isinstance(value, float) and feature.unit in (Unit.LEVEL, Unit.FLAG):
        return value_text(float(int(value)), feature, texts)
    return value_text(value, feature, texts)
