"""From exact contributions to reasons."""
