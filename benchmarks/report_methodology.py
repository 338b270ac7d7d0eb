"""Writes ``docs/methodology/``: the figures that commands printed, and the note in French and English around them.

The figures come from these commands (DIR holds the tables, WORK is any directory)::

    python -m scoring_dash train --data DIR --artifacts WORK/model --no-tracking
    python -m scoring_dash train --data DIR --artifacts WORK/rows --row-scores --no-tracking
    python -m scoring_dash evaluate --artifacts WORK/model --out WORK/evaluation.json
    python -m scoring_dash evaluate --artifacts WORK/rows --out WORK/evaluation_rows.json
    python -m scoring_dash compare --data DIR --class-weights --smote --exclusions --out WORK/compare.json --no-tracking
    python -m scoring_dash tune --data DIR --trials 12 --out WORK/tune.json --no-tracking
    python -m benchmarks.monotone_price --data DIR --out WORK/monotone.json

and are gathered, and the notes written, by::

    python -m benchmarks.report_methodology --artifacts WORK/model --comparison WORK/compare.json \\
        --tuning WORK/tune.json --monotone WORK/monotone.json \\
        --row-scores WORK/evaluation.json WORK/evaluation_rows.json

``--row-scores`` may name the evaluations of another pair of models, trained on tables with histories. Without
arguments the notes are written anew from the ``figures.json`` that is there, after a change of a template. A test
checks that the notes are what templates and figures give: no number in them is typed by hand.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from benchmarks.methodology_values import values_of
from scoring_dash.i18n.catalogue import Language
from scoring_dash.model.artifact import open_artifact
from scoring_dash.model.description import read_description
from scoring_dash.model.evaluation.document import read_evaluation
from scoring_dash.reports.sources import CardSources, parse_comparison
from scoring_dash.reports.texts import load_card_texts

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "methodology"
FIGURES = "figures.json"
# Of no use to a reader, and long.
_LEFT_OUT = ("categories", "ranges", "typical_values", "bin_edges", "typical_incomes")


def main() -> None:
    options = _options()
    if options.artifacts is not None:
        figures = gather(options)
        (FOLDER / FIGURES).write_text(_lines(figures), encoding="utf-8")
    for language in Language:
        path = FOLDER / f"methodology.{language}.md"
        path.write_text(render(read_figures(), language), encoding="utf-8")
        print(path.name)


def read_figures() -> dict[str, Any]:
    """What the commands printed, as gathered last."""
    figures: dict[str, Any] = json.loads((FOLDER / FIGURES).read_text(encoding="utf-8"))
    return figures


def render(figures: Mapping[str, Any], language: Language) -> str:
    """The note in one language; a placeholder that nothing fills is an error."""
    template = (FOLDER / f"methodology.{language}.md.in").read_text(encoding="utf-8")
    texts = load_card_texts(language)
    return texts.texts.typeset(Template(template).substitute(values_of(figures, sources_of(figures), texts)))


def sources_of(figures: Mapping[str, Any]) -> CardSources:
    """The gathered figures as the model card reads them."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for part in ("model", "evaluation"):
            (directory / f"{part}.json").write_text(json.dumps(figures[part]), encoding="utf-8")
        return CardSources(
            figures["version"],
            read_description(directory / "model.json"),
            read_evaluation(directory),
            parse_comparison(figures["comparison"]),
        )


def gather(options: argparse.Namespace) -> dict[str, Any]:
    """The figures of the checked artifact and of the JSON files."""
    artifact = open_artifact(options.artifacts)
    model = _read(artifact.root / "model" / "model.json")
    without, with_scores = (_read(path) for path in options.row_scores)
    kept = ("files", "metrics", "folds")
    return {
        "version": artifact.version,
        "model": {**model, **{name: {} for name in _LEFT_OUT}},
        "evaluation": _read(artifact.root / "model" / "evaluation.json"),
        "comparison": _read(options.comparison),
        "tuning": _read(options.tuning),
        "monotone": _read(options.monotone),
        "row_scores": {
            "without": {name: without[name] for name in kept},
            "with": {name: with_scores[name] for name in kept},
            "simulated": options.row_scores_simulated,
        },
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--artifacts", type=Path)
    for name in ("comparison", "tuning", "monotone"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--row-scores", type=Path, nargs=2, metavar=("WITHOUT", "WITH"))
    parser.add_argument("--row-scores-simulated", action="store_true", help="that pair is of simulated clients")
    options = parser.parse_args()
    named = [options.artifacts, options.comparison, options.tuning, options.monotone, options.row_scores]
    if any(named) and not all(named):
        parser.error("name all files, or none to write the notes from the figures that are there")
    return options


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _lines(figures: Mapping[str, Any]) -> str:
    """One line a part: the file is for machines, the notes are for people."""
    parts = [f" {json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}" for name, part in figures.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
