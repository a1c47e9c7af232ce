"""Runs the campaign of attacks: ``make hostile``.

Each worker of a build imports the module that was started: so it is this one, which is small.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from tests.hostile.campaign import main

    sys.exit(main())
