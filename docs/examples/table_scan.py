"""Every table of a folder, and the highest value of its first column of numbers, from all of its rows.

python docs/examples/table_scan.py FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from citeguide.indexer.update import update
from citeguide.search import open_index


def main(folder: str) -> None:
    """Go through all rows of all tables; nothing is sampled."""
    with tempfile.TemporaryDirectory() as work:
        update(Path(work), [Path(folder)])
        with open_index(Path(work)) as index:
            for table in index.catalog.tables():
                rows = index.catalog.rows(table.id)
                numbered = [n for n, column in enumerate(table.columns) if column.role == "measure"]
                values = [(row.cells[n].number, row) for n in numbered[:1] for row in rows]
                known = [(value, row) for value, row in values if value is not None]
                sys.stdout.write(f"{table.title}: {len(rows)} rows\n")
                if known:
                    value, row = max(known, key=lambda pair: pair[0])
                    sys.stdout.write(f"  highest {table.columns[numbered[0]].name}: {value}, line {row.lines[0]}\n")


if __name__ == "__main__":
    main(sys.argv[1])
