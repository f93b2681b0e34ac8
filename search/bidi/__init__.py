"""Lay out Arabic and English text on a terminal.

Text is stored in *logical* order, the order in which it is read. A screen shows *visual* order:
Arabic runs from right to left, Latin words and numbers inside it from left to right, brackets are
mirrored, and Arabic letters join. Some terminals do this, most do not, and those that do are wrong
about a screen with panes. Two questions are answered here, independent of queries, results and
colours:

1. What does this terminal do? ``terminal_plan(os.environ, screen=..., tty=...)`` returns the
   ``Mode`` in which to send text and the sequences to send before and after it (``policy.py`` is
   the table, one row for each terminal).
2. How is this paragraph laid out? ``layout(text, spans, width, mode=plan.mode)`` wraps it into
   objects of class ``Line``, each with styled ``Segment``s, highlights included; ``line.rtl`` says
   at which edge of a column the line belongs.

``quotes`` finds the Arabic in an English sentence, which ``layout`` can isolate.

``clean`` is for text that is printed without layout, such as titles and paths, and ``cell_width``
for columns. Neither ``layout`` nor ``clean`` lets a control character of a document through to a
terminal.

Reading order: ``characters.py`` (what is shown for a character), ``clusters.py`` (a letter and its
marks), ``shapes.py`` (joining letters), ``levels.py`` (the Unicode bidirectional algorithm),
``order.py`` (reordering a line), ``layout.py`` (all of it together), ``quotes.py``, ``policy.py``,
``terminal.py``.

Limits: isolates and embeddings written inside documents are dropped, not honoured; letters without
a presentation form (some of Pashto, Kurdish and Jawi) are shown unjoined in ``visual`` mode; ZWNJ
and ZWJ shape letters in ``visual`` mode only, because no format character is sent in any mode.
"""

from __future__ import annotations

from search.bidi.characters import (
    base_rtl,
    cell_width,
    clean,
    has_rtl,
    majority_rtl,
    without_controls,
)
from search.bidi.layout import Line, Mode, Segment, cell_spans, layout
from search.bidi.quotes import quotes
from search.bidi.terminal import (
    FSI,
    LRI,
    PDI,
    PROBE,
    RLI,
    SETTINGS,
    TERMINAL_VARIABLES,
    TerminalPlan,
    isolate,
    probe_answer,
    terminal_name,
    terminal_plan,
)

__all__ = [
    "FSI",
    "LRI",
    "PDI",
    "PROBE",
    "RLI",
    "SETTINGS",
    "TERMINAL_VARIABLES",
    "Line",
    "Mode",
    "Segment",
    "TerminalPlan",
    "base_rtl",
    "cell_spans",
    "cell_width",
    "clean",
    "has_rtl",
    "isolate",
    "layout",
    "majority_rtl",
    "probe_answer",
    "quotes",
    "terminal_name",
    "terminal_plan",
    "without_controls",
]
