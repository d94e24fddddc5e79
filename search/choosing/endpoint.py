"""A model behind an OpenAI-compatible endpoint, as Ollama, llama.cpp and vLLM offer one: POST /chat/completions.

Nothing is sent anywhere but to the address that the user named: no proxy is asked, no redirect followed. The reply is
hostile: a bounded number of bytes is read, and its text is only ever looked at for numbers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from ..errors import ChooserError, UsageError
from ..lang.lexicon import lexicon

REPLY_SECONDS = 120.0
"""What a model may take for one reply; a small one on an old machine reads slowly."""
REPLY_BYTES = 262_144
"""Bytes of a reply that are read."""
TOKENS = 64
"""Tokens that a reply may have: a few numbers."""

HTTP_SCHEMES = ("http", "https")
TASK = " ".join(lexicon("answers").lines("task of a chooser"))


class Endpoint:
    """A model at an address such as ``http://localhost:11434/v1``. Raises UsageError for what is no such address."""

    def __init__(self, address: str, model: str, key: str = "", seconds: float = REPLY_SECONDS) -> None:
        self.name = model
        self._url = _completions(address)
        self._key = key
        self._seconds = seconds
        self._opener = _opener()

    def reply(self, question: str, sentences: Sequence[str]) -> str:
        """What the model says. Raises ChooserError, with what to do, where it cannot be asked or says nothing."""
        said = self._post(
            {
                "model": self.name,
                "messages": [
                    {"role": "system", "content": TASK},
                    {"role": "user", "content": _numbered(question, sentences)},
                ],
                "temperature": 0,
                "max_tokens": TOKENS,
                "stream": False,
            }
        )
        try:
            content = json.loads(said)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise ChooserError(
                f"{self._url} does not reply as an OpenAI-compatible endpoint does", "name the address that ends in /v1"
            ) from error
        return content if isinstance(content, str) else ""

    def _post(self, body: dict[str, Any]) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = Request(self._url, json.dumps(body).encode(), headers)  # noqa: S310 - http or https, see _completions
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                said: bytes = response.read(REPLY_BYTES)
        except HTTPError as error:
            error.close()
            raise ChooserError(
                f"the model at {self._url} refuses: status {error.code}", "check the model's name and its key"
            ) from error
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            raise ChooserError(
                f"the model at {self._url} cannot be asked: {reason}", "start it, or ask without --chooser"
            ) from error
        return said


def _completions(address: str) -> str:
    """The address that questions go to."""
    try:
        parts = urlsplit(address.strip())
        known = parts.scheme in HTTP_SCHEMES and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        known = False
    if not known or not address.isprintable() or " " in address.strip():
        raise UsageError(
            f"'{address}' is no model's address", "it looks like http://localhost:11434/v1, without name or password"
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/chat/completions"


def _numbered(question: str, sentences: Sequence[str]) -> str:
    lines = [f"{n}. {' '.join(sentence.split())}" for n, sentence in enumerate(sentences, start=1)]
    return "\n".join((f"Question: {' '.join(question.split())}", "", *lines, "", "Numbers:"))


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would send guides to an address that nobody named."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        """None: the status is an error."""


def _opener() -> OpenerDirector:
    return build_opener(ProxyHandler({}), _NoRedirect)
