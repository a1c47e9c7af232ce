"""The Hypothesis profiles: no deadlines; in continuous integration the same examples each time.

A test module that uses Hypothesis imports this one, which loads the profile.
"""

import os

from hypothesis import HealthCheck, settings

# Reading a made disclosure takes longer than Hypothesis likes, and tells nothing about the reader.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("local", settings(**_COMMON))
settings.register_profile("ci", settings(**_COMMON, derandomize=True, database=None))

PROFILE = "ci" if os.environ.get("CI") else "local"
settings.load_profile(PROFILE)
