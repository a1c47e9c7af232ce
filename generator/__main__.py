"""Starts the command line: ``mingzhang``, or ``python -m generator``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line.

    Importing it takes a while: Ctrl-C then ends as it does later, in one line with exit code 130.
    """
    try:
        from generator.cli import main as command_line  # here, or nobody would hear of it

        command_line()
    except KeyboardInterrupt:
        sys.stderr.write("mingzhang: stopped; what was published before is as it was\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
