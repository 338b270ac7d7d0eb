"""Documents about a model for those who must approve, audit or watch it."""
