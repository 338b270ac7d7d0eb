"""The shipped parameters: small, and aggregates only."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from scoring_dash.data.simulate.portfolio import load_parameters


def test_the_file_is_small() -> None:
    assert len(files("scoring_dash.data.simulate").joinpath("parameters.json").read_bytes()) <= 150_000


def test_numbers_are_rounded() -> None:
    """At most six significant digits: no value that could single out a row."""
    for number in _numbers(load_parameters().sections):
        assert float(f"{number:.6g}") == number


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in _numbers(part)]
    if isinstance(value, list):
        return [number for part in value for number in _numbers(part)]
    return [] if isinstance(value, str) else [float(value)]
