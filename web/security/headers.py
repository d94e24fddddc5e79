"""The headers that every response carries, errors included."""

from __future__ import annotations

from collections.abc import Sequence

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
"""Nothing but our own files, no inline script or style (Content Security Policy Level 3)."""


NOT_KEPT = {"Cache-Control": "no-store"}
"""For what no cache may keep."""


def headers(frames: Sequence[str] = ()) -> dict[str, str]:
    """The headers of every response; ``frames`` are the sites that may show it in a frame, which else nobody may.

    Browsers heed Strict-Transport-Security over HTTPS only, so it does no harm on a plain local address.
    """
    framing = " ".join(frames) or "'none'"
    fixed = {
        "Content-Security-Policy": "; ".join((*POLICY, f"frame-ancestors {framing}")),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    }
    return fixed if frames else fixed | {"X-Frame-Options": "DENY"}


HEADERS = headers()
"""Those of a server that nobody may show in a frame."""
