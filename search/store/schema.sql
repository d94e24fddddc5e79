-- The tables of a catalog file.
--
-- A document's text lies in ``texts`` in pieces, in order and without gaps, so that a place deep in a long guide is
-- read without the rest; ``first_line`` is the line of a piece's first code point. A piece is packed where that makes it
-- smaller (``texts.py``). What a passage says is its place in the text.
-- ``columns`` and ``keys`` are for comparing, sorting and adding up: ``columns.py`` says what the arrays hold. Exact
-- numbers are the decimals in ``rows.cells``. ``keys.key`` is a folded text that cells of a column hold which are no
-- numbers (see ``words.key``), ``keys.rows`` the rows that do, counted from 0 in order of the source.
-- ``table_stems`` says which tables have a word in their heads, or (not ``in_head``) in what is said above them.
-- A passage that is a table row has its row's id, in both columns. From ``pages.start`` on a document's text stands on
-- ``pages.page``, on which ``printed`` is printed where that is another number, and which was read by OCR where it is ``scanned``;
-- documents without pages have none.

CREATE TABLE documents (
    id INTEGER PRIMARY KEY, root TEXT NOT NULL, path TEXT NOT NULL, format TEXT NOT NULL, title TEXT NOT NULL,
    date TEXT, sha256 BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, address TEXT,
    UNIQUE (root, path));

CREATE TABLE texts (
    document INTEGER NOT NULL, start INTEGER NOT NULL, first_line INTEGER NOT NULL, text BLOB NOT NULL,
    PRIMARY KEY (document, start));
CREATE INDEX texts_by_line ON texts (document, first_line);

CREATE TABLE origins (document INTEGER PRIMARY KEY, address TEXT NOT NULL, fetched TEXT NOT NULL);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL, kind TEXT NOT NULL, headings TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    row INTEGER);
CREATE INDEX passages_of_document ON passages (document, start);

CREATE TABLE tables (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    headings TEXT NOT NULL, columns TEXT NOT NULL, row_count INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    year INTEGER, header TEXT NOT NULL, label INTEGER);
CREATE INDEX tables_of_document ON tables (document);

CREATE TABLE table_stems (
    stem TEXT NOT NULL, in_head INTEGER NOT NULL, table_id INTEGER NOT NULL,
    PRIMARY KEY (stem, in_head, table_id)) WITHOUT ROWID;
CREATE INDEX stems_of_table ON table_stems (table_id);

CREATE TABLE rows (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, number INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    place TEXT, cells TEXT NOT NULL, whole INTEGER NOT NULL);
CREATE UNIQUE INDEX rows_of_table ON rows (table_id, number);

CREATE TABLE columns (
    table_id INTEGER NOT NULL, col INTEGER NOT NULL, kind TEXT NOT NULL, held INTEGER NOT NULL,
    decimals INTEGER NOT NULL, units INTEGER NOT NULL, data BLOB NOT NULL, ascending BLOB NOT NULL,
    PRIMARY KEY (table_id, col, kind));

CREATE TABLE keys (
    table_id INTEGER NOT NULL, col INTEGER NOT NULL, key TEXT NOT NULL, rows BLOB NOT NULL,
    PRIMARY KEY (table_id, col, key)) WITHOUT ROWID;

CREATE TABLE headings (
    document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    first_line INTEGER NOT NULL, last_line INTEGER NOT NULL, level INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (document, start)) WITHOUT ROWID;

CREATE TABLE pages (
    document INTEGER NOT NULL, start INTEGER NOT NULL, page INTEGER NOT NULL, printed TEXT,
    scanned INTEGER NOT NULL,
    PRIMARY KEY (document, start)) WITHOUT ROWID;

CREATE TABLE doubts (
    document INTEGER NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL);
CREATE INDEX doubts_of_document ON doubts (document);

CREATE TABLE skipped (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, reason TEXT NOT NULL,
    remedy TEXT NOT NULL);
