"""What the model relies on, and how it compares with others."""

from __future__ import annotations

from scoring_dash.core.words import Theme
from scoring_dash.model.evaluation.metrics import Metric
from scoring_dash.model.evaluation.results import Importance
from scoring_dash.reports.blocks import Block, Chart, Paragraph, Section, Table
from scoring_dash.reports.charts import bars_figure, inline_svg
from scoring_dash.reports.sections.quality import chart_words
from scoring_dash.reports.sources import CardSources, ComparedFamily, ComparedSet, Comparison
from scoring_dash.reports.texts import CardTexts

_SHOWN = 20


def importance_section(sources: CardSources, texts: CardTexts) -> Section:
    """Themes as a chart and a table, then the heaviest features."""
    importance = sources.evaluation.importance
    title = texts.tell("importance.title")
    if importance is None:
        return Section("importance", title, (Paragraph(texts.tell("importance.none")),))
    blocks: tuple[Block, ...] = (
        Paragraph(texts.tell("importance.intro", files=texts.number(importance.files))),
        _themes_chart(importance, texts),
        themes_weight_table(importance, texts),
        features_weight_table(sources, importance, texts),
    )
    return Section("importance", title, blocks)


def themes_weight_table(importance: Importance, texts: CardTexts) -> Table:
    """Themes, the heaviest first."""
    rows = tuple(
        (texts.theme(Theme(item.name)), texts.number(item.contribution, 4), texts.share(item.gain))
        for item in importance.themes
    )
    return Table(texts.tell("importance.themes"), texts.items("importance.theme_header"), rows)


def features_weight_table(sources: CardSources, importance: Importance, texts: CardTexts) -> Table:
    """The heaviest features by their names for people."""
    features = {feature.name: feature for feature in sources.description.features}
    shown = importance.features[:_SHOWN]
    rows = tuple(
        (
            texts.label(features[item.name]),
            texts.theme(features[item.name].theme),
            texts.number(item.contribution, 4),
            texts.share(item.gain),
        )
        for item in shown
    )
    caption = texts.tell(
        "importance.features", shown=texts.number(len(shown)), features=texts.number(len(importance.features))
    )
    return Table(caption, texts.items("importance.feature_header"), rows, texts=(1,))


def comparison_section(sources: CardSources, comparison: Comparison, texts: CardTexts) -> Section:
    """Other families of models, and what excluded columns would add."""
    intro = texts.tell(
        "comparison.intro",
        files=texts.number(comparison.files),
        features=texts.number(comparison.features),
        folds=texts.number(comparison.folds),
    )
    blocks: list[Block] = [Paragraph(intro)]
    if not sources.comparison_is_of_these_files:
        blocks.append(Paragraph(texts.tell("comparison.other"), important=True))
    blocks.append(families_table(comparison, texts))
    if comparison.exclusions:
        blocks += [exclusions_table(comparison, texts), Paragraph(texts.tell("comparison.reading"))]
    return Section("comparison", texts.tell("comparison.title"), tuple(blocks))


def families_table(comparison: Comparison, texts: CardTexts) -> Table:
    """Out-of-fold figures of each family."""
    rows = tuple(_family_row(found, texts) for found in comparison.families)
    return Table(texts.tell("comparison.families"), texts.items("comparison.families_header"), rows)


def exclusions_table(comparison: Comparison, texts: CardTexts) -> Table:
    """Each set of features beside the lawful one."""
    rows = tuple(_set_row(found, texts) for found in comparison.exclusions)
    return Table(texts.tell("comparison.exclusions"), texts.items("comparison.exclusions_header"), rows)


def family_name(found: ComparedFamily, texts: CardTexts) -> str:
    """Name of a family with what was done about the imbalance."""
    return texts.tell(f"family.{found.imbalance}", family=texts.known("family", found.family))


def _family_row(found: ComparedFamily, texts: CardTexts) -> tuple[str, ...]:
    metrics = found.metrics
    return (
        family_name(found, texts),
        texts.number(metrics["auc"].value, 4),
        texts.bounds(metrics["auc"]),
        *(
            texts.number(metrics[name].value, decimals)
            for name, decimals in (("brier", 5), ("log_loss", 5), ("cost", 4))
        ),
        texts.share(found.mean_probability, 2),
        texts.tell("none") if found.slope is None else texts.number(found.slope, 3),
    )


def _set_row(found: ComparedSet, texts: CardTexts) -> tuple[str, ...]:
    if found.kind == "added" and found.group is not None:
        name = texts.tell("set.added", group=texts.known("policy", found.group))
    else:
        name = texts.known("set", found.name)
    changes = [cell for change in (found.auc_change, found.cost_change) for cell in _change(change, texts)]
    return (name, texts.number(found.features), texts.number(found.auc, 4), *changes)


def _change(change: Metric | None, texts: CardTexts) -> tuple[str, str]:
    if change is None:
        return texts.tell("none"), texts.tell("none")
    return texts.signed(change.value), texts.bounds(change)


def _themes_chart(importance: Importance, texts: CardTexts) -> Chart:
    values = {texts.theme(Theme(item.name)): item.contribution for item in importance.themes}
    title, unit = texts.tell("importance.themes_chart"), texts.tell("chart.contribution")
    first = next(iter(values))
    description = texts.tell("importance.themes_text", first=first, value=texts.number(values[first], 4))
    drawing = bars_figure(values, title=title, unit=unit, words=chart_words(texts))
    return Chart(inline_svg(drawing, "themes", title=title, description=description), description)
