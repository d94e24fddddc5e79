"""Writes books, office files and mail for tests, each as little as its format allows."""

from __future__ import annotations

import zipfile
from io import BytesIO

from zips import zipped

ODF = "application/vnd.oasis.opendocument."
NAMES = (
    'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:fo="f" xmlns:draw="d" '
    'xmlns:presentation="p" xmlns:dc="c" xmlns:a="a" xmlns:p="q" xmlns:r="r"'
)


def opendocument(kind: str, body: str, styles: str = "", facts: str = "") -> bytes:
    """An OpenDocument file; its kind stands first and unpacked, as the standard wants it."""
    content = f"<office:document {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODF + kind)
        archive.writestr("content.xml", f"{content}<office:body>{body}</office:body></office:document>")
        archive.writestr("meta.xml", f"<office:document {NAMES}>{facts}</office:document>")
    return out.getvalue()


def pptx(*slides: str) -> bytes:
    """A presentation of slides that hold these shapes."""
    relation = "http://x/relationships/slide"
    parts = {
        "ppt/presentation.xml": f"<p:presentation {NAMES}>"
        + "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(len(slides)))
        + "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="r{n}" Type="{relation}" Target="slides/slide{n}.xml"/>' for n in range(len(slides))
        )
        + "</Relationships>",
    }
    return zipped(parts | {f"ppt/slides/slide{n}.xml": f"<p:sld {NAMES}>{s}</p:sld>" for n, s in enumerate(slides)})


def shape(kind: str, *lines: str) -> str:
    """A shape with a placeholder's kind and paragraphs."""
    said = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f'<p:sp><p:ph type="{kind}"/>{said}</p:sp>'


def epub(*chapters: str, protected: bool = False) -> bytes:
    """A book of these chapters."""
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
        "OPS/book.opf": "<package><metadata><title>Fees</title><date>2021-05-06</date></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    if protected:
        parts["META-INF/encryption.xml"] = '<encryption><EncryptionMethod Algorithm="http://x/aes"/></encryption>'
    return zipped(parts | {f"OPS/c{n}.xhtml": f"<html><body>{text}</body></html>" for n, text in enumerate(chapters)})


MAIL = (
    "From: a@x.org\r\nSubject: Opening =?utf-8?q?h=C3=B6urs?=\r\nDate: Tue, 05 Mar 2024 10:00:00 +0000\r\n"
    "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "The desk is open from 9 to 5.\r\n--B\r\nContent-Type: application/pdf\r\n"
    "Content-Disposition: attachment; filename=fees.pdf\r\n\r\nxx\r\n--B--\r\n"
)
