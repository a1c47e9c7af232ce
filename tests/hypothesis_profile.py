"""The Hypothesis profiles: no deadlines; in continuous integration the same examples each time.

A test module that uses Hypothesis imports this one, which loads the profile.
"""

import os

from hypothesis import HealthCheck, settings

# Making a disclosure takes longer than Hypothesis likes, and tells nothing about the reader.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("local", _common)
settings.register_profile("ci", _common, derandomize=True, database=None)

PROFILE = "ci" if os.environ.get("CI") else "local"
settings.load_profile(PROFILE)
