"""`python -m tests.storm --kills 1000`: a whole storm, its figures printed and kept.

Ends with 1 when anything is wrong.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from tests.storm.plan import Plan
from tests.storm.report import as_markdown
from tests.storm.rows import Rows, Server
from tests.storm.storm import storm

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Runs it."""
    asked = argparse.ArgumentParser(prog="python -m tests.storm", description=__doc__)
    asked.add_argument("--kills", type=int, default=1000, help="after how many it is over")
    asked.add_argument("--seed", type=int, default=1, help="what the dice begin with")
    asked.add_argument("--write", type=Path, help="where the figures go besides; a run of 1,000 has its place")
    chosen = asked.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no process outlives a storm that is broken off
    folder = Path(tempfile.mkdtemp(prefix="rhythm-storm-"))
    print(f"The replicas' log is {folder}/replicas.log.", flush=True)
    with Server.running() as server, Rows.created(server.url, "storm") as rows:
        report = storm(
            Plan(kills=chosen.kills, seed=chosen.seed),
            rows,
            folder,
            restart=lambda crash: server.restart(crash=crash),
            say=lambda line: print(line, flush=True),
        )
    page = as_markdown(report)
    print(f"\n{page}")
    if chosen.kills >= 1000 or chosen.write:
        RESULTS.mkdir(exist_ok=True)
        (chosen.write or RESULTS / "storm.md").write_text(page, encoding="utf-8")
    return 1 if report.verdict.wrong or report.oddities else 0


if __name__ == "__main__":
    sys.exit(main())
