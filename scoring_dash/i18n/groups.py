"""A group of past files in words: what it starts from, what it asks for, how it turned out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from scoring_dash.core.comparisons import GroupSummary
from scoring_dash.core.feature import Feature
from scoring_dash.core.groups import (
    FEWEST_FILES,
    NOT_GIVEN,
    Between,
    Closeness,
    Condition,
    Group,
    GroupName,
    Near,
    OneOf,
)
from scoring_dash.core.results import FeatureValue
from scoring_dash.core.words import Unit
from scoring_dash.i18n import sentences
from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.values import category_text, feature_label, value_text

FLAGS: Final = ("no", "yes")
"""How a condition names the values of a yes-or-no fact."""

FactOf = Callable[[str], Feature | None]


def base_name(base: GroupName, texts: Texts) -> str:
    """What a group starts from, in a few words."""
    return texts.say(_BASES[base])


def base_meaning(base: GroupName, texts: Texts) -> str:
    """What a group starts from, in a sentence."""
    return texts.say(_MEANINGS[base])


def option_text(option: str | None, feature: Feature, texts: Texts) -> str:
    """A value that a condition lists, for a person; None and ``?`` are a missing value."""
    if option is None or option == NOT_GIVEN:
        return texts.say("not given")
    if feature.unit is Unit.FLAG and option in FLAGS:
        return value_text(float(FLAGS.index(option)), feature, texts)
    return category_text(option, feature, texts)


def condition_text(condition: Condition, feature: Feature, own: FeatureValue, texts: Texts) -> str:
    """One condition: the fact, and what is asked of it.

    Parameters
    ----------
    own : FeatureValue
        The client's value, for a condition that asks for likeness.
    """
    return texts.say(
        "{fact}: {wanted}", fact=feature_label(feature, texts), wanted=wanted_text(condition, feature, own, texts)
    )


def wanted_text(condition: Condition, feature: Feature, own: FeatureValue, texts: Texts) -> str:
    """What a condition asks of its fact."""
    if isinstance(condition, OneOf):
        return texts.say(" or ").join(option_text(value, feature, texts) for value in condition.values)
    if isinstance(condition, Between):
        return _range_text(condition, feature, texts)
    value = value_text(own, feature, texts)
    if condition.closeness is Closeness.EQUAL or own is None:
        return texts.say("as for this client ({value})", value=value)
    return texts.say(
        "about as for this client ({value} ± {tolerance})", value=value, tolerance=_tolerance(condition, feature, texts)
    )


def group_text(group: Group, fact_of: FactOf, value_of: Callable[[str], FeatureValue], texts: Texts) -> str:
    """The whole group in one line.

    Parameters
    ----------
    fact_of : callable
        From the name of a field to its description; a field that does not exist is passed over.
    value_of : callable
        From the name of a field to the client's value.
    """
    facts = [(item, fact_of(item.field)) for item in group.conditions]
    told = [condition_text(item, fact, value_of(item.field), texts) for item, fact in facts if fact is not None]
    return " · ".join([base_name(group.base, texts), *told])


def size_sentence(summary: GroupSummary, texts: Texts) -> str:
    """How many files a group holds, and how they turned out beside all past files."""
    files = texts.say_count(
        "{count} past file in this group.",
        "{count} past files in this group.",
        summary.files,
        count=number(summary.files, texts),
    )
    if summary.observed is None:
        return files
    rate = texts.say("Default rate: {rate}.", rate=sentences.default_rate(summary.observed, texts))
    if summary.files == summary.all_files:
        return f"{files} {rate}"
    everybody = texts.say("Over all past files: {rate}.", rate=percent(summary.all_observed.rate, texts))
    return f"{files} {rate} {everybody}"


def withheld_sentence(texts: Texts) -> str:
    """Why a small group shows no figure, and what to do."""
    return texts.say(
        "Fewer than {count} files: no figure is shown, for chance would speak and single people could be recognised. "
        "Widen or remove a criterion.",
        count=str(FEWEST_FILES),
    )


def _range_text(condition: Between, feature: Feature, texts: Texts) -> str:
    low, high = (None if end is None else value_text(end, feature, texts) for end in (condition.low, condition.high))
    if low is None:
        return texts.say("given") if high is None else texts.say("at most {high}", high=high)
    return texts.say("at least {low}", low=low) if high is None else texts.say("{low} to {high}", low=low, high=high)


def _tolerance(condition: Near, feature: Feature, texts: Texts) -> str:
    if condition.closeness is Closeness.WITHIN_SHARE:
        return percent(condition.tolerance, texts, 0 if condition.tolerance >= 0.01 else 1)
    if feature.unit is Unit.LEVEL:
        return texts.say_count(
            "{count} step", "{count} steps", condition.tolerance, count=number(condition.tolerance, texts)
        )
    return value_text(condition.tolerance, feature, texts)


_BASES: Final[Mapping[GroupName, str]] = MappingProxyType(
    {
        GroupName.ALL: message("All past files"),
        GroupName.SIMILAR: message("Similar files"),
        GroupName.SAME_RISK: message("Files of the same risk"),
        GroupName.SAME_RECOMMENDATION: message("Files with the same recommendation"),
    }
)

_MEANINGS: Final[Mapping[GroupName, str]] = MappingProxyType(
    {
        GroupName.ALL: message("Every past file whose outcome is known."),
        GroupName.SIMILAR: message(
            "The past files in which the themes weigh on the risk as they do for this client, the nearest first."
        ),
        GroupName.SAME_RISK: message(
            "The past files whose estimated risk is nearest to this client's: those behind the frequency on the page "
            "“Decision”."
        ),
        GroupName.SAME_RECOMMENDATION: message("The past files for which the model recommends the same as here."),
    }
)
