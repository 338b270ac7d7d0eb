"""Sentences and number formats, French and English; knows no screen."""
