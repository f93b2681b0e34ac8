"""How many examples Hypothesis tries where one is costly: a share of the profile's number.

The profiles are in ``conftest.py``: 50 examples on a desk, 200 in CI, 1500 in a deep run.
"""

from __future__ import annotations

from hypothesis import settings


def share(tenths: int) -> settings:
    """Settings with some tenths of the examples of the profile that is loaded."""
    return settings(max_examples=settings.default.max_examples * tenths // 10)


builds_index = share(3)
"""For a test of which one example writes an index or segments: 15, 60 and 450 examples."""
compares_scorers = share(6)
"""For a test of which one example is answered by Whoosh's matchers: 30, 120 and 900 examples."""
reads_long_text = share(2)
"""For a test of which one example is a text of hundreds of pieces: 10, 40 and 300 examples."""
draws_dossier = share(2)
"""For a test of which one example is a dossier of several hits: 10, 40 and 300 examples."""
