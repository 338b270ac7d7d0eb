"""``report``: the model card of the version in service."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Write the model card of the version in service, as HTML and as Markdown."""
    parser.add_argument("--artifacts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="directory that receives the files")
    parser.add_argument("--comparison", type=Path, help="JSON file written by compare --out; adds a section")
    parser.add_argument("--lang", choices=("fr", "en", "both"), default="both")


def run(options: argparse.Namespace) -> None:
    """Check the artifact, write the card, name the files."""
    from scoring_dash.i18n.catalogue import Language
    from scoring_dash.reports.model_card import write_model_card
    from scoring_dash.reports.sources import read_sources

    languages = tuple(Language) if options.lang == "both" else (Language(options.lang),)
    for path in write_model_card(read_sources(options.artifacts, options.comparison), options.out, languages):
        print(path)
