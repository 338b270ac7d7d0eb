"""The short form: questions in groups, what was answered, and beside each answer what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import TableName, Unit
from scoring_dash.data.new_application.form import AnswerKind, FieldGroup, FormField, offered_fields
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.new_application_form import (
    answers_to_correct,
    choices,
    group_name,
    hint,
    no_choice,
    question,
)
from scoring_dash.services import ModelSummary
from scoring_dash.web.new_application.elements import Input, Select
from scoring_dash.web.new_application.ids import NewId, answer_id

_OPEN: Final = (FieldGroup.LOAN, FieldGroup.INCOME)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, and what is wrong with it, by name of the field."""

    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def form_card(model: ModelSummary, answers: Answers, texts: Texts) -> html.Section:
    """The form; the required questions stand first, the others may stay empty."""
    fields = offered_fields(read_columns(model))
    usual = _usual_values(model)
    groups = [
        _group(group, [item for item in fields if item.group is group], answers, usual, texts) for group in FieldGroup
    ]
    return html.Section(
        [
            html.H2(texts.say("Answers"), id="new-form-title"),
            html.P(
                texts.say(
                    "Fields marked with an asterisk are needed; leave the others empty where you do not know. After "
                    "the estimate you will read what the missing ones could change."
                ),
                className="caption",
            ),
            *_fault_count(answers, texts),
            html.Form([*(group for group in groups if group is not None), _submit(texts)], id=NewId.FORM),
        ],
        className="card full new-form",
        **{"aria-labelledby": "new-form-title"},
    )


def read_columns(model: ModelSummary) -> frozenset[str]:
    """Raw columns of the application that the model's features read."""
    references = [
        reference.rpartition(".")
        for feature in model.features
        for reference in feature.columns
        if feature.table is TableName.APPLICATION_TRAIN or "." in reference
    ]
    return frozenset(column for table, _, column in references if table in ("", TableName.APPLICATION_TRAIN))


def _usual_values(model: ModelSummary) -> dict[str, FeatureValue]:
    """Usual value of the columns that a feature shows as they are."""
    return {
        feature.columns[0]: model.typical_values.get(feature.name)
        for feature in model.features
        if len(feature.columns) == 1
        and feature.table is TableName.APPLICATION_TRAIN
        and feature.unit in (Unit.CURRENCY, Unit.SCORE, Unit.DAYS, Unit.YEARS)
    }


def _group(
    group: FieldGroup,
    fields: Sequence[FormField],
    answers: Answers,
    usual: Mapping[str, FeatureValue],
    texts: Texts,
) -> Component | None:
    if not fields:
        return None
    questions = html.Div(
        [_question(item, answers, usual.get(item.column), texts) for item in fields], className="new-fields"
    )
    name = group_name(group, texts)
    if group in _OPEN:
        return html.Fieldset([html.Legend(name), questions])
    is_used = any(answers.texts.get(item.name) for item in fields)
    return html.Details(
        [html.Summary(texts.say("{group} (optional)", group=name)), questions], className="new-more", open=is_used
    )


def _question(item: FormField, answers: Answers, usual: FeatureValue, texts: Texts) -> html.Div:
    own, told = answer_id(item.name), hint(item, usual, texts)
    fault = answers.faults.get(item.name, "")
    notes = [
        *([html.P(told, id=f"{own}-hint", className="caption")] if told else []),
        *([html.P(fault, id=f"{own}-fault", className="fault")] if fault else []),
    ]
    star = [html.Span(" *", **{"aria-hidden": "true"})] if item.is_required else []
    attributes: dict[str, Any] = {
        "id": own,
        "name": item.name,
        "defaultValue": answers.texts.get(item.name, ""),
        **({"aria-required": "true"} if item.is_required else {}),
        **({"aria-invalid": "true"} if fault else {}),
        **({"aria-describedby": " ".join(note.id for note in notes)} if notes else {}),
    }
    return html.Div(
        [html.Label([question(item, texts), *star], htmlFor=own), _box(item, attributes, texts), *notes],
        className="new-field",
    )


def _box(item: FormField, attributes: dict[str, Any], texts: Texts) -> Component:
    if item.kind is not AnswerKind.CHOICE:
        return Input(type="text", inputMode="decimal", autoComplete="off", maxLength=40, **attributes)
    options = [("", no_choice(item, texts)), *choices(item, texts)]
    return Select([html.Option(name, value=value) for value, name in options], className="select", **attributes)


def _fault_count(answers: Answers, texts: Texts) -> list[Component]:
    if not answers.faults:
        return []
    return [html.P(answers_to_correct(len(answers.faults), texts), className="fault-count", role="alert")]


def _waiting(texts: Texts) -> dict[str, str]:
    return {
        "data-waiting": texts.say("Estimating…"),
        "data-failed": texts.say("The answers could not be sent. Try again."),
    }


def _submit(texts: Texts) -> html.Div:
    return html.Div(
        [
            html.Button(texts.say("Estimate the risk"), type="submit", id=NewId.SUBMIT, className="button"),
            html.P(id=NewId.WAITING, role="status", className="caption", **_waiting(texts)),
        ],
        className="new-submit",
    )
