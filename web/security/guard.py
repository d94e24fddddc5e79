"""Holds every request against what is allowed, and puts on every answer the headers that browsers heed."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError

from .access import TRIES, Access, UnauthorizedError
from .headers import headers
from .rate_limit import Buckets

HEADERS_SETTING = "citeguide.headers"
"""Where an application keeps the headers of its answers."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "600",
}
"""What a browser wants to know before it lets a page of another site ask (Fetch Standard, "CORS protocol")."""


def guard(app: Flask, access: Access) -> None:
    """Let nobody in whom ``access`` does not."""
    _admit(app, access)
    _secure(app, access)
    _share(app, access)


def _admit(app: Flask, access: Access) -> None:
    wrong = Buckets(TRIES) if access.token else None

    @app.before_request
    def admit() -> Response | None:
        if not access.answers_to(request.headers.get("Host")):
            raise SecurityError
        if _is_preflight():
            return Response(status=204)
        given = request.headers.get("Authorization")
        if not access.is_open_to(given):
            if given and wrong:
                wrong.take(request.remote_addr or "")
            raise UnauthorizedError("this server asks for its access token", "send it as Authorization: Bearer TOKEN")
        return None


def _secure(app: Flask, access: Access) -> None:
    fixed = app.extensions[HEADERS_SETTING] = headers(access.frames)

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers.update(fixed)
        if response.location:  # never to another name than the one that was asked for
            to = urlsplit(response.location)
            response.location = "/" + to._replace(scheme="", netloc="").geturl().lstrip("/")
        return response


def _share(app: Flask, access: Access) -> None:
    """Let the pages of some sites read the API."""
    if not access.origins:
        return

    @app.after_request
    def share(response: Response) -> Response:
        if _is_api():
            response.vary.add("Origin")
            if request.headers.get("Origin") in access.origins:
                response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
                response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
                response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                response.headers.update(PREFLIGHT if _is_preflight() else {})
        return response


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _is_preflight() -> bool:
    asked = request.headers.get("Access-Control-Request-Method")
    return request.method == "OPTIONS" and _is_api() and asked is not None and "Origin" in request.headers
