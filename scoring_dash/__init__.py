"""Scoring Dash: credit decisions that a relationship manager can explain."""

__version__ = "0.1.0"
