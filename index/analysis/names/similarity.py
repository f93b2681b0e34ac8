"""How much two words sound like one name."""

from __future__ import annotations

from math import inf

from index.analysis.names.forms import Form, forms
from index.analysis.names.phonology import Phonology, phonology

FAR = 2.0
"""What it costs that a sound stands for one it never stands for: as much as leaving both out."""
_ROUNDING = 1e-9
"""A sum of costs may miss its limit by this much and yet be equal to it."""


def similarity(one: str, other: str, rules: Phonology | None = None) -> float:
    """From 0 to 1: how well two exact words, of either script, pass for one name.

    It is 1 minus the cheapest way to turn the sounds of one into those of the other,
    as a share of their mean weight; the forms that lie nearest to each other count.
    Symmetric, and 1 for a word and itself.
    """
    first, second = sorted((one, other))
    return Ear(first, rules or phonology()).similarity(second)


class Ear:
    """A word to which others are compared, made ready once."""

    def __init__(self, word: str, rules: Phonology) -> None:
        self.rules = rules
        self._word = word
        self._forms = [_Form(sounds, cost, rules) for sounds, cost in forms(word, rules)]
        # القانون and والقانون are the same once each is left without its prefixes.
        self._known: dict[tuple[Form, float], float] = {}

    def similarity(self, other: str, least: float = 0.0) -> float:
        """The similarity of another word; 0 where it is less than ``least``."""
        if other == self._word:
            return 1.0
        known, best = self._known, 0.0
        for form in forms(other, self.rules):
            near = known.get((form, least))
            if near is None:
                near = known[form, least] = self._nearest(form, least)
            best = max(best, near)
        return best

    def _nearest(self, other: Form, least: float) -> float:
        """The similarity of one form; 0 where it is less than ``least``."""
        sounds, cost = other
        best, found = least, False
        weight = sum([self.rules.weights[sound] for sound in sounds])
        for form in self._forms:
            mean = (form.weight + weight) / 2
            room = 1 - abs(form.cost - cost) - best
            distance = form.distance(sounds, room * mean + _ROUNDING) if mean else inf
            if distance < inf:
                best, found = best + room - distance / mean, True
        return min(1.0, max(0.0, round(best, 6))) if found else 0.0


class _Form:
    """One form of the word: its sounds, and what each other sound costs at each of them."""

    def __init__(self, sounds: str, cost: float, rules: Phonology) -> None:
        self.cost = cost
        self.weight = sum(rules.weights[sound] for sound in sounds)
        self._sounds = sounds
        self._gaps = [rules.gaps[sound] for sound in sounds]
        self._rules = rules
        self._costs: dict[str, list[float]] = {}
        # Words that share a key share their beginnings: the rows of each are worked out once.
        self._rows: dict[str, tuple[list[float], float]] = {}
        self._start = [0.0]
        for gap in self._gaps:
            self._start.append(self._start[-1] + gap)

    def distance(self, other: str, limit: float) -> float:
        """The cheapest alignment with other sounds; infinite once it must exceed the limit."""
        row = self._start
        for end in range(1, len(other) + 1):
            beginning = other[:end]
            known = self._rows.get(beginning)
            if known is None:
                known = self._rows[beginning] = self._next(row, other[end - 1])
            row, lowest = known
            if lowest > limit:
                return inf
        return row[-1] if row[-1] <= limit else inf

    def _next(self, row: list[float], sound: str) -> tuple[list[float], float]:
        """The row of costs with one more sound of the other word, and its lowest."""
        costs, gap = self._costs.get(sound) or self._beside(sound), self._rules.gaps[sound]
        before = row[0]
        left = before + gap
        new = [left]
        for above, cost, own in zip(row[1:], costs, self._gaps, strict=True):
            value = before + cost
            if above + gap < value:  # noqa: PLR1730 (min() would double the time)
                value = above + gap
            if left + own < value:  # noqa: PLR1730
                value = left + own
            new.append(value)
            before, left = above, value
        return new, min(new)

    def _beside(self, sound: str) -> list[float]:
        costs = self._rules.costs[sound]
        found = self._costs[sound] = [costs.get(own, FAR) for own in self._sounds]
        return found
