"""The past of a client in the Dossier: in brief, on a timeline, and in tables."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.history import CardMonth, ClientHistory, CreditElsewhere, PastApplication, PaymentMonth
from scoring_dash.figures.timeline import more_than_drawn, spans_elsewhere, spans_here, timeline_figure
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.history import (
    NOTHING,
    application_end,
    application_outcome,
    arrears_text,
    card_use,
    contract_kind,
    credit_end,
    credit_kind,
    days_ago,
    month_text,
    past_in_brief,
    timeline_sentence,
)
from scoring_dash.i18n.numbers import duration_of_days, number, percent
from scoring_dash.web.charts import Chart, Table, chart, table
from scoring_dash.web.view import card_attributes


def past_cards(history: ClientHistory, texts: Texts) -> tuple[html.Section, html.Section]:
    """The past in four sentences, and the timeline with its tables."""
    return _brief(history, texts), _timeline(history, texts)


def past_tables(history: ClientHistory, texts: Texts) -> list[Table]:
    """Everything that the timeline draws, as tables; one without rows is left out."""
    tables = [_credits(history, texts), _applications(history, texts), _late(history, texts), _card(history, texts)]
    return [content for content in tables if content.rows]


def _brief(history: ClientHistory, texts: Texts) -> html.Section:
    tiles = [
        html.Li(
            [
                html.H3(line.title),
                # The sentence tells the same number: a screen reader hears it once.
                html.Span(line.figure, className="past-figure", **{"aria-hidden": "true"}),
                html.P(line.sentence),
            ]
        )
        for line in past_in_brief(history, texts)
    ]
    title = html.H2(texts.say("The past in brief"), id="past-title", className="visually-hidden")
    return html.Section(
        [title, html.Ul(tiles, className="past")],
        className="card full",
        **card_attributes(history.client_id, "past-title"),
    )


def _timeline(history: ClientHistory, texts: Texts) -> html.Section:
    figure, summary = timeline_figure(history, texts), timeline_sentence(history, texts)
    title = html.H2(texts.say("Credits and payments over time"), id="timeline-title")
    content: list[Component] = [title, html.P(summary, className="lead")]
    if figure is not None:
        extra = [_legend(history, texts), *_not_drawn(history, texts), _details(history, texts)]
        content.append(chart(Chart("timeline", figure, summary, None), texts, extra=extra))
    return html.Section(content, className="card full", **card_attributes(history.client_id, "timeline-title"))


def _legend(history: ClientHistory, texts: Texts) -> html.Ul:
    """What the looks of the marks mean, of those that are there; a place, a shape or a word goes with each colour."""
    spans = (*spans_elsewhere(history), *spans_here(history))
    has_late_card = any(month.days_late for month in history.card_months)
    has_part = any(month.late and not month.most_days_late for month in history.payments)
    words = (
        ("running", None, any(span.is_running for span in spans), texts.say("running: reaches the application")),
        ("ended", None, any(not span.is_running for span in spans), texts.say("ended")),
        ("arrears", "◆", has_late_card or any(span.has_arrears for span in spans), texts.say("late payments reported")),
        ("part", "○", has_part, texts.say("instalment paid in part")),
    )
    items = [
        html.Li([html.I(sign, className=f"swatch past-{name}"), text])
        for name, sign, is_there, text in words
        if is_there
    ]
    return html.Ul(items, className="legend")


def _not_drawn(history: ClientHistory, texts: Texts) -> list[Component]:
    count = more_than_drawn(spans_elsewhere(history)) + more_than_drawn(spans_here(history))
    if not count:
        return []
    told = texts.say_count(
        "{count} credit that finds no room in the drawing stands in the tables.",
        "{count} credits that find no room in the drawing stand in the tables.",
        count,
        count=number(count, texts),
    )
    return [html.P(told, className="caption")]


def _details(history: ClientHistory, texts: Texts) -> html.Details:
    tables = [table(content, is_caption_hidden=False) for content in past_tables(history, texts)]
    return html.Details([html.Summary(texts.say("See the figures")), *tables], className="figures past-tables")


def _credits(history: ClientHistory, texts: Texts) -> Table:
    def row(credit: CreditElsewhere) -> tuple[str, ...]:
        return (
            credit_kind(credit, texts),
            days_ago(credit.opened_day, texts),
            credit_end(credit, texts),
            _amount(credit.amount, texts),
            _amount(credit.debt, texts),
            arrears_text(credit, texts),
        )

    head = (
        texts.say("Credit"),
        texts.say("Opened"),
        texts.say("Ended"),
        texts.say("Amount granted"),
        texts.say("Still owed"),
        texts.say("Late payments"),
    )
    rows = tuple(row(credit) for credit in reversed(history.credits_elsewhere))
    return Table(texts.say("Credits elsewhere, the latest first"), head, rows, numeric_from=3)


def _applications(history: ClientHistory, texts: Texts) -> Table:
    def row(item: PastApplication) -> tuple[str, ...]:
        return (
            contract_kind(item, texts),
            days_ago(item.decided_day, texts),
            application_outcome(item, texts),
            application_end(item, texts),
            _amount(item.asked, texts),
            _amount(item.granted, texts),
            _amount(item.instalment, texts),
        )

    head = (
        texts.say("Credit"),
        texts.say("Decided"),
        texts.say("Outcome"),
        texts.say("Ended"),
        texts.say("Asked for"),
        texts.say("Granted"),
        texts.say("Instalment"),
    )
    rows = tuple(row(item) for item in reversed(history.past_applications))
    return Table(texts.say("Applications here, the latest first"), head, rows, numeric_from=4)


def _late(history: ClientHistory, texts: Texts) -> Table:
    def row(month: PaymentMonth) -> tuple[str, ...]:
        late = texts.say("{late} of {due}", late=number(month.late, texts), due=number(month.due, texts))
        unpaid = max(0.0, month.amount_due - month.amount_paid)
        return (
            month_text(month.month, texts),
            late,
            duration_of_days(month.most_days_late, texts) if month.most_days_late else texts.say("none"),
            number(unpaid, texts),
        )

    late = [month for month in reversed(history.payments) if month.late]
    months = sum(1 for month in history.payments if month.due)
    caption = texts.say_count(
        "Months with an instalment paid late or in part: {late} of {count} month",
        "Months with an instalment paid late or in part: {late} of {count} months",
        months,
        late=number(len(late), texts),
        count=number(months, texts),
    )
    head = (texts.say("Month"), texts.say("Late"), texts.say("Longest delay"), texts.say("Left unpaid"))
    return Table(caption, head, tuple(row(month) for month in late))


def _card(history: ClientHistory, texts: Texts) -> Table:
    def row(month: CardMonth) -> tuple[str, ...]:
        use = card_use(month)
        return (
            month_text(month.month, texts),
            _amount(month.balance, texts),
            _amount(month.limit, texts),
            texts.say("not given") if use is None else percent(use, texts, 0),
            duration_of_days(month.days_late, texts) if month.days_late else texts.say("none"),
        )

    head = (
        texts.say("Month"),
        texts.say("Balance"),
        texts.say("Limit"),
        texts.say("Limit in use"),
        texts.say("Delay"),
    )
    rows = tuple(row(month) for month in reversed(history.card_months))
    return Table(texts.say("Credit card, month by month"), head, rows)


def _amount(value: float | None, texts: Texts) -> str:
    return NOTHING if value is None else number(value, texts)
