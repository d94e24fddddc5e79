"""Ask questions, keep the answers, and check them later against the guides as they are then.

python docs/examples/verify_answers.py FOLDER QUESTION [QUESTION ...]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from citeguide.indexer.update import update
from citeguide.indexer.verification.verdicts import VerdictState
from citeguide.indexer.verification.verify import verify
from citeguide.search import ask, open_index


def main(folder: str, *questions: str) -> None:
    """Ask, then hold every citation against the files."""
    with tempfile.TemporaryDirectory() as work:
        update(Path(work), [Path(folder)])
        with open_index(Path(work)) as index:
            answers = [ask(question, index) for question in questions]
    outcome = verify(answers, [Path(folder)])
    states = [verdict.state for verdict in outcome.verdicts]
    sys.stdout.write(f"{states.count(VerdictState.INTACT)} of {len(states)} citations are intact\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
