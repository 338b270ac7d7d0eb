"""Figures of parts of the files: kinds of file, folds, current files, groups of the audit."""

from __future__ import annotations

from scoring_dash.core.words import TableName
from scoring_dash.data.schema import category_label
from scoring_dash.model.evaluation.results import FairnessGroup, FairnessTable, Segments, Shift, ShiftReading, Stability
from scoring_dash.monitoring.fairness import LEAST_FILES
from scoring_dash.monitoring.stability import SHIFT_ABOVE, WATCH_FROM
from scoring_dash.reports.blocks import Block, Paragraph, Section, Table
from scoring_dash.reports.sections.quality import reliability_cells
from scoring_dash.reports.sources import CardSources
from scoring_dash.reports.texts import CardTexts

_SHOWN = 10
_COLUMNS = {"contract_type": "NAME_CONTRACT_TYPE", "sex": "CODE_GENDER", "family_situation": "NAME_FAMILY_STATUS"}
"""Criteria whose groups are categories of a column."""


def segments_section(sources: CardSources, texts: CardTexts) -> Section:
    """Predicted and observed by kind of file."""
    tables = tuple(_segments_table(segments, texts) for segments in sources.evaluation.segments)
    return Section("segments", texts.tell("segments.title"), (Paragraph(texts.tell("segments.intro")), *tables))


def stability_section(sources: CardSources, texts: CardTexts) -> Section:
    """By fold, and from past to current files."""
    evaluation = sources.evaluation
    blocks: list[Block] = [folds_table(sources, texts)] if evaluation.folds else []
    if evaluation.stability is None:
        blocks.append(Paragraph(texts.tell("stability.none")))
    else:
        blocks += [psi_table(sources, evaluation.stability, texts), Paragraph(psi_text(evaluation.stability, texts))]
    return Section("stability", texts.tell("stability.title"), tuple(blocks))


def folds_table(sources: CardSources, texts: CardTexts) -> Table:
    """Each fold model on the files that it never saw."""
    rows = tuple(
        (
            texts.number(fold.fold + 1),
            texts.number(fold.files),
            texts.share(fold.default_rate, 2),
            *(texts.number(value, 4) for value in (fold.auc, fold.log_loss, fold.cost)),
        )
        for fold in sources.evaluation.folds
    )
    return Table(texts.tell("stability.folds"), texts.items("stability.folds_header"), rows)


def psi_table(sources: CardSources, stability: Stability, texts: CardTexts) -> Table:
    """The score, then the most shifted features."""
    features = {feature.name: feature for feature in sources.description.features}

    def row(shift: Shift, name: str) -> tuple[str, str, str]:
        return name, texts.number(shift.psi, 4), texts.tell(f"stability.{shift.reading}")

    rows = [row(stability.score, texts.tell("stability.score"))]
    rows += [row(shift, texts.label(features[shift.name])) for shift in stability.features[:_SHOWN]]
    return Table(texts.tell("stability.psi"), texts.items("stability.psi_header"), tuple(rows), texts=(2,))


def psi_text(stability: Stability, texts: CardTexts) -> str:
    """How many features are stable, to watch, shifted."""
    readings = [shift.reading for shift in stability.features]
    return texts.tell(
        "stability.reading",
        stable=texts.number(readings.count(ShiftReading.STABLE)),
        watched=texts.number(readings.count(ShiftReading.WATCH)),
        shifted=texts.number(readings.count(ShiftReading.SHIFT)),
        chance=texts.number(stability.by_chance, 4),
        **shift_limits(texts),
    )


def shift_limits(texts: CardTexts) -> dict[str, str]:
    """From where an index is to be watched, and is a shift."""
    return {"watch": texts.number(WATCH_FROM, 2), "shift": texts.number(SHIFT_ABOVE, 2)}


def uncertainty_section(sources: CardSources, texts: CardTexts) -> Section:
    """Spread of the fold models, conformal sets."""
    told = uncertainty_texts(sources, texts)
    blocks = tuple(Paragraph(text) for text in (*told, texts.tell("uncertainty.plain")))
    return Section("uncertainty", texts.tell("uncertainty.title"), blocks)


def uncertainty_texts(sources: CardSources, texts: CardTexts) -> tuple[str, ...]:
    """What was measured of the uncertainty, in sentences."""
    spread, conformal = sources.evaluation.spread, sources.evaluation.conformal
    told = []
    if spread:
        told.append(
            texts.tell(
                "uncertainty.spread",
                median=texts.number(spread.median_width * 100, 1),
                wide=texts.number(spread.wide_width * 100, 1),
                straddling=texts.share(spread.straddling),
                outside=texts.share(spread.straddling_outside_zone),
            )
        )
    if conformal:
        names = ("repays", "defaults", "both", "neither")
        shares = {name: texts.share(getattr(conformal, name)) for name in names}
        told.append(texts.tell("uncertainty.conformal", level=texts.share(conformal.level, 0), **shares))
        held = (conformal.covered_repaid, conformal.covered_defaulted)
        repaid, defaulted = (f"{texts.share(item.rate)} {texts.share_bounds(item)}" for item in held)
        told.append(texts.tell("uncertainty.covered", repaid=repaid, defaulted=defaulted))
    return tuple(told) or (texts.tell("uncertainty.none"),)


def fairness_section(sources: CardSources, texts: CardTexts) -> Section:
    """The audit: how groups that the model does not know fare."""
    blocks: list[Block] = [Paragraph(texts.tell("fairness.intro", least=texts.number(LEAST_FILES)))]
    blocks.append(Paragraph(texts.tell("fairness.reading")))
    for table in sources.evaluation.fairness:
        blocks.append(fairness_table(table, texts))
        blocks += [Paragraph(text, important) for text, important in fairness_readings(table, texts)]
    if not sources.evaluation.fairness:
        blocks.append(Paragraph(texts.tell("fairness.empty")))
    return Section("fairness", texts.tell("fairness.title"), tuple(blocks))


def fairness_table(table: FairnessTable, texts: CardTexts) -> Table:
    """The groups of one attribute."""
    attribute = texts.known("fairness", table.attribute)
    rows = tuple(_fairness_row(table.attribute, group, texts) for group in table.groups)
    return Table(texts.tell("fairness.table", attribute=attribute), texts.items("fairness.header"), rows)


def fairness_readings(table: FairnessTable, texts: CardTexts) -> list[tuple[str, bool]]:
    """What the table says, in sentences; the alarm is important."""
    told = []
    if table.approval_ratio is not None:
        ratio = f"{texts.number(table.approval_ratio.value, 3)} {texts.bounds(table.approval_ratio, 3)}"
        reading = "ok" if table.four_fifths else "low"
        told.append((texts.tell(f"fairness.ratio_{reading}", ratio=ratio), not table.four_fifths))
    if table.false_refusal_gap is not None and table.missed_default_gap is not None:
        gaps = (table.false_refusal_gap, table.missed_default_gap)
        refused, missed = (texts.number(gap.value * 100, 1) for gap in gaps)
        told.append((texts.tell("fairness.gaps", refused=refused, missed=missed), False))
    if table.groups:
        told += [(text, False) for text in _sufficiency(table, texts)]
    if table.withheld_groups:
        groups, files = texts.number(table.withheld_groups), texts.number(table.withheld_files)
        told.append((texts.tell("fairness.withheld", groups=groups, files=files), False))
    return told


def _sufficiency(table: FairnessTable, texts: CardTexts) -> list[str]:
    """Groups whose mean probability lies outside the interval of their default rate."""
    high = [item.group for item in table.groups if item.predicted.value > item.observed.high]
    low = [item.group for item in table.groups if item.predicted.value < item.observed.low]
    told = []
    for name, members in (("too_high", high), ("too_low", low)):
        if members:
            labels = ", ".join(group_label(table.attribute, group, texts) for group in members)
            told.append(texts.tell(f"fairness.{name}", groups=labels))
    return told or [texts.tell("fairness.calibrated")]


def group_label(criterion: str, group: str, texts: CardTexts) -> str:
    """Name of a group for a person."""
    if criterion == "region_rating" and group.isdigit():
        return texts.tell("fairness.region", rating=group)
    named = texts.known("group", group)
    if named == group and criterion in _COLUMNS:
        label = category_label(TableName.APPLICATION_TRAIN, _COLUMNS[criterion], group, texts.language)
        return texts.texts.typeset(label)
    return named


def _segments_table(segments: Segments, texts: CardTexts) -> Table:
    rows = tuple(
        (
            group_label(segments.criterion, item.group, texts),
            *reliability_cells(item.reliability, texts),
            texts.tell("none")
            if item.auc is None
            else f"{texts.number(item.auc.value, 3)} {texts.bounds(item.auc, 3)}",
        )
        for item in segments.groups
    )
    caption = texts.tell("segments.table", criterion=texts.known("segments", segments.criterion))
    return Table(caption, texts.items("segments.header"), rows)


def _fairness_row(attribute: str, group: FairnessGroup, texts: CardTexts) -> tuple[str, ...]:
    shares = (group.approval, group.false_refusal, group.missed_default)
    chances = (group.predicted, group.observed)
    return (
        group_label(attribute, group.group, texts),
        texts.number(group.files),
        *(
            texts.tell("none") if item is None else f"{texts.share(item.value)} {texts.share_bounds(item)}"
            for item in shares
        ),
        texts.tell("none") if group.auc is None else f"{texts.number(group.auc.value, 3)} {texts.bounds(group.auc, 3)}",
        *(f"{texts.share(item.value)} {texts.share_bounds(item)}" for item in chances),
    )
