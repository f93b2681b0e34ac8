"""How many examples Hypothesis tries where one is costly: a share of the profile's number.

The profiles are in ``conftest.py``: 50 examples on a desk, 200 in CI, 1500 in a deep run.
"""

from __future__ import annotations

from hypothesis import settings

builds_index = settings(max_examples=settings.default.max_examples * 3 // 10)
"""For a test of which one example writes an index or segments: 15, 60 and 450 examples."""
