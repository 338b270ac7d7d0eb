"""How good the probabilities are, and what the threshold costs."""

from __future__ import annotations

import numpy as np

from scoring_dash.model.calibrate import CalibrationCheck
from scoring_dash.model.evaluation.metrics import METRICS
from scoring_dash.model.evaluation.results import Reliability
from scoring_dash.model.evaluation.self_check import SUSPECT_AUC
from scoring_dash.reports.blocks import Block, Chart, Paragraph, Section, Table
from scoring_dash.reports.charts import ChartWords, cost_figure, inline_svg, reliability_figure
from scoring_dash.reports.sources import CardSources
from scoring_dash.reports.texts import CardTexts

_SHARES = ("refused", "default_rate")
_FINE = ("brier", "log_loss")
_COST_STEP = 3
_COST_END = 60  # thresholds up to 0.30


def performance_section(sources: CardSources, texts: CardTexts) -> Section:
    """Metrics with intervals, and the self-check."""
    evaluation = sources.evaluation
    misfits = sum(not figure.fits for figure in evaluation.self_check.figures)
    told = (
        Paragraph(texts.tell("performance.check_failed", count=texts.number(misfits)), important=True)
        if misfits
        else Paragraph(texts.tell("performance.check_passed"))
    )
    blocks: list[Block] = [
        metrics_table(sources, texts),
        Paragraph(texts.tell("performance.costs")),
        self_check_table(sources, texts),
        told,
    ]
    auc = evaluation.metrics["auc"].value
    if auc > SUSPECT_AUC:
        limit = texts.number(SUSPECT_AUC, 2)
        blocks.append(Paragraph(texts.tell("performance.suspect", auc=texts.number(auc, 4), limit=limit), True))
    return Section("performance", texts.tell("performance.title"), tuple(blocks))


def metrics_table(sources: CardSources, texts: CardTexts) -> Table:
    """Every out-of-fold figure with its interval."""
    metrics, rows = sources.evaluation.metrics, []
    for name in METRICS:
        metric = metrics[name]
        if name in _SHARES:
            cells = texts.share(metric.value, 2), texts.share_bounds(metric, 2)
        else:
            decimals = 5 if name in _FINE else 4
            cells = texts.number(metric.value, decimals), texts.bounds(metric, decimals)
        rows.append((texts.tell(f"metric.{name}"), *cells))
    return Table(texts.tell("performance.table"), texts.items("performance.header"), tuple(rows))


def self_check_table(sources: CardSources, texts: CardTexts) -> Table:
    """Measured figures beside those that fit the AUC."""
    rows = tuple(
        (
            texts.known("metric", figure.name),
            *(texts.number(value, 4) for value in (figure.measured, figure.expected, figure.tolerance)),
            texts.tell("performance.fits" if figure.fits else "performance.misfit"),
        )
        for figure in sources.evaluation.self_check.figures
    )
    return Table(texts.tell("performance.check"), texts.items("performance.check_header"), rows, texts=(4,))


def calibration_section(sources: CardSources, texts: CardTexts) -> Section:
    """Predicted against observed, as a chart, a table and a line."""
    calibration = sources.evaluation.calibration
    drawing = reliability_figure({texts.tell("chart.observed"): calibration.bins}, chart_words(texts))
    first, last = calibration.bins[0], calibration.bins[-1]
    description = texts.tell(
        "calibration.chart_text",
        bins=texts.number(len(calibration.bins)),
        predicted_low=texts.share(first.predicted),
        observed_low=texts.share(first.observed.rate),
        predicted_high=texts.share(last.predicted),
        observed_high=texts.share(last.observed.rate),
    )
    svg = inline_svg(drawing, "reliability", title=texts.tell("calibration.chart"), description=description)
    blocks = (
        Chart(svg, texts.tell("calibration.caption")),
        calibration_table(sources, texts),
        Paragraph(calibration_line("margins", calibration.margins, texts)),
        Paragraph(calibration_line("served", calibration.served, texts)),
    )
    return Section("calibration", texts.tell("calibration.title"), blocks)


def calibration_table(sources: CardSources, texts: CardTexts) -> Table:
    """Tenths of the files by ascending probability."""
    rows = tuple(
        (texts.number(place), *reliability_cells(item, texts))
        for place, item in enumerate(sources.evaluation.calibration.bins, start=1)
    )
    return Table(texts.tell("calibration.table"), texts.items("calibration.header"), rows)


def reliability_cells(item: Reliability, texts: CardTexts) -> tuple[str, str, str, str]:
    """Files, predicted, observed and its interval."""
    return (
        texts.number(item.observed.files),
        texts.share(item.predicted, 2),
        texts.share(item.observed.rate, 2),
        texts.share_bounds(item.observed, 2),
    )


def calibration_line(name: str, line: CalibrationCheck | None, texts: CardTexts) -> str:
    """Slope and intercept as a sentence; ``name`` is ``"margins"`` or ``"served"``."""
    told = texts.tell(f"calibration.{name}")
    if line is None:
        return texts.tell("calibration.no_line", name=told)
    return texts.tell(
        "calibration.line",
        name=told,
        slope=texts.number(line.slope, 3),
        slope_width=texts.number(line.slope_half_width, 3),
        intercept=texts.number(line.intercept, 3),
        intercept_width=texts.number(line.intercept_half_width, 3),
    )


def decision_section(sources: CardSources, texts: CardTexts) -> Section:
    """Threshold, cost curve, review zone."""
    told = decision_texts(sources, texts)
    cost = sources.evaluation.cost
    rule = sources.description.rule
    drawing = cost_figure(np.array(cost.thresholds), np.array(cost.costs), rule, chart_words(texts))
    description = texts.tell("decision.chart_text", **_cost_values(sources, texts))
    svg = inline_svg(drawing, "cost", title=texts.tell("decision.chart"), description=description)
    blocks: tuple[Block, ...] = (
        *(Paragraph(text) for text in told),
        Chart(svg, texts.tell("decision.caption")),
        cost_table(sources, texts),
    )
    return Section("decision", texts.tell("decision.title"), blocks)


def decision_texts(sources: CardSources, texts: CardTexts) -> tuple[str, ...]:
    """The threshold, theory beside it, and the review zone, in sentences."""
    values = _cost_values(sources, texts)
    return tuple(texts.tell(f"decision.{name}", **values) for name in ("intro", "theory", "zone"))


def cost_table(sources: CardSources, texts: CardTexts) -> Table:
    """The curve at every third of its points, up to 30 %."""
    cost = sources.evaluation.cost
    places = range(1, min(_COST_END, len(cost.thresholds)), _COST_STEP)
    rows = tuple((texts.share(cost.thresholds[place]), texts.number(cost.costs[place], 4)) for place in places)
    return Table(texts.tell("decision.table"), texts.items("decision.header"), rows)


def chart_words(texts: CardTexts) -> ChartWords:
    """The words of the charts in the language of the card."""
    names = ("perfect", "predicted", "observed", "review_zone", "threshold_axis", "cost_axis")
    return ChartWords(
        **{name: texts.tell(f"chart.{name}") for name in names},
        threshold=texts.tell("chart.threshold", value="{value}"),
        theory=texts.tell("chart.theory", value="{value}"),
        reliability=texts.tell("calibration.chart"),
        cost=texts.tell("decision.chart"),
        number=lambda value: texts.number(value, len(f"{value:.3f}".rstrip("0").partition(".")[2])),
    )


def _cost_values(sources: CardSources, texts: CardTexts) -> dict[str, str]:
    cost, rule = sources.evaluation.cost, sources.description.rule
    return {
        "threshold": texts.share(cost.threshold),
        "cost": texts.number(cost.cost, 4),
        "accept_all": texts.number(sources.evaluation.metrics["cost_accept_all"].value, 4),
        "theory": texts.share(cost.theoretical_threshold, 2),
        "flat_low": texts.share(cost.flat_low),
        "flat_high": texts.share(cost.flat_high),
        "low": texts.share(rule.review_low),
        "high": texts.share(rule.review_high),
        "best": texts.share(cost.best_threshold),
        "best_cost": texts.number(cost.best_cost, 4),
    }
