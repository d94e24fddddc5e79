"""Malformed files: damaged copies of good ones, and files made to hang, bloat or crash whoever reads them."""

from __future__ import annotations

import io
import random
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from citeguide.indexer.readers import format_of

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import documents
import pdfs

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SEEDS = ("guides/*", "html/*/source.html", "wages/*.csv", "xquad/docs/*.md")
MOST_PER_KIND = 8
LONGEST = 60_000
"""Bytes of a seed; longer ones are cut."""
NASTY = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[31m", b"\r", b"\n", b"\t" * 99,
    b'"', b'""', b"<table>", b"</div>", b"<!--", b"<![CDATA[", b"&#x110000;", b"&#0;", b"---\n", b"```\n", b"> " * 50,
    b"|" * 200, b"<td colspan=99999>", b"<td rowspan=99999>", b"endobj", b"endstream", b"stream\n", b"<<", b">>",
    b"[" * 200, b"(" * 200, b"/Kids [2 0 R]", b"PK\x03\x04", b"-1", b"4294967295", b"9" * 400, b"%" * 99, b"A" * 5_000,
    b"$16.69", b"\xe2\x80\x8b" * 40, b"&anchor *anchor",
)  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Good files by their names' ending: the shared test data, where it is here, and files made for the purpose."""
    found: dict[str, list[bytes]] = {}
    for pattern in SEEDS:
        for path in sorted((SHARED / "data").glob(pattern))[:MOST_PER_KIND]:
            found.setdefault(path.suffix, []).append(path.read_bytes()[:LONGEST])
    for path in sorted((ROOT / "corpus").glob("*.*")):
        if path.suffix in (".txt", ".html", ".md"):
            found.setdefault(path.suffix, []).append(path.read_bytes())
    found[".pdf"] = [_pdf()]
    for suffix, make in ((".docx", _docx), (".xlsx", _xlsx), (".xls", _xls)):
        if format_of(f"x{suffix}") is not None:
            found[suffix] = [make()]
    found |= {suffix: [make()] for suffix, make in OTHERS.items()}
    found[".mdx"] = [b"import Tabs from '@theme/Tabs';\n\n# Pay\n\n<Note>\n\nBring an ID.\n\n</Note>\n\n" + _piped()]
    found.setdefault(".csv", []).append("\n".join(",".join(row) for row in ROWS).encode())
    return found


def damaged(seed: bytes, rng: random.Random) -> bytes:
    """A copy with one to some dozens of bits flipped, pieces cut, repeated, moved or put in."""
    data = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 10, 40))):
        at, size = rng.randrange(len(data) or 1), rng.choice((1, 4, 50, 700, 9_000))
        match rng.randrange(7):
            case 0:
                data[at : at + 1] = bytes([data[at] ^ (1 << rng.randrange(8))]) if data else b""
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size] * rng.choice((1, 2, 30))
            case 3:
                data[at:at] = rng.choice(NASTY)
            case 4:
                data[at : at + size] = rng.randbytes(size)
            case 5:
                piece = data[at : at + size]
                del data[at : at + size]
                there = rng.randrange(len(data) + 1)
                data[there:there] = piece
            case _:
                del data[at + (len(data) - at) * rng.randrange(4) // 4 :]
        del data[3 * LONGEST :]
    return bytes(data)


def repacked(seed: bytes, rng: random.Random) -> bytes:
    """A ZIP whose members are damaged, and which is whole itself."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        names = archive.namelist()
        chosen = set(rng.sample(names, rng.randint(1, min(3, len(names)))))
        for name in names:
            data = archive.read(name)
            made.writestr(name, damaged(data, rng) if name in chosen else data)
    return out.getvalue()


def redrawn(seed: bytes, rng: random.Random) -> bytes:
    """A PDF in which pieces of the page's drawing are damaged, while its objects stay where they are."""
    data = bytearray(seed)
    for _ in range(rng.randint(1, 6)):
        at = data.find(b"stream\n", rng.randrange(len(data)))
        if at > 0:
            piece = damaged(bytes(data[at + 7 : at + 207]), rng)[:200]
            data[at + 7 : at + 7 + len(piece)] = piece
    return bytes(data)


# Good files


ROWS = [["Area", "Occupation", "Low", "Median", "Employment"]] + [
    [f"Town {n}, OR MSA", "Bakers", f"${10 + n % 7}.50", "#" if n % 9 == 0 else f"${15 + n % 11}.25", f'"{n},000"']
    for n in range(60)
]


def _pdf() -> bytes:
    """Text in two columns, a list, and a table with lines and one without, over three pages."""
    prose = [f"Bakers in town {n} work early in the day, and learn" for n in range(30)]
    one = [pdfs.Run(72, 60, 20, "HB", "Pay of bakers"), *pdfs.column(60, 100, 14, 10, "H", prose)]
    one += pdfs.column(330, 107, 14, 10, "T", prose)
    xs, ys = [72 + 110 * n for n in range(5)], [100 + 20 * n for n in range(20)]
    cells = [pdfs.Run(xs[c] + 3, ys[r] + 14, 9, "H", ROWS[r][c]) for r in range(19) for c in range(4)]
    free = [pdfs.Run(72 + 110 * c, 80 + 16 * r, 9, "C", ROWS[r][c]) for r in range(40) for c in range(4)]
    return pdfs.pdf([one, [*pdfs.box(xs, ys), *cells], free], "/Title (Pay) /ModDate (D:20240101)")


def _docx() -> bytes:
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_heading("Pay of bakers", 1)
    for n in range(10):
        document.add_paragraph(f"Bakers in town {n} work early in the day.")
        document.add_paragraph("Bring a photo ID", style="List Bullet")
    table = document.add_table(rows=0, cols=5)
    for row in ROWS[:20]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    openpyxl: Any = import_module("openpyxl")
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.create_sheet("More").append(["Area", 2020, 2021.5])
    book.save(out)
    return out.getvalue()


def _xls() -> bytes:
    xlwt: Any = import_module("xlwt")
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Pay")
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            sheet.write(r, c, text)
    book.save(out)
    return out.getvalue()


def _piped() -> bytes:
    """Some rows as Markdown has them."""
    rows = [f"| {' | '.join(row)} |" for row in ROWS[:20]]
    return "\n".join((rows[0], "|---" * len(ROWS[0]) + "|", *rows[1:])).encode()


def _cells(row: str, cell: str) -> str:
    """The rows in XML of these elements, which a text takes its place in."""
    return "".join(row.format("".join(cell.format(text) for text in each)) for each in ROWS[:20])


OTHERS: Mapping[str, Callable[[], bytes]] = {
    ".odt": lambda: documents.opendocument(
        "text",
        "<office:text><text:h text:outline-level='1'>Pay</text:h><text:list><text:list-item>"
        "<text:p>Bring an ID</text:p></text:list-item></text:list><table:table>"
        + _cells("<table:table-row>{}</table:table-row>", "<table:table-cell><text:p>{}</text:p></table:table-cell>")
        + "</table:table></office:text>",
    ),
    ".ods": lambda: documents.opendocument(
        "spreadsheet",
        "<office:spreadsheet><table:table table:name='Pay'>"
        + _cells("<table:table-row>{}</table:table-row>", "<table:table-cell><text:p>{}</text:p></table:table-cell>")
        + "</table:table></office:spreadsheet>",
    ),
    ".odp": lambda: documents.opendocument(
        "presentation",
        f"<office:presentation>{'<draw:page><text:p>Bakers</text:p></draw:page>' * 9}</office:presentation>",
    ),
    ".pptx": lambda: documents.pptx(
        *[
            documents.shape("title", "Pay")
            + documents.shape("body", "Bakers work early", "Bring an ID")
            + "<a:tbl>"
            + _cells("<a:tr>{}</a:tr>", "<a:tc><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:tc>")
            + "</a:tbl>"
        ]
        * 3
    ),
    ".epub": lambda: documents.epub(*["<h1>Pay</h1><p>Bakers work early in the day.</p>"] * 5),
    ".rtf": lambda: (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}}"
        "{\\stylesheet{\\s1 heading 1;}}\\pard\\s1 Pay\\par\\pard\\plain "
        + _cells("\\trowd\\intbl {}\\row", "{}\\cell ")
        + "\\pard Caf\\'e9\\u8364\\'80\\par}"
    ).encode(),
    ".rst": lambda: (
        (
            b"Pay\n===\n\n.. note:: Bakers\n   work\n\n- one\n- two\n\n"
            b"====  ====\nArea  Pay\n====  ====\nBend  $3\n====  ====\n\n"
            b".. list-table::\n\n   * - a\n     - b\n\n:ref:`x <y>` |z| [1]_\n\n.. [1] Note\n"
        )
        * 3
    ),
    ".adoc": lambda: (
        "= Pay\n:a: b\n\n== Bakers\n\n* one\n** two\n. three\n\n|===\n"
        + _cells("{}\n", "|{}")
        + "|===\n\nTerm:: said\n\n----\nx\n----\n"
    ).encode(),
    ".eml": lambda: documents.MAIL.encode(),
    ".mbox": lambda: b"".join(
        b"From a@x Tue Mar  5 10:00:00 2024\n" + documents.MAIL.encode() + b"\n" for _ in range(5)
    ),
    ".mhtml": lambda: b"MIME-Version: 1.0\nContent-Type: text/html\n\n<h1>Pay</h1><p>Bakers work early.</p>\n",
}
"""Formats that need nothing to be written."""

# Bombs


def bombs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """File names and what makes the files."""
    for suffix, texts in TEXT_BOMBS.items():
        for name, text in texts.items():
            yield f"{name}{suffix}", partial(_encoded, text)
    for name, pdf in PDF_BOMBS.items():
        yield f"{name}.pdf", pdf
    for name, members in ZIP_BOMBS.items():
        for suffix in PACKAGES:
            yield f"{name}{suffix}", partial(_packed, members, suffix)


def _encoded(text: Callable[[], str]) -> bytes:
    return text().encode("utf-8", "surrogatepass")


def _packed(members: Callable[[], dict[str, bytes]], suffix: str) -> bytes:
    return _zip(members(), suffix)


def _nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + "deep" + f"</{tag}>" * depth


TEXT_BOMBS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    ".rtf": {
        "groups": lambda: "{\\rtf1 " + "{" * 1_000_000,
        "bytes": lambda: "{\\rtf1 " + "\\'80" * 1_000_000,
        "words": lambda: "{\\rtf1 " + "\\par x" * 1_000_000,
        "cells": lambda: "{\\rtf1 \\trowd\\intbl " + "x\\cell " * 500_000 + "\\row}",
        "unicode": lambda: "{\\rtf1\\uc9999999 " + "\\u8364 x" * 500_000,
    },
    ".rst": {
        "backquotes": lambda: "`" * 300_000,
        "nested": lambda: "".join(" " * n + "- x\n\n" for n in range(2_000)),
        "directives": lambda: "".join("   " * n + ".. note::\n\n" for n in range(600)),
        "grid": lambda: "+--" * 2_000 + "+\n" + ("|x " * 2_000 + "|\n" + "+--" * 2_000 + "+\n") * 50,
        "substitution": lambda: ".. |a| replace:: |b| |b|\n.. |b| replace:: |a| |a|\n\n|a|\n",
        "roles": lambda: ":a:`b` " * 200_000,
    },
    ".adoc": {
        "bars": lambda: "|===\n" + "|" * 2_000_000 + "\n|===\n",
        "tables": lambda: "|===\n" * 200_000,
        "fences": lambda: "----\n....\n" * 100_000,
        "marks": lambda: "*a " * 300_000 + "_b " * 300_000,
        "brackets": lambda: "link:" * 300_000 + "[" * 300_000,
        "attributes": lambda: "= x\n" + "".join(f":a{n}: {{a{n + 1}}}\n" for n in range(50_000)) + "\n{a0}\n",
    },
    ".eml": {
        "parts": lambda: "".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(20_000)
        ),
        "headers": lambda: "".join(f"X-{n}: y\n" for n in range(200_000)) + "\nText\n",
        "header": lambda: "Subject: " + "=?utf-8?q?x?= " * 200_000 + "\n\nText\n",
        "base64": lambda: "Content-Transfer-Encoding: base64\nSubject: x\n\n" + "!" * 3_000_000,
    },
    ".mbox": {
        "messages": lambda: "From a@x Tue Mar  5 10:00:00 2024\n" * 200_000,
        "long": lambda: "From a@x Tue Mar  5 10:00:00 2024\nSubject: x\n\n" + "text " * 1_000_000,
    },
    ".html": {
        "deep-div": lambda: _nested("div", 100_000),
        "deep-table": lambda: "<table><tr><td>" * 20_000 + "deep",
        "deep-list": lambda: "<ul><li>item " * 20_000,
        "deep-inline": lambda: "<b><i><span>" * 40_000 + "deep",
        "unclosed": lambda: "<p>text <b>bold " * 100_000,
        "closing-only": lambda: "</div></p></table>" * 100_000,
        "attribute": lambda: f'<p class="{"x " * 2_000_000}">text</p>',
        "attributes": lambda: "<p " + " ".join(f'a{n}="{n}"' for n in range(300_000)) + ">text</p>",
        "style": lambda: f'<p style="{"display:none;" * 200_000}">text</p><p>more</p>',
        "wide-table": lambda: "<table>" + "<tr><td colspan=1000 rowspan=1000>1" * 5_000,
        "large-table": lambda: "<table>" + ("<tr>" + "<td>$1.00" * 60) * 8_000,
        "less-than": lambda: "<" * 1_000_000,
        "comments": lambda: "<!--" * 300_000,
        "declarations": lambda: "<!DOCTYPE " * 100_000 + "<![" * 100_000,
        "entities": lambda: "&amp;&#99999999;&nbsp;&notanentity" * 100_000,
        "anchors": lambda: "".join(f'<a href="#x{n}" id="x{n}">go</a>' for n in range(60_000)),
        "headings": lambda: "".join(f"<h{n % 6 + 1}>Title {n}</h{n % 6 + 1}>" for n in range(60_000)),
        "script": lambda: "<script>" + "'<p>' + " * 400_000 + "text",
        "dates": lambda: "<time datetime=2020>x</time>" * 100_000,
        "json": lambda: '<script type="application/ld+json">' + '"dateModified":' * 200_000 + "</script><p>text",
        "one-line": lambda: "<p>" + "word " * 2_000_000,
        "breaks": lambda: "<p>" + "$1<br>$2<br>" * 200_000,
        "textarea": lambda: "<textarea>" + "<p>" * 300_000,
    },
    ".md": {
        "deep-quote": lambda: "> " * 20_000 + "deep",
        "deep-quotes": lambda: "\n".join("> " * (n % 400) + "deep" for n in range(20_000)),
        "deep-list": lambda: "\n".join("  " * n + "- item" for n in range(2_000)),
        "stars": lambda: "*" * 500_000,
        "stars-apart": lambda: "*a **b " * 200_000,
        "brackets": lambda: "[" * 200_000 + "](" * 200_000,
        "references": lambda: "".join(f"[a{n}]: /x{n}\n" for n in range(60_000)),
        "backticks": lambda: "".join("`" * n for n in range(1_500)),
        "fences": lambda: "```\n~~~\n" * 100_000,
        "pipes": lambda: ("|" * 3_000 + "\n") * 200,
        "table": lambda: "|a|b|\n|-|-|\n" + "|x|$1.00|\n" * 100_000,
        "wide-table": lambda: "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + ("|1" * 5_000 + "|\n") * 100,
        "rules": lambda: "---\n***\n===\n" * 100_000,
        "html": lambda: "<div>\n\n" * 50_000,
        "tags": lambda: "<" * 300_000 + "\n" + "<a b='" * 100_000,
        "entities": lambda: "&" * 500_000,
        "front-matter-anchors": lambda: "---\na: &a [x,x]\n" + "".join(
            f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'},*{'a' if not n else f'b{n - 1}'}]\n" for n in range(60)
        ) + "---\ntext",
        "front-matter-deep": lambda: "---\n" + "\n".join("  " * n + "a:" for n in range(3_000)) + "\n---\ntext",
        "front-matter-flow": lambda: "---\na: " + "{b: [" * 50_000 + "\n---\ntext",
        "front-matter-open": lambda: "---\n" + "a: b\n" * 200_000,
        "front-matter-quotes": lambda: "---\na: '" + "''" * 300_000 + "\n---\ntext",
        "front-matter-folded": lambda: "---\na: >-\n" + "  <td>$1</td> text\n" * 100_000 + "---\ntext",
        "one-line": lambda: "word. " * 1_000_000,
        "tabs": lambda: "\t" * 500_000 + "x",
    },
    ".csv": {
        "quotes": lambda: '"' * 1_000_000,
        "quotes-apart": lambda: '","' * 300_000,
        "open-quote": lambda: 'a,b\n"' + "x,y\n" * 200_000,
        "quote-a-line": lambda: 'a,"b\n' * 100_000,
        "separators": lambda: "," * 2_000_000,
        "wide": lambda: ",".join("a" * 3 for _ in range(100_000)) + "\n" + ",".join("1" for _ in range(100_000)),
        "ragged": lambda: "\n".join("," * (n % 500) + "1" for n in range(4_000)),
        "mixed": lambda: ",;\t|\n" * 200_000,
        "line-ends": lambda: "\r\r\n\x0b\x0c\x85\u2028" * 200_000,
        "long-number": lambda: "a,b\n" + "x," + "9" * 1_000_000,
        "numbers": lambda: "a,b\n" + "\n".join(f"x{n},{'1,' * 20}{n}e{n}" for n in range(20_000)),
        "long-names": lambda: "x" * 1_000_000 + ",b\n" + "y,1\n" * 1_000,
        "exponents": lambda: "a,b\n" + "x,1e999999999\n" * 20_000,
    },
    ".txt": {
        "one-line": lambda: "x" * 10_000_000,
        "words": lambda: "word " * 2_000_000,
        "lines": lambda: "\n" * 5_000_000 + "x",
        "titles": lambda: "A Title\n" * 200_000,
        "titles-apart": lambda: "Step 1 A Title\n\n" * 100_000,
        "items": lambda: "• item\n" * 300_000,
        "deep-items": lambda: "\n".join(" " * (n % 3_000) + "• item" for n in range(6_000)),
        "glued": lambda: "LocationPay TypeLowMedianHigh\n" + "Fresno, CA MSAHourly$11.61$16.69$25.39\n" * 60_000,
        "glued-line": lambda: "LocationPay TypeLowMedianHigh\n" + "Fresno$11.61" * 300_000,
        "stacked": lambda: "Location\nLow\nHigh\n" + "Fresno\n$1\n$2\n" * 60_000,
        "money": lambda: "$1" * 1_000_000,
        "dividers": lambda: ("=" * 100 + "\n") * 60_000,
        "links": lambda: "see the . (" * 300_000,
        "colons": lambda: "the following:\n\n" * 150_000,
        "marks": lambda: "\u200b\u00ad\ufeff" * 1_000_000 + "x",
        "controls": lambda: "x\x08\x1b[2J" * 300_000,
        "surrogates": lambda: "\ud800 text " * 100_000,
        "combining": lambda: "e" + "\u0301" * 1_000_000,
        "numbers": lambda: "1.2.3.4,5,6,7 " * 300_000,
        "dates": lambda: "Last updated: " * 200_000,
    },
}  # fmt: skip


def _object_file(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, content) for n, content in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objects) + 1)


def _stream(data: bytes, facts: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), facts, packed)


def _one_page(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>" % resources
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return _object_file(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, content, font, *more)


def _shown(texts: Iterator[tuple[float, float, str]]) -> bytes:
    return b"".join(b"BT /F 9 Tf %.1f %.1f Td (%s) Tj ET\n" % (x, y, text.encode()) for x, y, text in texts)


def _scattered(count: int) -> bytes:
    rng = random.Random(1)  # noqa: S311 - the same file each time
    return _shown((rng.uniform(0, 612), rng.uniform(0, 792), rng.choice(("word", "$1.00", "•"))) for _ in range(count))


def _lines(count: int) -> bytes:
    rng = random.Random(2)  # noqa: S311 - the same file each time
    across = (b"%.1f %.1f m %.1f %.1f l S\n" % (0, y, 612, y) for y in (rng.uniform(0, 792) for _ in range(count)))
    down = (b"%.1f %.1f m %.1f %.1f l S\n" % (x, 0, x, 792) for x in (rng.uniform(0, 612) for _ in range(count)))
    return b"".join([*across, *down])


PDF_BOMBS: Mapping[str, Callable[[], bytes]] = {
    "flate": lambda: _one_page(_stream(b"q Q " * 50_000_000)),
    "flate-text": lambda: _one_page(_stream(b"BT /F 9 Tf (text) Tj ET " * 2_000_000)),
    "flate-twice": lambda: _one_page(
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream"
        % (len(twice := zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)), twice)
    ),
    "scattered": lambda: _one_page(_stream(_scattered(40_000))),
    "one-place": lambda: _one_page(_stream(_shown((100, 400, "word") for _ in range(60_000)))),
    "columns": lambda: _one_page(_stream(_shown((x * 9, y * 3, "a") for x in range(68) for y in range(264)))),
    "diagonal": lambda: _one_page(_stream(_shown((n * 612 / 9_000, n * 792 / 9_000, "a b") for n in range(9_000)))),
    "lines": lambda: _one_page(_stream(_lines(20_000) + _scattered(2_000))),
    "grid": lambda: _one_page(_stream(_lines(2_500) + _scattered(2_000))),
    "deep-array": lambda: _one_page(b"[" * 500_000),
    "deep-dictionary": lambda: _one_page(b"<</A " * 300_000),
    "deep-graphics": lambda: _one_page(_stream(b"q " * 2_000_000)),
    "form-within-itself": lambda: _one_page(
        _stream(b"/X Do " * 1_000), b"/XObject<</X 6 0 R>>",
        _stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"),
    ),
    "forms-within-forms": lambda: _one_page(
        _stream(b"/X Do " * 10), b"/XObject<</X 6 0 R>>",
        *(
            _stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % n)
            for n in range(7, 15)
        ),
    ),
    "page-count": lambda: _object_file(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R>>",
    ),
    "page-loop": lambda: _object_file(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1900/Kids[2 0 R 2 0 R]>>"
    ),
    "pages": lambda: _object_file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1900/Kids[%s]>>" % (b"3 0 R " * 1900),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        _stream(_scattered(2_000)), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ),
    "huge-type": lambda: _one_page(_stream(b"BT /F 99999999 Tf 1e30 1e30 Td (text) Tj ET BT /F 1e-5 Tf (text) Tj ET")),
    "picture": lambda: _one_page(
        _stream(b"q 612 0 0 792 0 0 cm /X Do Q"), b"/XObject<</X 6 0 R>>",
        _stream(bytes(10), b"/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"),
    ),
    "comments": lambda: b"%PDF-1.7\n" + b"%\n" * 5_000_000,
    "objects": lambda: b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<<>>\nendobj\n" % n for n in range(500_000)),
    "nothing": lambda: b"%PDF-1.7\n" + bytes(20_000_000),
}  # fmt: skip

LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
) + "]>"  # fmt: skip
XML = '<?xml version="1.0" encoding="UTF-8"?>'
ZIP_BOMBS: Mapping[str, Callable[[], dict[str, bytes]]] = {
    "zeros": lambda: {"main": bytes(300_000_000)},
    "blanks": lambda: {"main": XML.encode() + b" " * 300_000_000},
    "deep": lambda: {"main": (XML + "<a>" * 1_000_000).encode()},
    "laughs": lambda: {"main": (XML + LAUGHS + "<a>&a11;</a>").encode()},
    "attribute": lambda: {"main": (XML + f'<a b="{"x" * 50_000_000}"/>').encode()},
    "text": lambda: {"main": (XML + f"<a>{'x' * 100_000_000}</a>").encode()},
    "members": lambda: {f"x/{n}.xml": b"<a/>" for n in range(60_000)},
    "places": lambda: {"../../../../citeguide-was-here": b"x", "/citeguide-was-here": b"x", "main": b"<a/>"},
    "strings": lambda: {"strings": (XML + "<sst>" + "<si><t>x</t></si>" * 3_000_000 + "</sst>").encode()},
    "no-members": dict,
}


PACKAGES: Mapping[str, tuple[str, str, Callable[[], bytes]]] = {
    ".xlsx": ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", _xlsx),
    ".docx": ("word/document.xml", "word/styles.xml", _docx),
    ".odt": ("content.xml", "styles.xml", OTHERS[".odt"]),
    ".ods": ("content.xml", "styles.xml", OTHERS[".ods"]),
    ".pptx": ("ppt/slides/slide0.xml", "ppt/slides/slide1.xml", OTHERS[".pptx"]),
    ".epub": ("OPS/c0.xhtml", "OPS/book.opf", OTHERS[".epub"]),
}
"""Kinds of archives: the part with the text, another one, and a good file."""


def _zip(members: Mapping[str, bytes], suffix: str) -> bytes:
    """A workbook or document that is whole but for these members."""
    main, strings, make = PACKAGES[suffix]
    named = {{"main": main, "strings": strings}.get(name, name): data for name, data in members.items()}
    good, out = make(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            if name not in named:
                made.writestr(name, archive.read(name))
        for name, data in named.items():
            made.writestr(name, data)
    return out.getvalue()
