"""The Hypothesis profiles: few examples here, many at night; no deadlines.

In continuous integration the examples are the same each time, at night others each time. A test
module that uses Hypothesis imports this one, which loads the profile.
"""

import os

from hypothesis import HealthCheck, settings

# Making a disclosure takes longer than Hypothesis likes, and tells nothing about the reader.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("local", _common)
settings.register_profile("ci", _common, derandomize=True, database=None)
# What it finds is told as code that finds it again: the machine that found it is gone by then.
settings.register_profile(
    "nightly", _common, max_examples=2000, derandomize=False, database=None, print_blob=True
)

PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "local")
settings.load_profile(PROFILE)
#: How many times as many examples as by day, where a test says how many those are.
MORE = 40 if PROFILE == "nightly" else 1


def examples(by_day: int) -> settings:
    """The settings of a test that tries so many examples by day, and many more at night."""
    return settings(max_examples=by_day * MORE)
