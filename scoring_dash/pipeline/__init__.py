"""Offline work from raw tables: train a model and its portfolio, score a batch."""
