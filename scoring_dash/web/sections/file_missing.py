"""What is missing from a file although most files have it, theme by theme, and where it would come from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label
from scoring_dash.services import ClientFacts
from scoring_dash.web.sections.file_dictionary import source_text
from scoring_dash.web.sections.file_facts import Fact, missing_facts
from scoring_dash.web.view import card_attributes


def missing_card(client: ClientFacts, facts: Sequence[Fact], texts: Texts) -> html.Section:
    """The gaps of a file; the details of a theme open on demand.

    Parameters
    ----------
    facts : sequence of Fact
        All facts of the client.
    """
    missing = missing_facts(facts)
    content: list[Component] = [
        html.H2(texts.say("What is missing"), id="missing-title"),
        html.P(missing_sentence(facts, missing, texts), className="lead"),
    ]
    if missing:
        content.append(html.Ul(_themes(facts, missing, texts), className="file-missing"))
    return html.Section(
        content,
        className="card full",
        **card_attributes(client.client_id, "missing-title"),
    )


def missing_sentence(facts: Sequence[Fact], missing: Sequence[Fact], texts: Texts) -> str:
    """How much is missing, and of how much."""
    usual = sum(fact.is_usually_given for fact in facts)
    if not missing:
        return texts.say("Nothing that is usually given is missing from this file.")
    return texts.say_count(
        "{count} fact is not given, of the {total} that usually are.",
        "{count} facts are not given, of the {total} that usually are.",
        len(missing),
        count=number(len(missing), texts),
        total=number(usual, texts),
    )


def _themes(facts: Sequence[Fact], missing: Sequence[Fact], texts: Texts) -> list[html.Li]:
    found = []
    for theme, members in groupby(missing, key=lambda fact: fact.feature.theme):
        group = list(members)
        usual = sum(fact.is_usually_given for fact in facts if fact.feature.theme is theme)
        count = texts.say("{count} of {total} not given", count=number(len(group), texts), total=number(usual, texts))
        summary = html.Summary([html.B(theme_name(theme, texts)), html.Span(count, className="caption")])
        found.append(html.Li(html.Details([summary, *_by_source(group, texts)])))
    return found


def _by_source(group: Sequence[Fact], texts: Texts) -> list[Component]:
    """Facts of one theme under the source that would give them."""
    sources: dict[str, list[str]] = {}
    for fact in group:
        sources.setdefault(source_text(fact.feature, texts), []).append(feature_label(fact.feature, texts))
    content: list[Component] = []
    for source, labels in sources.items():
        content.append(html.P(texts.say("Would come from: {source}", source=source), className="caption"))
        content.append(html.Ul([html.Li(label) for label in labels], className="plain"))
    return content
