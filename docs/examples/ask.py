"""Index a folder, ask one question, print the answer and where it stands.

python docs/examples/ask.py FOLDER QUESTION
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from citeguide.indexer.update import update
from citeguide.search import ask, open_index


def main(folder: str, question: str) -> None:
    """Answer from the guides of a folder, with an index that is thrown away again."""
    with tempfile.TemporaryDirectory() as work:
        update(Path(work), [Path(folder)])
        with open_index(Path(work)) as index:
            answer = ask(question, index)
    sys.stdout.write(f"{answer.answer or 'No guide answers this.'}\n")
    for cited in answer.citations:
        sys.stdout.write(f"[{cited.n}] {cited.path}:{cited.lines[0]}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
