"""The model card: everything an artifact says of its model, for those who approve, audit or watch it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scoring_dash.core.errors import ConfigurationError
from scoring_dash.i18n.catalogue import Language
from scoring_dash.reports.blocks import Document, Section
from scoring_dash.reports.html import to_html
from scoring_dash.reports.markdown import to_markdown
from scoring_dash.reports.sections.groups import (
    fairness_section,
    segments_section,
    shift_limits,
    stability_section,
    uncertainty_section,
)
from scoring_dash.reports.sections.inputs import annex_section, features_section, model_section
from scoring_dash.reports.sections.opening import bullets_section, data_section, identity_section, use_section
from scoring_dash.reports.sections.quality import calibration_section, decision_section, performance_section
from scoring_dash.reports.sections.weights import comparison_section, importance_section
from scoring_dash.reports.sources import CardSources
from scoring_dash.reports.texts import CardTexts, load_card_texts


def write_model_card(sources: CardSources, directory: Path, languages: Sequence[Language]) -> tuple[Path, ...]:
    """Write ``model_card.<language>.html`` and ``.md``; the same artifact gives the same bytes.

    Parameters
    ----------
    directory : Path
        Created if missing.

    Returns
    -------
    tuple of Path
        The files, in the order of the languages.

    Raises
    ------
    ConfigurationError
        If the directory cannot be written.
    """
    texts = {
        f"model_card.{language}.{suffix}": write(model_card(sources, load_card_texts(language)))
        for language in languages
        for suffix, write in (("html", to_html), ("md", to_markdown))
    }
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (directory / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"--out is {str(directory)!r}: it cannot be written ({error.strerror}). Name a directory of yours."
        ) from error
    return tuple(directory / name for name in texts)


def model_card(sources: CardSources, texts: CardTexts) -> Document:
    """The card as a document, whatever it will be written as."""
    return Document(
        language=texts.language,
        title=texts.tell("card.title"),
        subtitle=texts.tell("card.subtitle", version=sources.version),
        notice=texts.tell("card.simulated" if sources.description.simulated else "card.real"),
        contents=texts.tell("card.contents"),
        sections=_sections(sources, texts),
    )


def _sections(sources: CardSources, texts: CardTexts) -> tuple[Section, ...]:
    compared = () if sources.comparison is None else (comparison_section(sources, sources.comparison, texts),)
    floor = texts.number(sources.evaluation.metrics["auc"].low, 4)
    return (
        identity_section(sources, texts),
        use_section(texts),
        data_section(sources, texts),
        features_section(sources, texts),
        model_section(sources, texts),
        performance_section(sources, texts),
        calibration_section(sources, texts),
        decision_section(sources, texts),
        segments_section(sources, texts),
        stability_section(sources, texts),
        uncertainty_section(sources, texts),
        fairness_section(sources, texts),
        importance_section(sources, texts),
        bullets_section("explanation", texts),
        *compared,
        bullets_section("limits", texts),
        bullets_section("ethics", texts),
        bullets_section("monitoring", texts, floor=floor, **shift_limits(texts)),
        annex_section(sources, texts),
    )
