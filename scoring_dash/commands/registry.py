"""``registry``: the versions of the registered model."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from scoring_dash.pipeline.tracking import RegisteredVersion, Stage, fetch, list_versions, promote, store_address

_HEADINGS = ("version", "model", "stage", "aliases", "registered (UTC)", "AUC", "cost")


def add_options(parser: argparse.ArgumentParser) -> None:
    """List, promote and fetch registered models."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="show all versions, the newest first")
    promoting = actions.add_parser("promote", help="move a version to a stage")
    promoting.add_argument("version", help="number or alias, such as 3 or candidate")
    promoting.add_argument("--to", required=True, choices=[stage.value for stage in Stage])
    fetching = actions.add_parser("fetch", help="download a version for `serve --artifacts`")
    fetching.add_argument("version", help="number or alias, such as 3 or production")
    fetching.add_argument("--artifacts", type=Path, required=True, help="directory that receives the version")


def run(options: argparse.Namespace) -> None:
    """Do what was asked, and say what is true now."""
    address = store_address(os.environ, Path.cwd())
    if options.action == "list":
        print(_table(list_versions(address)))
    elif options.action == "promote":
        promoted = promote(options.version, Stage(options.to), address)
        print(f"version {promoted.number} ({promoted.model_version}) is now {promoted.stage}")
    else:
        artifact = fetch(options.version, options.artifacts, address)
        print(f"{artifact.version} is in service in {options.artifacts}")


def _table(versions: tuple[RegisteredVersion, ...]) -> str:
    if not versions:
        return "No version is registered yet; `python -m scoring_dash train` registers one."
    rows = [_HEADINGS, *(_row(version) for version in versions)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _row(version: RegisteredVersion) -> tuple[str, ...]:
    return (
        str(version.number),
        version.model_version,
        version.stage,
        ", ".join(version.aliases),
        f"{version.registered:%Y-%m-%d %H:%M}",
        version.metrics.get("auc", ""),
        version.metrics.get("cost", ""),
    )
