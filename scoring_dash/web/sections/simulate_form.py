"""The form of a simulation: the values of the file, what may be entered, and what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.simulation import ChangeFault, ChangeField, ChangeOption
from scoring_dash.core.typography import folded
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number
from scoring_dash.i18n.simulation import allowed_text, fault_text, field_name, field_value
from scoring_dash.web.address import Address
from scoring_dash.web.ids import SimulateId
from scoring_dash.web.text_box import TextBox
from scoring_dash.web.view import card_attributes

_GROUPS: Final = (
    (message("The loan"), (ChangeField.AMOUNT, ChangeField.DURATION, ChangeField.DOWN_PAYMENT, ChangeField.PRICE,
                           ChangeField.CONTRACT)),
    (message("Income and job"), (ChangeField.INCOME, ChangeField.INCOME_TYPE, ChangeField.OCCUPATION,
                                 ChangeField.SECTOR)),
    (message("The file"), (ChangeField.DOCUMENTS,)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form besides the values of the file.

    Attributes
    ----------
    values : mapping of str to object
        By field: numbers, names of categories, or what was typed where it could not be read.
    faults : tuple of ChangeFault
        What is wrong with it.
    """

    values: Mapping[str, object]
    faults: tuple[ChangeFault, ...] = ()


def form_card(
    client_id: int, options: Sequence[ChangeOption], entered: Entered, address: Address, texts: Texts
) -> html.Section:
    """What the client can change, prefilled with the file's values."""
    by_field = {option.field: option for option in options}
    groups = [
        html.Fieldset(
            [
                html.Legend(texts.say(legend)),
                html.Div(
                    [_field(by_field[field], entered, texts) for field in fields],
                    className="simulate-fields",
                ),
            ]
        )
        for legend, fields in _GROUPS
    ]
    heading = "simulate-form-title"
    return html.Section(
        [
            html.H2(texts.say("What the client can change"), id=heading),
            html.Form(
                [*_strange(entered.faults, texts), *groups, _buttons(address, texts)],
                id=SimulateId.FORM,
                noValidate=True,
                **{"data-simulate": "true", "aria-labelledby": heading},
            ),
        ],
        className="card half simulate-form",
        **card_attributes(client_id, heading),
    )


def shown_value(value: object, texts: Texts) -> str:
    """A number as it stands in a box of the form: readable again in either language; a text as it was typed."""
    if isinstance(value, int | float):
        return number(value, texts, 0 if value == round(value) else 2)
    return "" if value is None else str(value)


def _field(option: ChangeOption, form: Entered, texts: Texts) -> html.Div:
    faults = [fault for fault in form.faults if fault.field == option.field]
    entered = form.values.get(option.field)
    if option.why_not is not None and not faults:
        return _not_offered(option, texts)
    id = f"{SimulateId.FIELD}-{option.field}"
    own = str(option.value or "") if option.categories else shown_value(option.value, texts)
    control = _list(option, entered, id, texts) if option.categories else _box(option, entered, faults, texts)
    hint = _hint(option, texts)
    return html.Div(
        [
            html.Label(field_name(option.field, texts), htmlFor=id),
            control,
            *([html.P(hint, id=f"{id}-hint", className="hint")] if hint else []),
            *(
                [html.P([fault_text(fault, texts) for fault in faults], id=f"{id}-fault", className="fault")]
                if faults
                else []
            ),
        ],
        className="field changed" if entered is not None else "field",
        **{"data-field": str(option.field), "data-own": own},
    )


def _box(option: ChangeOption, entered: object, faults: Sequence[ChangeFault], texts: Texts) -> TextBox:
    id = f"{SimulateId.FIELD}-{option.field}"
    value = option.value if entered is None else entered
    describing = f"{id}-hint {id}-fault" if faults else f"{id}-hint"
    return TextBox(
        id=id,
        name=str(option.field),
        value=shown_value(value, texts),
        className="text-box",
        inputMode="numeric" if option.is_whole else "decimal",
        maxLength="40",
        aria_describedby=describing,
        **({"aria_invalid": "true"} if faults else {}),
    )


def _list(option: ChangeOption, entered: object, id: str, texts: Texts) -> html.Select:
    chosen = option.value if entered is None else entered
    names = [(field_value(option.field, name, texts), name) for name in option.categories]
    names.sort(key=lambda item: folded(item[0]))
    known = {name for _, name in names}
    own = [] if option.value in known else [(field_value(option.field, option.value, texts), str(option.value or ""))]
    return html.Select(
        [
            html.Option(label, value=value, **({"selected": "selected"} if value == (chosen or "") else {}))
            for label, value in [*own, *names]
        ],
        id=id,
        name=str(option.field),
        className="select",
    )


def _hint(option: ChangeOption, texts: Texts) -> str:
    """The value of the file where it is a number, and what is allowed."""
    if option.categories:
        return ""
    allowed = allowed_text(option, texts)
    if option.field is ChangeField.DOWN_PAYMENT:
        return texts.say("paid by the client himself, taken off the amount; {allowed}", allowed=allowed)
    own = field_value(option.field, option.value, texts)
    if option.field is ChangeField.DURATION and option.value is not None:
        return texts.say("file: {value}, the likely duration; {allowed}", value=own, allowed=allowed)
    return texts.say("file: {value}; {allowed}", value=own, allowed=allowed)


def _not_offered(option: ChangeOption, texts: Texts) -> html.Div:
    return html.Div(
        [
            html.Span(field_name(option.field, texts), className="label"),
            html.Span(field_value(option.field, option.value, texts), className="fixed-value"),
            html.P(texts.say("Not offered: {why}.", why=allowed_text(option, texts)), className="hint"),
        ],
        className="field",
    )


def _strange(faults: Sequence[ChangeFault], texts: Texts) -> list[Component]:
    """Faults of fields that the form does not have."""
    found = [fault for fault in faults if fault.option is None and fault.field not in set(ChangeField)]
    return [html.P(fault_text(fault, texts), className="fault") for fault in found]


def _buttons(address: Address, texts: Texts) -> html.Div:
    reset = html.A(texts.say("Back to the file"), href=address.href(change=""), id=SimulateId.RESET, className="quiet")
    return html.Div(
        [html.Button(texts.say("Simulate"), type="submit", id=SimulateId.SUBMIT, className="button"), reset],
        className="buttons",
    )
