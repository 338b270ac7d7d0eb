"""What a client could change, in words: names of fields, values, faults, and what a simulation says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.feature import Feature
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.simulation import (
    ChangeFault,
    ChangeField,
    ChangeOption,
    Changes,
    FaultKind,
    MissingFact,
    Move,
    Simulation,
    WhyNot,
)
from scoring_dash.core.words import Direction, Recommendation, TableName
from scoring_dash.data.schema import category_label
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number, percent, points
from scoring_dash.i18n.sentences import recommendation_name
from scoring_dash.i18n.values import feature_label


def field_name(field: ChangeField, texts: Texts) -> str:
    """Name of a field that a client could change."""
    return texts.say(_NAMES[field])


def field_value(field: ChangeField, value: FeatureValue, texts: Texts) -> str:
    """A value of a field, with its unit; says so where there is none."""
    if value is None:
        return texts.say("not given")
    if isinstance(value, str):
        table, column = TableName.APPLICATION_TRAIN, _COLUMNS[field]
        return texts.typeset(category_label(table, column, value, texts.language))
    if field is ChangeField.DURATION:
        return texts.say_count("{number} month", "{number} months", value, number=number(value, texts))
    return number(value, texts, 0 if value == round(value) else 2)


def allowed_text(option: ChangeOption, texts: Texts) -> str:
    """What may be entered, as the hint beside the field."""
    if option.why_not is not None:
        return texts.say(_WHY_NOT[option.why_not])
    if option.low is None or option.high is None:
        return texts.say("one of the list")
    low, high = (number(bound, texts) for bound in (option.low, option.high))
    if option.is_whole:
        return texts.say("a whole number from {low} to {high}", low=low, high=high)
    return texts.say("from {low} to {high}", low=low, high=high)


def fault_text(fault: ChangeFault, texts: Texts) -> str:
    """One complete sentence: what is wrong, the value, what is allowed."""
    allowed = "" if fault.option is None else allowed_text(fault.option, texts)
    return texts.say(_FAULTS[fault.kind], value=fault.value, field=fault.field, allowed=allowed)


def fault_field(fault: ChangeFault, texts: Texts) -> str:
    """Name of the field that a fault concerns; as written where there is no such field."""
    known = fault.field in set(ChangeField)
    return field_name(ChangeField(fault.field), texts) if known else fault.field


def changes_text(changes: Changes, texts: Texts) -> str:
    """What is changed, in one line."""
    told = [
        texts.say("{field}: {value}", field=field_name(field, texts), value=field_value(field, value, texts))
        for field, value in changes.items()
    ]
    return " · ".join(told) if told else texts.say("The file as it is")


def result_sentence(simulation: Simulation, texts: Texts) -> str:
    """The risk before and after, and what becomes of the recommendation."""
    before, after = simulation.before, simulation.after
    told = percent(after.probability_of_default, texts)
    if not simulation.changes:
        return texts.say("Nothing is changed yet: the estimated risk is that of the file, {risk}.", risk=told)
    values = {"before": percent(before.probability_of_default, texts), "after": told}
    difference = after.probability_of_default - before.probability_of_default
    if difference == 0 or values["before"] == values["after"]:
        return texts.say("With these changes the estimated risk stays at {after}.", **values)
    values["points"] = points(difference, texts)
    if difference < 0:
        return texts.say(
            "With these changes the estimated risk goes from {before} down to {after}: {points} less.", **values
        )
    return texts.say("With these changes the estimated risk goes from {before} up to {after}: {points} more.", **values)


def recommendation_sentence(simulation: Simulation, texts: Texts) -> str:
    """Whether the recommendation changes."""
    before, after = simulation.before.recommendation, simulation.after.recommendation
    if before is after:
        return texts.say(_UNCHANGED[after])
    return texts.say(
        "The recommendation changes: “{before}” becomes “{after}”.",
        before=recommendation_name(before, texts),
        after=recommendation_name(after, texts),
    )


def move_name(move: Move, direction: Direction, texts: Texts) -> str:
    """What became of a reason, in a few words.

    Parameters
    ----------
    direction : Direction
        Of the reason after the changes; before them, where it vanished.
    """
    return texts.say(_MOVES[move][direction])


def missing_text(fact: MissingFact, feature: Feature, texts: Texts) -> str:
    """What a missing fact would tell, over similar files."""
    low, high = percent(fact.low, texts), percent(fact.high, texts)
    values = {
        "fact": feature_label(feature, texts),
        "known": number(fact.known, texts),
        "similar": number(fact.similar, texts),
    }
    if low == high:
        return texts.say(
            "“{fact}”: with the values of the {known} similar files that give it (of {similar}), the risk would stay "
            "at about {risk}.",
            risk=low,
            **values,
        )
    return texts.say(
        "“{fact}”: with the values of the {known} similar files that give it (of {similar}), the risk would lie "
        "between {low} and {high}.",
        low=low,
        high=high,
        **values,
    )


_COLUMNS: Final[Mapping[ChangeField, str]] = MappingProxyType(
    {
        ChangeField.CONTRACT: "NAME_CONTRACT_TYPE",
        ChangeField.INCOME_TYPE: "NAME_INCOME_TYPE",
        ChangeField.OCCUPATION: "OCCUPATION_TYPE",
        ChangeField.SECTOR: "ORGANIZATION_TYPE",
    }
)
_NAMES: Final[Mapping[ChangeField, str]] = MappingProxyType(
    {
        ChangeField.AMOUNT: message("Amount of the credit"),
        ChangeField.DURATION: message("Duration (months)"),
        ChangeField.DOWN_PAYMENT: message("Down payment"),
        ChangeField.PRICE: message("Price of the purchase"),
        ChangeField.CONTRACT: message("Kind of credit"),
        ChangeField.INCOME: message("Declared income"),
        ChangeField.INCOME_TYPE: message("Source of income"),
        ChangeField.OCCUPATION: message("Occupation"),
        ChangeField.SECTOR: message("Employer's sector"),
        ChangeField.DOCUMENTS: message("Supporting documents handed in"),
    }
)
_WHY_NOT: Final[Mapping[WhyNot, str]] = MappingProxyType(
    {
        WhyNot.NOT_READ: message("this model does not read it: changing it would change nothing"),
        WhyNot.NO_DURATION: message("a revolving credit has no duration"),
        WhyNot.NO_ROOM: message("nothing is left between the value of the file and what is allowed"),
    }
)
_FAULTS: Final[Mapping[FaultKind, str]] = MappingProxyType(
    {
        FaultKind.UNKNOWN_FIELD: message("“{field}” is no field that can be changed ({value})."),
        FaultKind.TWICE: message("Given twice; one value is allowed."),
        FaultKind.NOT_A_NUMBER: message("“{value}” is not a number. Allowed: {allowed}."),
        FaultKind.NOT_WHOLE: message("{value} is not a whole number. Allowed: {allowed}."),
        FaultKind.OUT_OF_RANGE: message("{value} is not allowed here. Allowed: {allowed}."),
        FaultKind.UNKNOWN_CATEGORY: message("“{value}” is not known here. Allowed: {allowed}."),
        FaultKind.NOT_OFFERED: message("It cannot be changed: {allowed}."),
        FaultKind.REQUIRED: message("A personal loan needs a duration. Allowed: {allowed}."),
    }
)
_UNCHANGED: Final[Mapping[Recommendation, str]] = MappingProxyType(
    {
        Recommendation.ACCEPT: message("The recommendation stays: accept."),
        Recommendation.REVIEW: message("The recommendation stays: to be reviewed."),
        Recommendation.REFUSE: message("The recommendation stays: refuse."),
    }
)
_MOVES: Final[Mapping[Move, Mapping[Direction, str]]] = MappingProxyType(
    {
        Move.APPEARED: {
            Direction.RAISES: message("now among the reasons against the client"),
            Direction.LOWERS: message("now among the reasons in the client's favour"),
        },
        Move.VANISHED: {
            Direction.RAISES: message("no longer among the reasons against the client"),
            Direction.LOWERS: message("no longer among the reasons in the client's favour"),
        },
        Move.STRONGER: {
            Direction.RAISES: message("weighs more against the client"),
            Direction.LOWERS: message("weighs more in the client's favour"),
        },
        Move.WEAKER: {
            Direction.RAISES: message("weighs less against the client"),
            Direction.LOWERS: message("weighs less in the client's favour"),
        },
        Move.TURNED: {
            Direction.RAISES: message("turned against the client"),
            Direction.LOWERS: message("turned in the client's favour"),
        },
        Move.SAME: {
            Direction.RAISES: message("weighs the same against the client"),
            Direction.LOWERS: message("weighs the same in the client's favour"),
        },
    }
)
