"""One module a command: its options, and what it calls. Heavy libraries are loaded only by the command that runs."""
