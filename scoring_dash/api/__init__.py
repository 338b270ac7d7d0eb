"""The REST interface: the same engine as the screen, in JSON."""
