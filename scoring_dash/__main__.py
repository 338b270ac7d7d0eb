"""``python -m scoring_dash``."""

import sys

from scoring_dash.cli import main

if __name__ == "__main__":
    sys.exit(main())
