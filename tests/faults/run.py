"""Repeat the attacks with new seeds, and add up the outcomes over all runs.

    uv run python -m tests.faults.run ATTACK [--count N] [--state FILE] [--seed SEED]

ATTACK is a name in :data:`ATTACKS`; for ``race`` the count is seconds. The state, one JSON file,
has the next seed and the sums of each attack: a run that is interrupted continues with the next
one. ``failures`` in the state has the seeds of outcomes that were not safe; ``--seed`` tries one
of them again, and changes no state. A seed of ``kills`` or ``race`` repeats what is chosen, not the
moments. The exit code is 1 if any outcome is not safe.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from index import IndexWriter
from tests.faults import damage, disk_errors, documents, kills, power_cut, queries, race

Attack = Callable[[Path, Path, int, int], "Counter[str]"]
ATTACKS: dict[str, tuple[Attack, int, set[str]]] = {
    "aimed": (damage.aimed_flips, 10, {"right", "error"}),
    "mutations": (damage.mutations, 60, {"right", "error"}),
    "merges": (damage.damaged_merges, 10, {"error", "detected"}),
    "power": (power_cut.power_cuts, 1000, {"kept", "before the first commit"}),
    "kills": (kills.kills, 20, kills.SAFE),
    "disk": (disk_errors.disk_errors, 20, {"refused", "went on"}),
    "queries": (queries.queries, 1000, queries.SAFE),
    "documents": (documents.mutated_files, 500, documents.SAFE),
    "race": (race.race, 60, race.SAFE),
}
"""Name → attack, its count for one seed, and its safe outcomes."""


def main() -> int:
    """Run one attack until its count is reached; print the sums after each seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("attack", choices=ATTACKS)
    parser.add_argument("--count", type=int, default=600, help="tries in this run")
    parser.add_argument("--state", type=Path, default=Path("faults.json"))
    parser.add_argument("--seed", type=int, help="try this seed once")
    options = parser.parse_args()
    attack, each, safe = ATTACKS[options.attack]
    state = json.loads(options.state.read_text()) if options.state.exists() else {}
    known = state.setdefault(options.attack, {"seed": 1, "outcomes": {}})
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = f"{folder}/data"  # the records of the user are left alone
        index = Path(folder) / "index"
        with IndexWriter.open(index) as writer:
            writer.add_path(damage.documents(Path(folder) / "docs"))
        room = Path(folder) / "room"
        room.mkdir()
        if options.seed is not None:
            found = attack(index, room, options.seed, each)
            print(f"{options.attack}, seed {options.seed}: {dict(found)}")
            return 0 if set(found) <= safe else 1
        while tried < options.count:
            room.mkdir(exist_ok=True)
            found = attack(index, room, known["seed"], each)
            for how in sorted(set(found) - safe):
                known.setdefault("failures", {}).setdefault(how, []).append(known["seed"])
            tried += each if options.attack == "race" else found.total()
            known["seed"] += 1
            known["outcomes"] = dict(Counter(known["outcomes"]) + found)
            options.state.write_text(json.dumps(state, ensure_ascii=False, indent=1))
            print(f"{options.attack}, {known['seed'] - 1} seeds: {known['outcomes']}", flush=True)
    return 0 if set(known["outcomes"]) <= safe else 1


if __name__ == "__main__":
    sys.exit(main())
