"""Arabic and English on a terminal: which cell each letter goes to, and who decides that.

A text is kept in *logical* order, that in which it is read. A screen has *visual* order: Arabic
runs from right to left, Latin words and numbers inside it from left to right, brackets face the
other way, and Arabic letters join. Some terminals see to that, most do not, and those that do are
wrong about a screen with panes. So two questions are answered here, without knowledge of queries,
results or looks:

1. What does this terminal do? `plan(os.environ, screen=..., tty=...)` says in which `Mode` to send
   text and what to send before and after (`policy.py` is the table, one row a terminal).
2. Which lines are these? `layout(text, spans, width, mode=plan.mode)` wraps a paragraph into
   `Line`s of styled `Segment`s, highlights in place; `line.rtl` says at which edge of a column it
   belongs.

`quotes` finds the Arabic in a sentence in English, which `layout` then gives a place of its own.

`clean` is for text that is printed without layout, such as titles and paths, and `cell_width` for
columns. Neither `layout` nor `clean` lets a control character of a document through to a terminal.

Reading order: `characters.py` (what is shown for a character), `clusters.py` (a letter and its
marks), `shapes.py` (joining letters), `levels.py` (the Unicode bidirectional algorithm), `order.py`
(a line turned about), `layout.py` (all of it together), `quotes.py`, `policy.py`, `terminal.py`.

What is not done: isolates and embeddings written inside documents are dropped, not honoured;
letters without a presentation form (some of Pashto, Kurdish and Jawi) are shown unjoined in
`visual` mode; ZWNJ and ZWJ shape the letters of `visual` mode alone, for no format character is
sent in any mode.
"""

from search.bidi.characters import base_rtl, cell_width, clean, has_rtl
from search.bidi.layout import Line, Mode, Segment, layout
from search.bidi.quotes import quotes
from search.bidi.terminal import (
    FSI,
    LRI,
    PDI,
    PROBE,
    RLI,
    SETTINGS,
    TerminalPlan,
    isolate,
    plan,
    probe_answer,
)

__all__ = [
    "FSI",
    "LRI",
    "PDI",
    "PROBE",
    "RLI",
    "SETTINGS",
    "Line",
    "Mode",
    "TerminalPlan",
    "Segment",
    "base_rtl",
    "cell_width",
    "clean",
    "has_rtl",
    "isolate",
    "layout",
    "plan",
    "probe_answer",
    "quotes",
]
