"""Hypothesis: new examples on a desk, the same ones in CI, where a run must be repeatable.

No test is held to a time: a machine may be busy.
"""

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
