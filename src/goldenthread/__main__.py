"""Run `python -m goldenthread` as the command line."""

import sys

from goldenthread.faces.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
