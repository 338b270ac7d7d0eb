"""How raw files are found, unpacked, loaded and checked; ``read.py`` is the way in."""
