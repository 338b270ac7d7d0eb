"""Groups of past files: who is like a client, and how their values are spread."""
