"""Training, calibration, threshold, prediction, and the versioned artifact on disk."""
