"""How good a model is and how far to trust it: metrics, calibration, groups, uncertainty, self-check."""
