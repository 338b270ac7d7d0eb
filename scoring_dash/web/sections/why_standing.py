"""Here and as usual: each theme of the client beside past files."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from scoring_dash.core.effects import ThemeStanding
from scoring_dash.figures.standing import by_rank, standing_figure, standing_summary, told_rank
from scoring_dash.i18n.catalogue import Texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.i18n.reasons import theme_name
from scoring_dash.web.address import Measure
from scoring_dash.web.charts import Chart, Table, chart
from scoring_dash.web.sections.why_cards import card, reading


def standing_card(client_id: int, standings: Sequence[ThemeStanding], measure: Measure, texts: Texts) -> html.Section:
    """One signed chart over the themes, the one that weighs most against the client first."""
    ordered = by_rank(standings)
    summary = standing_summary(ordered, texts)
    picture = Chart("standing", standing_figure(ordered, texts), summary, _table(ordered, measure, texts))
    sentences = texts.say(
        "A bar to the right: the theme weighs more against this client than usual; to the left, less; in the grey "
        "band, as in the middle half of past files. Here the client is compared with all past files, above with "
        "those only just accepted."
    )
    content = [html.P(summary, className="lead"), chart(picture, texts, extra=[reading(sentences, texts)])]
    return card(client_id, "standing", texts.say("Here and as usual"), content, width="narrow")


def _table(standings: Sequence[ThemeStanding], measure: Measure, texts: Texts) -> Table:
    head = (texts.say("Theme"), texts.say("Beside past files"), texts.say("Files where it weighs less"))
    more = (
        (texts.say("Here (log-odds)"), texts.say("Lower quartile"), texts.say("Median"), texts.say("Upper quartile"))
        if measure is Measure.MARGIN
        else ()
    )
    return Table(
        texts.say("Weight of each theme beside past files"),
        (*head, *more),
        tuple(_row(item, measure, texts) for item in standings),
        numeric_from=2,
    )


def _row(item: ThemeStanding, measure: Measure, texts: Texts) -> tuple[str, ...]:
    told = (theme_name(item.theme, texts), told_rank(item.rank, texts), percent(item.rank, texts))
    if measure is Measure.POINTS:
        return told
    return (*told, *(number(value, texts, 3) for value in (item.contribution, item.low, item.median, item.high)))
