"""Questions that a table answers: by a complete scan of its rows, with a receipt, and understood to the last word.

A question is cut into pieces (``pieces``), these make a request (``grammar``), and each table reads the request by its
own columns (``reading``): which numbers (``wanted``) of which rows (``scope``). The best reading is carried out
(``single``, ``many``) and put into words (``wording``). Where that fails, ``semantic_parsing`` takes the
likeliest reading.
"""

from __future__ import annotations

from .answerer import answer

__all__ = ["answer"]
