"""What the model reads, what it may not read, and how it was trained."""

from __future__ import annotations

from scoring_dash.core.feature import Feature
from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.features.registry import raw_columns
from scoring_dash.data.schema import TABLES
from scoring_dash.data.schema.policy import Policy, load_policies, policy_of
from scoring_dash.reports.blocks import Block, Paragraph, Section, Table
from scoring_dash.reports.sources import CardSources
from scoring_dash.reports.texts import CardTexts

_FRENCH = "fr"
_SOURCE_COLUMN = 3


def features_section(sources: CardSources, texts: CardTexts) -> Section:
    """Features by theme and class of use; columns to justify; columns that never decide."""
    features = sources.description.features
    used = {policy_of(table, column) for feature in features for table, column in raw_columns(feature)}
    to_justify = [policy for policy in load_policies() if policy.use is ColumnUse.JUSTIFY and policy in used]
    never = [policy for policy in load_policies() if policy.use is ColumnUse.FORBIDDEN]
    blocks: list[Block] = [
        Paragraph(texts.tell("features.intro", features=texts.number(len(features)))),
        Paragraph(pruning_text(sources, texts)),
        themes_table(features, texts),
    ]
    if to_justify:
        blocks.append(policies_table("justified", to_justify, texts))
    return Section("features", texts.tell("features.title"), (*blocks, policies_table("excluded", never, texts)))


def pruning_text(sources: CardSources, texts: CardTexts) -> str:
    """How many features of the catalogue were left out before training."""
    training = sources.description.training
    unused, copies = (len(training.get(name, ())) for name in ("unused_features", "copied_features"))
    return texts.tell("features.pruned", unused=texts.number(unused), copies=texts.number(copies))


def themes_table(features: tuple[Feature, ...], texts: CardTexts) -> Table:
    """How many features each theme has, by class of use."""
    uses = (ColumnUse.ALLOWED, ColumnUse.JUSTIFY)
    header = ("theme", *(str(use) for use in uses), "total")
    rows = []
    for theme in dict.fromkeys(feature.theme for feature in sorted(features, key=_rank)):
        mine = [feature.use for feature in features if feature.theme is theme]
        rows.append((texts.theme(theme), *(texts.number(mine.count(use)) for use in uses), texts.number(len(mine))))
    sums = [sum(feature.use is use for feature in features) for use in uses]
    rows.append((texts.tell("features.total"), *(texts.number(value) for value in (*sums, len(features)))))
    return Table(texts.tell("features.table"), tuple(texts.tell(f"features.{name}") for name in header), tuple(rows))


def policies_table(name: str, policies: list[Policy], texts: CardTexts) -> Table:
    """Groups of columns with the reason and the source of their class; the sources are French texts of law."""
    rows = tuple(
        (
            texts.known("policy", policy.name),
            texts.number(len(policy.columns)),
            policy.reason_fr if texts.language == _FRENCH else texts.texts.typeset(policy.reason_en),
            policy.source,
        )
        for policy in policies
    )
    languages = {} if texts.language == _FRENCH else {_SOURCE_COLUMN: _FRENCH}
    return Table(
        texts.tell(f"features.{name}"), texts.items("features.group_header"), rows, (2, _SOURCE_COLUMN), languages
    )


def model_section(sources: CardSources, texts: CardTexts) -> Section:
    """Parameters, trees, directions, calibrator."""
    description = sources.description
    blocks: list[Block] = [
        parameters_table(sources, texts),
        Paragraph(texts.tell("model.rounds", rounds=texts.number(description.training["rounds"]))),
    ]
    bound = [feature for feature in description.features if feature.monotone]
    if bound:
        blocks += [
            Paragraph(texts.tell("model.monotone", count=texts.number(len(bound)))),
            monotone_table(bound, texts),
        ]
    else:
        blocks.append(Paragraph(texts.tell("model.monotone_none")))
    return Section("model", texts.tell("model.title"), (*blocks, Paragraph(calibrator_text(sources, texts))))


def parameters_table(sources: CardSources, texts: CardTexts) -> Table:
    """What training was asked and what it found."""
    training = sources.description.training
    values = {**training["parameters"], **{name: training[name] for name in ("folds", "rounds", "seed")}}
    rows = tuple((_parameter_name(name, texts), _parameter(value, texts)) for name, value in values.items())
    return Table(texts.tell("model.parameters"), texts.items("model.parameter_header"), rows)


def monotone_table(features: list[Feature], texts: CardTexts) -> Table:
    """Features that may move the risk one way only."""
    rows = tuple(
        (texts.label(item), texts.theme(item.theme), texts.tell("model.up" if item.monotone > 0 else "model.down"))
        for item in features
    )
    return Table(texts.tell("model.monotone_table"), texts.items("model.monotone_header"), rows, texts=(1, 2))


def calibrator_text(sources: CardSources, texts: CardTexts) -> str:
    """Whether margins are corrected, and how."""
    calibrator = sources.description.calibrator
    if (calibrator.slope, calibrator.intercept) == (1.0, 0.0):
        return texts.tell("model.uncalibrated")
    return texts.tell(
        "model.calibrated", slope=texts.number(calibrator.slope, 4), intercept=texts.signed(calibrator.intercept, 4)
    )


def annex_section(sources: CardSources, texts: CardTexts) -> Section:
    """Every feature with its identifier; every column of an application that never decides."""
    features = tuple(
        (texts.label(item), f"`{item.name}`", texts.theme(item.theme), texts.tell(f"features.{item.use}"))
        for item in sorted(sources.description.features, key=_rank)
    )
    columns = tuple(
        (texts.texts.typeset(TABLES[table].column(column).meaning(texts.language)), f"`{column}`", reason)
        for policy in load_policies()
        for reason in (texts.known("policy", policy.name),)
        for table, column in policy.columns
        if policy.use is ColumnUse.FORBIDDEN and table is TableName.APPLICATION_TRAIN
    )
    return Section(
        "annex",
        texts.tell("annex.title"),
        (
            Table(texts.tell("annex.features"), texts.items("annex.features_header"), features, texts=(1, 2, 3)),
            Table(texts.tell("annex.columns"), texts.items("annex.columns_header"), columns, texts=(1, 2)),
        ),
    )


def _rank(feature: Feature) -> int:
    return list(type(feature.theme)).index(feature.theme)


def _parameter_name(name: str, texts: CardTexts) -> str:
    label = texts.known("parameter", name)
    return f"`{name}`" if label == name else f"{label} (`{name}`)"


def _parameter(value: object, texts: CardTexts) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"`{value}`"
    if isinstance(value, int):
        return texts.number(value)
    return texts.number(value, max(0, len(f"{value:.6f}".rstrip("0").partition(".")[2])))
