"""Writes the README's console samples from what the program prints: ``python docs/readme_samples.py``.

``tests/test_docs.py`` holds the README against it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
PROTECTION = re.compile(r"^guides are read in a process .*\n", re.MULTILINE)
"""What `check` says of this machine: another machine says something else, so the README leaves it out."""
LIBRARY_CARD = """\
# Library cards

Anyone who lives in the county can have a card, and it is free.

Bring a photo ID and a letter that shows your address, such as a bill from the last two months.

Children under 14 need a parent's signature.
"""


class Desk:
    """A folder with a guide of one's own in it, an index of the sample guides beside it, a terminal of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "guides").mkdir()
        (folder / "guides" / "library-card.md").write_text(LIBRARY_CARD, "utf-8", newline="\n")
        self.type("citeguide ask 'median pay in Fresno'")

    def type(self, command: str) -> str:
        """What a terminal shows after the command: both streams. A sample that ends in an error is none."""
        result = subprocess.run(
            ["/usr/bin/env", "bash", "-c", command],
            cwd=self.folder,
            env={
                "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
                "HOME": str(self.folder),
                "CITEGUIDE_INDEX": str(self.folder / "index"),
                "CITEGUIDE_LEXICAL": "1",  # what the base install does, whatever is installed here
                "COLUMNS": "80",
                "LANG": "C.UTF-8",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        if result.returncode not in (0, 1):
            raise RuntimeError(f"$ {command}\n{result.stdout}")
        return PROTECTION.sub("", result.stdout)


def filled(text: str, desk: Desk) -> str:
    """The text with each command of its console blocks typed in order, and what it printed below it."""
    return BLOCK.sub(lambda block: "```console\n" + _session(COMMAND.findall(block[1]), desk) + "```", text)


def _session(commands: list[str], desk: Desk) -> str:
    """Commands and outputs, with an empty line after each output but the last."""
    pieces = []
    for command in commands:
        printed = desk.type(command)
        pieces.append(f"$ {command}\n{printed}" + ("\n" if printed else ""))
    return "".join(pieces).rstrip("\n") + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(filled(README.read_text("utf-8"), Desk(Path(folder))), "utf-8", newline="\n")
