"""Offers in sentences: what could be granted, and what leads there."""

from __future__ import annotations

from scoring_dash.core.offers import Offer, Offers
from scoring_dash.core.simulation import ChangeField
from scoring_dash.core.words import Recommendation
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.simulation import field_name, field_value


def offers_sentence(offers: Offers, texts: Texts) -> str:
    """The main result of the search, in one sentence."""
    largest, asked = offers.largest, offers.asked
    if asked.recommendation is Recommendation.ACCEPT:
        if largest is None or largest.amount <= asked.amount:
            return texts.say("What is asked for would be accepted as it is.")
        return texts.say(
            "What is asked for would be accepted as it is; at this duration, up to {amount} would be.",
            amount=number(largest.amount, texts),
        )
    if largest is not None:
        return texts.say(
            "At this duration, {amount} would be accepted: {less} less than asked for, paid down for instance.",
            amount=number(largest.amount, texts),
            less=number(asked.amount - largest.amount, texts),
        )
    if any(offer.recommendation is Recommendation.ACCEPT for offer in offers.changes):
        return texts.say("No amount would be accepted at this duration; another change would lead there.")
    if offers.changes:
        return texts.say("No offer within reach would be accepted; some would be looked at again.")
    return texts.say("No amount, no duration and no other kind of credit within reach would change the recommendation.")


def offer_name(offer: Offer, texts: Texts) -> str:
    """What the client would ask for instead."""
    told = [_moved(field, offer, texts) for field in offer.moved]
    return " · ".join(told) if told else texts.say("As asked for")


def offer_result(offer: Offer, texts: Texts) -> str:
    """What the engine says of an offer, with its instalment."""
    risk = percent(offer.probability, texts)
    if offer.instalment is None:
        return texts.say("risk {risk}", risk=risk)
    return texts.say("risk {risk}, instalment {instalment}", risk=risk, instalment=number(offer.instalment, texts))


def nearest_sentence(offers: Offers, texts: Texts) -> str | None:
    """The accepted amount and duration nearest to those asked for; None where there is none, or it is told already."""
    nearest = offers.nearest
    if nearest is None or nearest.months is None or nearest == offers.largest:
        return None
    return texts.say(
        "Nearest accepted offer: {amount} over {months} months.",
        amount=number(nearest.amount, texts),
        months=number(nearest.months, texts),
    )


def _moved(field: ChangeField, offer: Offer, texts: Texts) -> str:
    value = offer.amount if field is ChangeField.AMOUNT else dict(offer.changes.items()).get(field)
    if field is ChangeField.DURATION and value is None:
        value = offer.months
    return texts.say("{field}: {value}", field=field_name(field, texts), value=field_value(field, value, texts))
