"""Up to three scenarios, named, side by side, kept in the address alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from dash import html
from dash.development.base_component import Component

from scoring_dash.assessment.check_changes import change_text, read_change_text
from scoring_dash.core.simulation import NO_CHANGES, Changes, InvalidChangesError, Simulation
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.simulation import changes_text
from scoring_dash.services import Services
from scoring_dash.web.address import Address
from scoring_dash.web.charts import Table, table
from scoring_dash.web.ids import SimulateId
from scoring_dash.web.text_box import TextBox
from scoring_dash.web.view import card_attributes

MOST_SCENARIOS: Final = 3
LONGEST_NAME: Final = 30
_BETWEEN, _WITHIN = "|", "="


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name and the text of its changes, unchecked."""

    name: str
    change: str


def read_scenarios(text: str) -> tuple[Scenario, ...]:
    """Scenarios of ``name=changes|name=changes``, each part escaped; what is no scenario is left out."""
    parts = [part.partition(_WITHIN) for part in text.split(_BETWEEN)]
    found = [
        Scenario(" ".join(unquote(name).split())[:LONGEST_NAME], unquote(change).strip())
        for name, sign, change in parts
        if sign and name.strip()
    ]
    return tuple(scenario for scenario in found if scenario.name)[:MOST_SCENARIOS]


def scenario_text(scenarios: Sequence[Scenario]) -> str:
    """The text of scenarios, as an address holds them."""
    return _BETWEEN.join(f"{quote(item.name, safe=' ')}{_WITHIN}{quote(item.change, safe=':;')}" for item in scenarios)


def scenarios_card(
    client_id: int, services: Services, address: Address, changes: Changes | None, texts: Texts
) -> html.Section:
    """The scenarios side by side beside the file, and a box to keep the present one.

    Parameters
    ----------
    changes : Changes or None
        Of the present simulation; None where it could not be read, and so cannot be kept.
    """
    kept = read_scenarios(address.scenario)
    simulated, broken = _simulated(client_id, kept, services)
    heading = "simulate-scenarios-title"
    return html.Section(
        [
            html.H2(texts.say("Scenarios"), id=heading),
            *_broken(broken, texts),
            *([_comparison(services.simulate(client_id, NO_CHANGES), simulated, texts)] if simulated else []),
            *([_links(kept, address, texts)] if kept else []),
            *_save(kept, changes, texts),
            html.P(
                texts.say("Scenarios stand in the address of this page alone: nothing is stored."), className="caption"
            ),
        ],
        className="card full scenarios",
        **card_attributes(client_id, heading),
    )


def _simulated(
    client_id: int, scenarios: Sequence[Scenario], services: Services
) -> tuple[list[tuple[str, Simulation]], list[str]]:
    found, broken = [], []
    for scenario in scenarios:
        try:
            changes = services.read_changes(client_id, read_change_text(scenario.change))
        except InvalidChangesError:
            broken.append(scenario.name)
            continue
        found.append((scenario.name, services.simulate(client_id, changes)))
    return found, broken


def _broken(names: Sequence[str], texts: Texts) -> list[Component]:
    return [
        html.P(
            texts.say("Scenario “{name}” holds a value that is not allowed: it is left out.", name=name),
            className="fault",
        )
        for name in names
    ]


def _comparison(file: Simulation, scenarios: Sequence[tuple[str, Simulation]], texts: Texts) -> html.Div:
    columns = [_column(texts.say("File"), file, texts), *(_column(name, item, texts) for name, item in scenarios)]
    heads = (
        texts.say("Scenario"), texts.say("Changes"), texts.say("Estimated risk"), texts.say("Recommendation"),
        texts.say("Distance to the threshold"), texts.say("Amount of the credit"), texts.say("Duration (months)"),
        texts.say("Monthly instalment"), texts.say("Effort rate"), texts.say("Cost of the credit"),
        texts.say("What remains of the income"),
    )  # fmt: skip
    rows = tuple(zip(heads[1:], *(column[1:] for column in columns), strict=True))
    caption = texts.say("Scenarios side by side")
    return table(Table(caption, (heads[0], *(column[0] for column in columns)), rows), class_name="values side-by-side")


def _column(name: str, simulation: Simulation, texts: Texts) -> tuple[str, ...]:
    after, money = simulation.after, simulation.affordability_after
    return (
        name,
        changes_text(simulation.changes, texts),
        percent(after.probability_of_default, texts),
        sentences.recommendation_name(after.recommendation, texts),
        sentences.distance(after, texts),
        _known(money.amount, texts),
        _known(money.months, texts),
        _known(money.instalment, texts),
        texts.say("not known") if money.effort is None else percent(money.effort, texts),
        _known(money.cost, texts),
        _known(money.remains, texts),
    )


def _known(value: float | None, texts: Texts) -> str:
    return texts.say("not known") if value is None else number(value, texts)


def _links(kept: Sequence[Scenario], address: Address, texts: Texts) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [
                    html.B(item.name),
                    html.A(
                        texts.say("Open"),
                        href=address.href(change=item.change),
                        id=f"{SimulateId.OPEN}-{place}",
                        **{"aria-label": texts.say("Open {name}", name=item.name)},
                    ),
                    html.A(
                        texts.say("Remove"),
                        href=address.href(scenario=scenario_text([*kept[:place], *kept[place + 1 :]])),
                        id=f"{SimulateId.REMOVE}-{place}",
                        **{"aria-label": texts.say("Remove {name}", name=item.name)},
                    ),
                ]
            )
            for place, item in enumerate(kept)
        ],
        className="kept",
    )


def _save(kept: Sequence[Scenario], changes: Changes | None, texts: Texts) -> list[Component]:
    button = html.Button(texts.say("Print"), type="button", id=SimulateId.PRINT, className="button quiet-button")
    if len(kept) >= MOST_SCENARIOS:
        told = texts.say("Three scenarios are kept, which is the most: remove one to keep another.")
        return [html.P(told), html.Div(button, className="buttons")]
    if changes is None:
        return [html.Div(button, className="buttons")]
    usual = texts.say("Scenario {number}", number=str(len(kept) + 1))
    label = html.Label(texts.say("Name of this scenario"), htmlFor=SimulateId.NAME)
    box = TextBox(id=SimulateId.NAME, name="name", value=usual, className="text-box", maxLength=str(LONGEST_NAME))
    save = html.Button(texts.say("Keep this scenario"), type="submit", id=SimulateId.SAVE_BUTTON, className="button")
    return [
        html.Form(
            [html.Div([label, box], className="field"), html.Div([save, button], className="buttons")],
            id=SimulateId.SAVE,
            noValidate=True,
            **{
                "data-keeps": scenario_text(kept),
                "data-change": quote(change_text(changes), safe=":;"),
                "data-usual-name": usual,
            },
        )
    ]
