"""Charts as SVG, drawn from plain values: for the model card and the pages of MLflow, not for the dashboard."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scoring_dash.figures.palette import HIGHER, INK, INK_SOFT, LINE, LOWER, NEUTRAL, REVIEW
from scoring_dash.model.cost import THEORETICAL_THRESHOLD, DecisionRule
from scoring_dash.model.evaluation.results import Reliability

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What the charts of a reader's language say.

    Attributes
    ----------
    number : callable, optional
        Writes the numbers of an axis; without it they are written as in English.
    """

    perfect: str = "perfect"
    predicted: str = "mean predicted probability"
    observed: str = "observed default rate"
    reliability: str = "Reliability"
    review_zone: str = "review zone"
    threshold: str = "threshold {value}"
    theory: str = "theory {value}"
    threshold_axis: str = "threshold"
    cost_axis: str = "cost per client"
    cost: str = "Cost"
    number: Callable[[float], str] | None = None

    def told(self, text: str, value: float) -> str:
        """A text with its number."""
        return text.format(value=self.number(round(value, 3)) if self.number else f"{value:.3f}")


ENGLISH = ChartWords()


def reliability_figure(models: Mapping[str, Sequence[Reliability]], words: ChartWords = ENGLISH) -> bytes:
    """Observed default rate against the mean predicted probability of each bin, one line a model.

    Parameters
    ----------
    models : mapping of str to sequence of Reliability
        The bins of each model, by ascending probability.
    """
    ends = [max(item.predicted, item.observed.rate) for bins in models.values() for item in bins]
    with _drawing((5.5, 5.5)) as (figure, axes):
        most = 1.05 * max(ends)
        axes.plot([0, most], [0, most], color=_colour(NEUTRAL), linestyle="--", label=words.perfect)
        for number, (name, bins) in enumerate(models.items()):
            predicted, observed = [item.predicted for item in bins], [item.observed.rate for item in bins]
            colour, marker = _line_style(number)
            axes.plot(predicted, observed, color=colour, marker=marker, label=name)
        axes.set(xlabel=words.predicted, ylabel=words.observed, title=words.reliability)
        _write_numbers(axes, words, both=True)
        axes.legend(frameon=False)
        return _svg(figure)


def roc_figure(false_refusals: Floats, caught_defaults: Floats, auc: float) -> bytes:
    """The ROC curve; the diagonal is chance.

    Parameters
    ----------
    false_refusals, caught_defaults : (n,) float64, in [0, 1], ascending
    auc : float
    """
    with _drawing((5, 5)) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=_colour(NEUTRAL), linestyle="--", label="chance")
        axes.plot(false_refusals, caught_defaults, color=_colour(LOWER), label=f"out of fold, AUC {auc:.3f}")
        axes.set(xlabel="share of good clients refused", ylabel="share of defaults refused", title="ROC curve")
        axes.legend(frameon=False)
        return _svg(figure)


def cost_figure(thresholds: Floats, costs: Floats, rule: DecisionRule, words: ChartWords = ENGLISH) -> bytes:
    """Cost per client at each threshold, with the chosen threshold and the review zone.

    Parameters
    ----------
    thresholds, costs : (n,) float64
        Thresholds in (0, 1), ascending.
    """
    with _drawing((7, 4)) as (figure, axes):
        axes.axvspan(rule.review_low, rule.review_high, color=_colour(REVIEW), alpha=0.35, label=words.review_zone)
        axes.plot(thresholds, costs, color=_colour(LOWER))
        axes.axvline(rule.threshold, color=_colour(HIGHER), label=words.told(words.threshold, rule.threshold))
        theory = words.told(words.theory, THEORETICAL_THRESHOLD)
        axes.axvline(THEORETICAL_THRESHOLD, color=_colour(NEUTRAL), linestyle="--", label=theory)
        axes.set(xlabel=words.threshold_axis, ylabel=words.cost_axis, title=words.cost)
        _write_numbers(axes, words, both=True)
        axes.legend(frameon=False)
        return _svg(figure)


def bars_figure(
    values: Mapping[str, float],
    *,
    title: str,
    unit: str,
    intervals: Mapping[str, tuple[float, float]] | None = None,
    words: ChartWords = ENGLISH,
) -> bytes:
    """One bar a name, from the top; an interval is a line over its bar.

    Parameters
    ----------
    values : mapping of str to float
    intervals : mapping of str to (low, high), optional
    """
    with _drawing((8, 1.2 + 0.3 * len(values))) as (figure, axes):
        places = np.arange(len(values))
        axes.barh(places, list(values.values()), color=_colour(LOWER), height=0.7)
        for place, name in enumerate(values):
            if intervals and name in intervals:
                axes.plot(intervals[name], (place, place), color=_colour(INK), linewidth=1.5)
        axes.set_yticks(places, list(values))
        axes.invert_yaxis()
        axes.set(xlabel=unit, title=title)
        _write_numbers(axes, words, both=False)
        return _svg(figure)


def trace_figure(trials: Mapping[str, Sequence[float]], *, title: str, unit: str, best: str = "least") -> bytes:
    """The value of each trial as a point and the best so far as a line, for each method of tuning.

    Parameters
    ----------
    trials : mapping of str to sequence of float
        Values in the order of the trials, by method.
    best : {"least", "most"}
    """
    so_far = np.minimum if best == "least" else np.maximum
    with _drawing((7, 4)) as (figure, axes):
        for number, (method, values) in enumerate(trials.items()):
            colour, _ = _line_style(number)
            counts = np.arange(1, len(values) + 1)
            axes.plot(counts, values, color=colour, marker=".", linestyle="none", alpha=0.6)
            axes.step(counts, so_far.accumulate(np.asarray(values)), color=colour, where="post", label=method)
        axes.set(xlabel="trial", ylabel=unit, title=title)
        axes.legend(frameon=False)
        return _svg(figure)


def inline_svg(drawing: bytes, name: str, *, title: str, description: str) -> str:
    """A chart to stand inside an HTML page: named for a screen reader, without styles or identifiers that leak.

    Parameters
    ----------
    drawing : bytes
        What a function above gave.
    name : str
        Prefix of every identifier, unique in the page: letters, digits and hyphens.
    """
    text = drawing.decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    text = text.replace("url(#", f"url(#{name}-")
    head = f'<svg role="img" aria-labelledby="{name}-title {name}-description"'
    told = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-description">{escape(description)}</desc>'
    return re.sub(r"<svg([^>]*)>", lambda found: f"{head}{found[1]}>{told}", text, count=1).strip()


def _write_numbers(axes: Axes, words: ChartWords, *, both: bool) -> None:
    """Write the numbers of the axes in the reader's language."""
    write = words.number
    if write is None:
        return
    for axis in (axes.xaxis, axes.yaxis) if both else (axes.xaxis,):
        axis.set_major_formatter(lambda value, _: write(round(value, 6)))


@contextmanager
def _drawing(size: tuple[float, float]) -> Iterator[tuple[Figure, Axes]]:
    """A figure without pyplot, which would look for a screen and keep every figure alive."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    # Texts stay texts: smaller than outlines, and found by a search in the page.
    settings: dict[str, Any] = {
        "svg.hashsalt": "scoring-dash",
        "svg.fonttype": "none",
        "font.size": 10,
        "axes.edgecolor": _colour(LINE),
    }
    with rc_context(settings):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        yield figure, axes


def _svg(figure: Figure) -> bytes:
    """The same values give the same bytes: no date is written."""
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def _line_style(number: int) -> tuple[str, str]:
    """Colour and marker: with more lines than colours the marker tells them apart."""
    colours = (LOWER, HIGHER, INK_SOFT, REVIEW)
    return _colour(colours[number % len(colours)]), "osD^vPX*"[number // len(colours) % 8]


def _colour(text: str) -> str:
    red, green, blue = (int(part) for part in re.findall(r"\d+", text))
    return f"#{red:02x}{green:02x}{blue:02x}"
