"""Cuts a catalog file into the parts that lie on a cluster (``search/store/cluster/parts.py`` says which)."""

# ruff: noqa: S608 - statements are put together from the constants of this module only; values are always bound

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from ...search.lang.lexicon import read_sections
from ...search.store.cluster.parts import FEW_ROWS, KEYS, PART_DOCUMENT_BITS, PASSAGES_A_BLOCK, SHELF, Records
from ...search.store.records import QUESTIONS
from ...search.store.texts import packed, unpacked

Part = tuple[str, Records]
MOST_STORED_QUESTIONS = 100
"""Headings that are questions, to be shown as examples."""


def shelf_parts(db: sqlite3.Connection) -> Iterator[Part]:
    """What is needed of all guides, some thousand guides a part; there is one at least."""
    documents = [number for (number,) in db.execute("SELECT id FROM documents ORDER BY id")]
    for n, at in enumerate(range(0, max(1, len(documents)), SHELF)):
        here = documents[at : at + SHELF]
        within = (here[0], here[-1]) if here else (0, 0)
        records = {name: _all(db, sql, *within) for name, sql in _SHELF.items()}
        yield f"shelf-{n}", records | ({} if n else {"skipped": _all(db, "SELECT * FROM skipped")})


def questions(db: sqlite3.Connection) -> list[str]:
    """Headings that end with a question mark."""
    return [heading for (heading,) in db.execute(QUESTIONS, (MOST_STORED_QUESTIONS,))]


def guide_parts(db: sqlite3.Connection) -> Iterator[Part]:
    """Everything else, guide by guide."""
    for (document,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        yield from _parts_of(db, document)


def _parts_of(db: sqlite3.Connection, document: int) -> Iterator[Part]:
    own = {t: _all(db, f"SELECT * FROM {t} WHERE document = ?", document) for t in ("headings", "pages", "doubts")}
    texts = [
        (d, start, line, unpacked(text))
        for d, start, line, text in db.execute("SELECT * FROM texts WHERE document = ? ORDER BY start", (document,))
    ]
    passages = db.execute("SELECT * FROM passages WHERE document = ? ORDER BY id", (document,)).fetchall()
    mine = (document << PART_DOCUMENT_BITS, (document + 1) << PART_DOCUMENT_BITS)
    tables = db.execute("SELECT id, row_count FROM tables WHERE id >= ? AND id < ? ORDER BY id", mine).fetchall()
    if len(passages) <= PASSAGES_A_BLOCK:
        rows = _all(db, "SELECT * FROM rows WHERE id >= ? AND id < ?", *mine)
        short = [_columns(db, table) for table, _ in tables]
        joined = {name: [row for each in short for row in each[name]] for name in ("columns", "keys")}
        yield f"guide-{document}", {**own, "texts": texts, "passages": passages, "rows": rows, **joined}
        return
    blocks = [passages[at : at + PASSAGES_A_BLOCK] for at in range(0, len(passages), PASSAGES_A_BLOCK)]
    starts = [0, *(block[0][4] for block in blocks[1:])]
    ends = [*starts[1:], texts[-1][1] + len(texts[-1][3]) + 1]
    runs = [run for table, _ in tables for run in _runs(db, table)]
    yield f"guide-{document}", {**own, "starts": [(document, start) for start in starts], "runs": runs}
    for n, (block, start, end) in enumerate(zip(blocks, starts, ends, strict=True)):
        rows = _all(db, "SELECT * FROM rows WHERE id >= ? AND id <= ?", block[0][0], block[-1][0])
        near = [text for text in texts if text[1] < end and start < text[1] + max(1, len(text[3]))]
        yield f"block-{document}-{n}", {"passages": block, "texts": near, "rows": rows}
    for table, count in tables:
        yield from _table_parts(db, table, count)


def _runs(db: sqlite3.Connection, table: int) -> Iterator[list[int]]:
    """Rows whose numbers and passages follow each other: the first of each, and how many."""
    rows = db.execute("SELECT number, id FROM rows WHERE table_id = ? ORDER BY number", (table,))
    for _, group in groupby(rows, key=lambda row: row[1] - row[0]):
        (first, passage), *rest = group
        yield [table, first, passage, 1 + len(rest)]


def _table_parts(db: sqlite3.Connection, table: int, count: int) -> Iterator[Part]:
    """The columns of a table in a long guide; ``count`` rows decide whether all are one part."""
    if count <= FEW_ROWS:
        yield f"table-{table}", _columns(db, table)
        return
    firsts: list[list[Any]] = []
    cursor = db.execute("SELECT * FROM keys WHERE table_id = ? ORDER BY col, key", (table,))
    for column, group in groupby(cursor, key=lambda row: row[1]):
        for n, keys in enumerate(_batches(group, KEYS)):
            firsts.append([table, column, keys[0][2]])
            yield f"keys-{table}-{column}-{n}", {"keys": keys}
    for column, kind in db.execute("SELECT col, kind FROM columns WHERE table_id = ?", (table,)).fetchall():
        array = _all(db, "SELECT * FROM columns WHERE table_id = ? AND col = ? AND kind = ?", table, column, kind)
        yield f"column-{table}-{column}-{kind}", {"columns": array}
    yield f"table-{table}", {"first_keys": firsts}


def _columns(db: sqlite3.Connection, table: int) -> dict[str, list[Any]]:
    return {name: _all(db, f"SELECT * FROM {name} WHERE table_id = ?", table) for name in ("columns", "keys")}


def _batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _all(db: sqlite3.Connection, sql: str, *values: Any) -> list[Any]:
    return db.execute(sql, values).fetchall()


def stored(records: Records) -> Records:
    """The records of a part as a catalog file keeps them: texts are packed there."""
    texts = [(d, start, line, packed(text)) for d, start, line, text in records.get("texts", ())]
    return {**records, "texts": texts}


_SECTIONS = read_sections(Path(__file__).with_name("shelf.txt"))
_SHELF = {name: " ".join(_SECTIONS.lines(name)) for name in _SECTIONS.sections if name}
