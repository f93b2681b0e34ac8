"""Cut the power at every moment of a run, and open the index in every state a disk may be in.

What was not synced may be on the disk, or half of it, or an older state; names that were not
synced may be there in any subset. After Pillai et al., "All File Systems Are Not Created Equal"
(OSDI 2014), which calls such states those that a file system may expose.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index import IndexWriter
from index.errors import DalilError, IndexMissing
from tests.faults import corpus
from tests.faults.corpus import Contents
from tests.faults.recording import Event, Recording, recorded

Names = dict[str, int]
"""Name → the number of its inode."""
Change = tuple[str, str, int]
"""``add`` or ``drop``, a name, and the number of its inode."""
Choice = Callable[[bytes, bytes], bytes]
"""What is on the disk of a file, given what was written and what was synced before."""


def _run(docs: Path, index: Path, chance: random.Random) -> None:
    """Two runs with several commits and merges, a rebuild, a forget, and one more run."""
    for rebuild in (False, False, True):
        with IndexWriter.open(index, rebuild=rebuild) as writer:
            writer.add_path(docs)
        corpus.write_second(docs, chance)
    with IndexWriter.open(index) as writer:
        writer.forget(sorted(writer.catalog.files)[:4])
    with IndexWriter.open(index) as writer:
        writer.add_path(docs)


def record(docs: Path, index: Path, seed: int) -> Recording:
    """Record the run of :func:`_run`."""
    corpus.write_first(docs)
    with corpus.small_batches(), corpus.reading_here(), recorded(index) as recording:
        _run(docs, index, random.Random(seed))
    return recording


@dataclass(frozen=True, slots=True)
class State:
    """What is on the disk after a cut, and the commits that were acknowledged before it."""

    files: tuple[tuple[str, bytes], ...]
    acknowledged: int


@dataclass(slots=True)
class Disk:
    """A disk while events are replayed: what is safe on it, and what may be."""

    names: Names = field(default_factory=dict)
    """Names that were synced."""
    pending: list[Change] = field(default_factory=list)
    written: dict[int, bytes] = field(default_factory=dict)
    synced: dict[int, bytes] = field(default_factory=dict)

    def replay(self, before: Event, event: Event) -> None:
        """Take the next event."""
        changes = list(_changes(before, event))
        for kind, _, inode in changes:
            if kind == "add" and inode not in _inodes(before).values():
                self.synced.pop(inode, None)  # a new file, perhaps with an old number
        self.pending += changes
        self.written.update(event.files.values())
        if event.synced is not None and event.synced in self.written:
            self.synced[event.synced] = self.written[event.synced]
        if event.folder_synced:
            self.names, self.pending = _applied(self.names, self.pending), []

    def states(self, chance: random.Random) -> Iterator[tuple[tuple[str, bytes], ...]]:
        """Yield what may be on the disk if the power is cut now."""
        subsets = [self.pending[:count] for count in range(len(self.pending) + 1)]
        subsets += [[c for c in self.pending if chance.random() < 0.6] for _ in range(6)]
        for subset in subsets:
            names = _applied(self.names, subset)
            for choose in _choices(chance):
                yield tuple(
                    sorted((name, self._bytes(inode, choose)) for name, inode in names.items())
                )

    def _bytes(self, inode: int, choose: Choice) -> bytes:
        written, synced = self.written.get(inode, b""), self.synced.get(inode, b"")
        return written if written == synced else choose(written, synced)


def _choices(chance: random.Random) -> tuple[Choice, ...]:
    def any_of(written: bytes, synced: bytes) -> bytes:
        half = written[: len(written) // 2]
        return chance.choice([written, half, b"", bytes(len(written)), synced])

    return (
        lambda written, _: written,
        lambda written, _: written[: len(written) // 2],
        lambda _, __: b"",
        lambda _, synced: synced,
        any_of,
    )


def _inodes(event: Event) -> Names:
    return {name: inode for name, (inode, _) in event.files.items()}


def _changes(before: Event, event: Event) -> Iterator[Change]:
    """Yield the changes of names; a rename adds the new name before it drops the old one."""
    old, new = _inodes(before), _inodes(event)
    for name, inode in new.items():
        if old.get(name) != inode:
            yield "add", name, inode
    for name, inode in old.items():
        if name not in new:
            yield "drop", name, inode


def _applied(names: Names, changes: list[Change]) -> Names:
    names = dict(names)
    for kind, name, inode in changes:
        if kind == "add":
            names[name] = inode
        elif names.get(name) == inode:
            del names[name]
    return names


def states(recording: Recording, chance: random.Random) -> Iterator[State]:
    """Yield each state once in which the disk may be after a cut."""
    disk, before, seen = Disk(), Event({}), set()
    for number, event in enumerate(recording.events):
        disk.replay(before, event)
        before = event
        acknowledged = sum(at <= number for at, _ in recording.commits)
        for files in disk.states(chance):
            state = State(files, acknowledged)
            if state not in seen:
                seen.add(state)
                yield state


def outcome(state: State, commits: list[Contents], docs: Path, room: Path) -> str:
    """Open the index in a state, then run the indexer; return what became of it."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir()
    for name, data in state.files:
        (room / name).write_bytes(data)
    try:
        found: Contents | None = corpus.contents(room)
    except IndexMissing:
        found = None
    except DalilError as error:
        return f"refused: {type(error).__name__}"
    except Exception as error:
        return f"raw {type(error).__name__}: {error}"
    if found is None and state.acknowledged:
        return "lost all"
    allowed = commits[state.acknowledged - 1 :] if state.acknowledged else [{}, *commits]
    if found is not None and found not in allowed:
        return "neither the last commit nor a later one"
    fault = corpus.next_run_fault(docs, room)
    return fault or ("kept" if state.acknowledged else "before the first commit")


def power_cuts(_: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Record a run, and try up to ``count`` of the states after a cut; count the outcomes."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    chance = random.Random(seed)
    docs = room / "docs"
    recording = record(docs, room / "index", seed)
    commits = [held for _, held in recording.commits]
    found = list(states(recording, chance))
    chosen = found if count >= len(found) else chance.sample(found, count)
    corpus.take_over(room / "state", [str(docs)])
    with corpus.reading_here():
        return Counter(outcome(state, commits, docs, room / "state") for state in chosen)
