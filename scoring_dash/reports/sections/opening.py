"""What the model is, what it is for, what it was trained on."""

from __future__ import annotations

from scoring_dash.core.words import TableName
from scoring_dash.data.schema import TABLES
from scoring_dash.reports.blocks import Block, Bullets, Paragraph, Section, Table
from scoring_dash.reports.sources import CardSources
from scoring_dash.reports.texts import CardTexts


def identity_section(sources: CardSources, texts: CardTexts) -> Section:
    """Version, data, seed; no date, since neither the data nor the artifact has one."""
    training = sources.description.training
    portfolio = "is_simulated" if sources.description.simulated else "is_real"
    values = {
        "version": f"`{sources.version}`",
        "date": texts.tell("identity.no_date"),
        "kind": texts.tell("identity.lightgbm"),
        "portfolio": texts.tell(f"identity.{portfolio}"),
        "data": f"`{training['features_sha256']}`",
        "features": texts.number(len(sources.description.features)),
        "models": texts.tell("identity.models_value", folds=texts.number(training["folds"])),
        "seed": str(training["seed"]),
    }
    rows = tuple((texts.tell(f"identity.{name}"), value) for name, value in values.items())
    table = Table(texts.tell("identity.table"), texts.items("identity.header"), rows, texts=(1,))
    return Section("identity", texts.tell("identity.title"), (table,))


def use_section(texts: CardTexts) -> Section:
    """Intended use, and what is out of scope."""
    blocks: list[Block] = [Paragraph(text) for text in texts.items("use.paragraphs")]
    blocks += [Paragraph(texts.tell("use.out_of_scope")), Bullets(texts.items("use.items"))]
    return Section("use", texts.tell("use.title"), tuple(blocks))


def data_section(sources: CardSources, texts: CardTexts) -> Section:
    """Files, default rate, tables."""
    evaluation = sources.evaluation
    rate = evaluation.metrics["default_rate"]
    intro = texts.tell(
        "data.intro",
        files=texts.number(evaluation.files),
        rate=texts.share(rate.value, 2),
        interval=texts.share_bounds(rate, 2),
    )
    blocks: list[Block] = [Paragraph(intro)]
    if evaluation.stability:
        blocks.append(Paragraph(texts.tell("data.current", files=texts.number(evaluation.stability.compared))))
    return Section(
        "data", texts.tell("data.title"), (*blocks, tables_table(sources, texts), Paragraph(texts.tell("data.scored")))
    )


def tables_table(sources: CardSources, texts: CardTexts) -> Table:
    """The tables that the training read."""
    rows = []
    for name in sources.description.training["tables"]:
        table = TABLES[TableName(name)]
        meaning = table.meaning_fr if texts.language == "fr" else table.meaning_en
        rows.append((f"`{name}`", texts.texts.typeset(meaning)))
    return Table(texts.tell("data.table"), texts.items("data.header"), tuple(rows), texts=(1,))


def bullets_section(name: str, texts: CardTexts, **values: str) -> Section:
    """A section that is one list, e.g. ``"limits"``."""
    return Section(name, texts.tell(f"{name}.title"), (Bullets(texts.items(f"{name}.items", **values)),))
