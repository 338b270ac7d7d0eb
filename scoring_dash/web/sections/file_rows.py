"""The facts of a file on the screen: search box, themes, and one row a fact that opens to its dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from scoring_dash.core.words import Theme, Unit
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.history import days_ago
from scoring_dash.i18n.numbers import number
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.i18n.values import feature_label, value_text
from scoring_dash.services import ClientFacts, ModelSummary
from scoring_dash.web.address import Address, Field
from scoring_dash.web.ids import FileId
from scoring_dash.web.sections.file_dictionary import dictionary_entry
from scoring_dash.web.sections.file_difference import Difference, difference
from scoring_dash.web.sections.file_facts import Fact, Found
from scoring_dash.web.view import card_attributes

MOST_TYPED: Final = 60
"""Signs that the search box takes: as many as an address keeps."""

_MOST_OPENED: Final = 3


def facts_card(
    client: ClientFacts, facts: Sequence[Fact], found: Found, model: ModelSummary, address: Address, texts: Texts
) -> html.Section:
    """The facts asked for, with the means to ask for others.

    Parameters
    ----------
    facts : sequence of Fact
        All facts of the client.
    """
    listing = html.Div(
        [
            html.P(found_sentence(facts, found, address, texts), className="lead"),
            *([_heads(texts)] if found.facts else []),
            *_groups(found, model, address, texts),
            *_notes(found, texts),
        ],
        className="file-list",
    )
    title = html.H2(texts.say("The facts of the file"), id="facts-title")
    return html.Section(
        [
            html.Div([title, _search_form(address, texts)], className="file-head"),
            html.Div([_themes(facts, address, texts), listing], className="file-body"),
        ],
        className="card full",
        **card_attributes(client.client_id, "facts-title"),
    )


def found_sentence(facts: Sequence[Fact], found: Found, address: Address, texts: Texts) -> str:
    """What the list holds, and what to do where it holds nothing."""
    count = len(found.facts)
    if not address.search and address.theme is None:
        return texts.say(
            "The {count} facts that count most for the model, of {total} known. Choose a theme or search for a word to "
            "see others.",
            count=number(count, texts),
            total=number(len(facts), texts),
        )
    values = {"count": number(count, texts), "search": address.search}
    if count == 0:
        return texts.say(_nothing_found(address), **values)
    if not address.search:
        return texts.say_count(
            "{theme}: {count} fact.", "{theme}: {count} facts.", count, **values, **_theme(address, texts)
        )
    if address.theme is None:
        return texts.say_count("{count} fact for “{search}”.", "{count} facts for “{search}”.", count, **values)
    return texts.say_count(
        "{theme}: {count} fact for “{search}”.",
        "{theme}: {count} facts for “{search}”.",
        count,
        **values,
        **_theme(address, texts),
    )


def _nothing_found(address: Address) -> str:
    if address.theme is None:
        return message(
            "No fact matches “{search}”. Try a shorter or another word, such as “income” or “late”, or choose a theme."
        )
    if address.search:
        return message("No fact of this theme matches “{search}”. Try another word, or search without a theme.")
    return message("Nothing of this theme is used for the decision or kept. Choose another theme.")


def _theme(address: Address, texts: Texts) -> dict[str, str]:
    return {"theme": "" if address.theme is None else theme_name(address.theme, texts)}


def _search_form(address: Address, texts: Texts) -> html.Form:
    """A word to search for; the script of the page turns what is sent into an address."""
    box = dcc.Input(
        id=FileId.SEARCH,
        name=Field.SEARCH.value,
        type="text",
        value=address.search,
        placeholder=texts.say("Income, late payments, card…"),
        autoComplete="off",
        spellCheck=False,
        maxLength=MOST_TYPED,
    )
    label = html.Label(texts.say("Search the facts"), htmlFor=FileId.SEARCH, className="visually-hidden")
    send = html.Button(texts.say("Search"), type="submit")
    return html.Form([label, box, send], className="file-search", **{"data-address": "true"})


def _themes(facts: Sequence[Fact], address: Address, texts: Texts) -> html.Nav:
    counts = Counter(fact.feature.theme for fact in facts)
    everything = address.theme is None and not address.search
    links = [
        _theme_link(None, texts.say("What counts most"), "", address, is_current=everything),
        *(
            _theme_link(
                theme,
                theme_name(theme, texts),
                number(counts[theme], texts),
                address,
                is_current=theme is address.theme,
            )
            for theme in Theme
            if counts[theme]
        ),
    ]
    return html.Nav(
        html.Ul([html.Li(link) for link in links]),
        className="file-themes",
        **{"aria-label": texts.say("Facts by theme")},
    )


def _theme_link(theme: Theme | None, name: str, count: str, address: Address, *, is_current: bool) -> html.A:
    return html.A(
        [html.Span(name), html.Span(count, className="caption")] if count else [html.Span(name)],
        href=address.href(theme=theme, search=""),
        id=f"{FileId.THEME}-{theme or 'all'}",
        **({"aria-current": "true"} if is_current else {}),
    )


def _heads(texts: Texts) -> html.Div:
    """Names of the columns, for the eye: each row tells them to a screen reader."""
    names = (texts.say("Fact"), texts.say("This client"), texts.say("Typical client"), texts.say("Difference"))
    return html.Div([html.Span(name) for name in names], className="file-heads", **{"aria-hidden": "true"})


def _groups(found: Found, model: ModelSummary, address: Address, texts: Texts) -> list[Component]:
    groups: list[Component] = []
    for theme, members in groupby(found.facts, key=lambda fact: fact.feature.theme):
        rows = [_row(fact, found, model, address, texts) for fact in members]
        # A theme that was chosen is named by the sentence above.
        title = [html.H3(theme_name(theme, texts))] if address.theme is None else []
        groups += [*title, html.Ul(rows, className="file-facts")]
    return groups


def _row(fact: Fact, found: Found, model: ModelSummary, address: Address, texts: Texts) -> html.Li:
    told = difference(fact.value, fact.typical, fact.feature, texts) if fact.rank is not None else Difference("")
    summary = html.Summary(
        [
            html.Span(feature_label(fact.feature, texts), className="file-name"),
            html.B(fact_value(fact, texts), className="file-value is-missing" if fact.value is None else "file-value"),
            _typical(fact, texts),
            _difference(told, texts),
        ]
    )
    entry = html.Div(dictionary_entry(fact, model, address, texts), className="file-entry")
    # A few that were found by their meaning show why; many would hide the others.
    is_open = fact.feature.name in found.by_meaning and len(found.by_meaning) <= _MOST_OPENED
    return html.Li(html.Details([summary, entry], open=is_open))


def fact_value(fact: Fact, texts: Texts) -> str:
    """The client's value; a day of the application as the time that has passed."""
    if fact.rank is None and fact.feature.unit is Unit.DAYS and isinstance(fact.value, float):
        return days_ago(-fact.value, texts)
    return value_text(fact.value, fact.feature, texts)


def _typical(fact: Fact, texts: Texts) -> html.Span:
    if fact.typical is None:
        return html.Span(className="file-typical")
    label = html.Span(texts.say("typical client: "), className="file-label")
    return html.Span([label, value_text(fact.typical, fact.feature, texts)], className="file-typical")


def _difference(told: Difference, texts: Texts) -> html.Span:
    if not told.is_large:
        return html.Span(told.text, className="file-difference")
    spoken = html.Span(texts.say(" (large difference)"), className="visually-hidden")
    return html.Span(html.Span([told.text, spoken], className="file-large"), className="file-difference")


def _notes(found: Found, texts: Texts) -> list[Component]:
    notes = [
        texts.say(
            "Typical client: the median or most frequent value of the past files only just accepted. Framed: a large "
            "difference, such as twice or half as much, or 20 points."
        )
        if found.facts
        else "",
        texts.say(
            "Some data are neither kept nor shown here, such as sex, age, family situation or place of residence: by "
            "law they must not weigh on the decision."
        ),
    ]
    return [html.P(text, className="caption file-note") for text in notes if text]
