"""What could be offered: in sentences, as a list to try, and as a map of amounts and durations."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from scoring_dash.assessment.check_changes import change_text
from scoring_dash.core.offers import Offer, OfferMap, Offers
from scoring_dash.core.words import Recommendation
from scoring_dash.figures.offers import offers_figure
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number
from scoring_dash.i18n.offers import nearest_sentence, offer_name, offer_result, offers_sentence
from scoring_dash.web.address import Address
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.ids import SimulateId
from scoring_dash.web.sections.decision import recommendation_tag
from scoring_dash.web.view import card_attributes


def offers_card(offers: Offers, address: Address, texts: Texts) -> html.Section:
    """The largest amount, the nearest offer and the smallest changes, each with a link that enters it."""
    heading = "simulate-offers-title"
    nearest = nearest_sentence(offers, texts)
    shown = _distinct([offers.largest, offers.nearest, *offers.changes])
    return html.Section(
        [
            html.H2(texts.say("What could be offered"), id=heading),
            html.P(offers_sentence(offers, texts), className="lead"),
            *([html.P(nearest)] if nearest else []),
            *([html.Ul([_item(place, offer, address, texts) for place, offer in enumerate(shown)], className="offers")]
              if shown else []),
            html.P(
                texts.say(
                    "Each line was scored as if it were entered by hand. All else stays as in the simulation; the "
                    "price of the purchase does too. Income and job are not among the advice: what is declared is a "
                    "fact."
                ),
                className="caption",
            ),
        ],
        className="card",
        **card_attributes(offers.client_id, heading),
    )  # fmt: skip


def map_card(offers: Offers, texts: Texts) -> list[Component]:
    """The map, a sentence and a table of its frontier; none where there is no duration to vary."""
    map_ = offers.map
    if map_ is None:
        return []
    heading = "simulate-map-title"
    told = map_sentence(map_, texts)
    picture = Chart("offers", offers_figure(offers, map_, texts), told, _table(map_, texts))
    teeth = texts.say(
        "The model reads the duration from the amount and the instalment, in steps. Pale columns are durations that it "
        "takes for another: the map has teeth there, and none of them is advised."
    )
    return [
        html.Section(
            [
                html.H2(texts.say("Amounts and durations"), id=heading),
                html.P(told, className="lead"),
                chart(picture, texts, extra=[_legend(offers, texts), html.P(teeth, className="caption reading")]),
            ],
            className="card narrow",
            **card_attributes(offers.client_id, heading),
        )
    ]


def map_sentence(map_: OfferMap, texts: Texts) -> str:
    """Where the most would be accepted."""
    columns = zip(map_.months, map_.read_as, map_.frontier(), strict=True)
    found = [(amount, months) for months, read, amount in columns if amount is not None and read == months]
    if not found:
        return texts.say("At no duration that the model reads as it is would an amount of this map be accepted.")
    amount, months = max(found, key=lambda item: (item[0], -item[1]))
    return texts.say(
        "Among durations that the model reads as they are, the largest amount accepted is {amount}, over {months} "
        "months.",
        amount=number(amount, texts),
        months=number(months, texts),
    )


def _distinct(offers: Sequence[Offer | None]) -> list[Offer]:
    """Offers that ask for something else, each once."""
    found: dict[object, Offer] = {}
    for offer in offers:
        if offer is not None and offer.moved:
            found.setdefault(offer.changes, offer)
    return list(found.values())


def _item(place: int, offer: Offer, address: Address, texts: Texts) -> html.Li:
    name = offer_name(offer, texts)
    link = html.A(
        texts.say("Try it"),
        href=address.href(change=change_text(offer.changes)),
        id=f"{SimulateId.TRY}-{place}",
        **{"aria-label": texts.say("Try it: {offer}", offer=name)},
    )
    return html.Li(
        [
            recommendation_tag(offer.recommendation, texts),
            html.Div([html.B(name), html.Div(offer_result(offer, texts), className="caption")]),
            link,
        ]
    )


def _legend(offers: Offers, texts: Texts) -> html.Ul:
    words = {
        "accept": texts.say("would be accepted"),
        "review": texts.say("would be reviewed"),
        "refuse": texts.say("would be refused"),
    }
    marks = {"asked": texts.say("asked for")}
    if offers.nearest is not None:
        marks["nearest"] = texts.say("nearest accepted offer")
    return html.Ul(
        [
            *(html.Li([html.I(className=f"swatch {name}"), text]) for name, text in words.items()),
            *(html.Li([html.I(className=f"spot {name}"), text]) for name, text in marks.items()),
        ],
        className="legend",
    )


def _table(map_: OfferMap, texts: Texts) -> Table:
    return Table(
        texts.say("Largest amount by duration"),
        (
            texts.say("Duration (months)"),
            texts.say("Accepted up to"),
            texts.say("At least reviewed up to"),
            texts.say("Duration read by the model"),
        ),
        tuple(
            (
                number(months, texts),
                _amount(accepted, texts),
                _amount(_reviewed(map_, column), texts),
                number(map_.read_as[column], texts),
            )
            for column, (months, accepted) in enumerate(zip(map_.months, map_.frontier(), strict=True))
        ),
    )


def _reviewed(map_: OfferMap, column: int) -> float | None:
    rows = zip(map_.amounts, map_.recommendations, strict=True)
    return max((amount for amount, row in rows if row[column] is not Recommendation.REFUSE), default=None)


def _amount(value: float | None, texts: Texts) -> str:
    return texts.say("none") if value is None else number(value, texts)
