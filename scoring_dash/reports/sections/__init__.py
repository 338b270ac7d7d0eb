"""The sections of the model card, from identity to annex."""
