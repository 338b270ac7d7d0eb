"""Watching a model: are its clients still those it was trained on, and does it treat groups alike? Never decides."""
