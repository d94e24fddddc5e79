"""Mail (RFC 5322), folders of it (RFC 4155) and pages saved as mail (RFC 2557): each message under its subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html import escape

from ...search.errors import SourceError
from ..document import ExtractedDocument
from ..encoding.decode import CONTENT
from .html.html_reader import read as read_page
from .joined import joined
from .text.plain_text import read as read_text

MAX_MESSAGES = 5_000
TEXTS = ("text/plain", "text/html")
"""Forms that a message's text may have, and often has at once."""
MAX_PARTS = 500
"""Of one message."""
MAIL_HEADERS = ("From", "To", "Cc", "Date")
BEGINS = re.compile(rb"^From [^\r\n]{3,200}\d{4}[^\r\n]{0,20}\r?\n", re.MULTILINE)
"""The line before each message of a folder."""
MAIL_FAILURES = (
    AttributeError,
    IndexError,
    LookupError,
    RecursionError,
    TypeError,
    UnicodeError,
    ValueError,
    OverflowError,
)
"""What the parser of the standard library raises for messages that are not in order."""


def read(data: bytes) -> ExtractedDocument:
    """One message."""
    message = _parsed(data)
    return joined(_pieces(message, 1), title=_said(message, "Subject"), date=_day(message))


def read_folder(data: bytes) -> ExtractedDocument:
    """All messages of a folder, in order."""
    starts = [match.end() for match in BEGINS.finditer(data)]
    ends = [match.start() for match in BEGINS.finditer(data)][1:]
    if not starts:
        raise SourceError("holds no message", "leave it out, or save its messages as .eml")
    if len(starts) > MAX_MESSAGES:
        raise SourceError(f"holds {len(starts):,} messages", f"split it: {MAX_MESSAGES:,} are the most")
    messages = [_parsed(data[start:end]) for start, end in zip(starts, [*ends, len(data)], strict=True)]
    days = sorted(filter(None, map(_day, messages)))
    pieces = (piece for message in messages for piece in _pieces(message, 2))
    return joined(pieces, title="", date=days[-1] if days else None)


def read_saved_page(data: bytes) -> ExtractedDocument:
    """The page that a browser saved with its pictures in one file."""
    for part in _parts(_parsed(data)):
        if part.get_content_type() == "text/html":
            return read_page(_text(part).encode())
    raise SourceError("holds no page", "save the page again, as HTML")


def _parsed(data: bytes) -> EmailMessage:
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
    except MAIL_FAILURES as error:
        raise SourceError("is no mail, or a damaged one", "save it again from the program that shows it") from error
    if not isinstance(message, EmailMessage) or not message.keys():
        raise SourceError("is no mail, or a damaged one", "save it again from the program that shows it")
    return message


def _pieces(message: EmailMessage, level: int) -> Iterator[ExtractedDocument]:
    """What a message says of itself, then its text; what is attached is named."""
    subject = _said(message, "Subject") or "(no subject)"
    facts = "<br>".join(f"{name}: {escape(said)}" for name in MAIL_HEADERS if (said := _said(message, name)))
    head = read_page(f"<h{level}>{escape(subject)}</h{level}><p>{facts}</p>".encode("utf-8", "replace"))
    bodies, attached = _bodies(message)
    doubts = [f"an attachment that is not read: {name}" for name in attached]
    yield head if not doubts else joined([head], said=doubts)
    plain, page = (_read(form, "\n\n".join(map(_text, bodies[form]))) for form in TEXTS)
    body = page if not plain.text or (_tables(page) and not _tables(plain)) else plain
    if body.text:
        yield replace(body, title="", date=None)


def _read(form: str, text: str) -> ExtractedDocument:
    try:
        if CONTENT.search(text):
            return read_page(text.encode("utf-8", "replace")) if form == "text/html" else read_text(text)
    except SourceError:  # a page that shows nothing
        pass
    return ExtractedDocument("", ())


def _tables(reading: ExtractedDocument) -> bool:
    """Whether a text has tables, which plain text often leaves out."""
    return any(block.is_a("table") for block in reading.blocks)


def _bodies(message: EmailMessage) -> tuple[dict[str, list[EmailMessage]], list[str]]:
    """The parts that are the message's text, by their form, and the names of those that are attached."""
    bodies: dict[str, list[EmailMessage]] = {form: [] for form in TEXTS}
    attached: list[str] = []
    for part in _parts(message):
        form, name = part.get_content_type(), _safely(part.get_filename)
        if name or part.get_content_disposition() == "attachment":
            attached.append(name or form)
        elif form in TEXTS:
            bodies[form].append(part)
    return bodies, attached


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no others, those of attached messages left out."""
    waiting, left = [message], MAX_PARTS
    while waiting and left:
        part = waiting.pop(0)
        left -= 1
        if part.get_content_maintype() == "multipart":
            waiting[:0] = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
        else:
            yield part


def _text(part: EmailMessage) -> str:
    try:
        content = part.get_content()
    except MAIL_FAILURES:
        content = part.get_payload(decode=True)
    text = content if isinstance(content, str) else bytes(content or b"").decode("utf-8", "replace")
    return text.replace("\r\n", "\n").encode("utf-8", "replace").decode()


def _said(message: EmailMessage, name: str) -> str:
    """What a header says; as it stands, where it is damaged."""
    said = _safely(lambda: str(message.get(name, "")))
    if said is None:
        raw = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
        said = next(raw, "").encode("utf-8", "replace").decode()
    return " ".join(said.split())


def _day(message: EmailMessage) -> str | None:
    return _safely(lambda: parsedate_to_datetime(_said(message, "Date")).date().isoformat())


def _safely(told: Callable[[], object]) -> str | None:
    try:
        said = told()
    except MAIL_FAILURES:
        return None
    return said if said is None else str(said).encode("utf-8", "replace").decode()
