"""One client: score, recommendation, reasons, explanation."""
