"""A simulated portfolio in Kaggle's eight-table format, drawn from aggregates fitted on real tables."""

from scoring_dash.data.simulate.portfolio import GENERATOR_VERSION, MARKER, simulate

__all__ = ["GENERATOR_VERSION", "MARKER", "simulate"]
