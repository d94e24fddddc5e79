"""Who asks a cluster, and whom it trusts: from the environment or a netrc file, never from the command line."""

from __future__ import annotations

import os
import ssl
from ipaddress import ip_address
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import NamedTuple

from ...errors import UsageError
from .address import ClusterAddress

USER, PASSWORD = "CITEGUIDE_OPENSEARCH_USER", "CITEGUIDE_OPENSEARCH_PASSWORD"
AUTHORITY = "CITEGUIDE_OPENSEARCH_CA"
CERTIFICATE, KEY_VARIABLE = "CITEGUIDE_OPENSEARCH_CERT", "CITEGUIDE_OPENSEARCH_KEY"
_LOCAL = "localhost"


class Credentials(NamedTuple):
    """What is shown to a cluster, and the authority whose certificates are believed; None for the system's."""

    user: tuple[str, str] | None = None
    authority: str | None = None
    certificate: str | None = None
    key: str | None = None


def credentials(address: ClusterAddress) -> Credentials:
    """What there is for an address. Raises UsageError where a password would go over an open line."""
    found = Credentials(_user(address), *map(os.environ.get, (AUTHORITY, CERTIFICATE, KEY_VARIABLE)))
    for name, path in ((AUTHORITY, found.authority), (CERTIFICATE, found.certificate), (KEY_VARIABLE, found.key)):
        if path is not None and not Path(path).is_file():
            raise UsageError(f"{name} names {path}, which is no file", "name a file in PEM form")
    if found.user is not None and not address.is_secure and not all(_is_here(host) for host, _ in address.hosts):
        raise UsageError(
            "a password goes to another machine only by TLS", f"write opensearchs:// or take {USER} out of the way"
        )
    return found


def trust(known: Credentials) -> ssl.SSLContext:
    """Which authorities are believed, and what is shown to the cluster. Raises UsageError where a file is no PEM."""
    try:
        context = ssl.create_default_context(cafile=known.authority)
        if known.certificate:
            context.load_cert_chain(known.certificate, known.key, password="")  # else it would ask on the terminal
    except (ssl.SSLError, OSError) as error:
        names = f"{AUTHORITY}, {CERTIFICATE} and {KEY_VARIABLE}"
        raise UsageError(f"a certificate or its key cannot be read ({error})", f"see {names}") from error
    return context


def _user(address: ClusterAddress) -> tuple[str, str] | None:
    """The variables, else what a netrc file says of the first host."""
    if user := os.environ.get(USER):
        return user, os.environ.get(PASSWORD, "")
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    try:
        found = netrc(path).hosts.get(address.hosts[0][0]) if path.is_file() else None
    except (NetrcParseError, OSError, UnicodeError) as error:
        raise UsageError(f"{path} cannot be read ({error})", f"mend it, or set {USER} and {PASSWORD}") from error
    return (found[0], found[2] or "") if found else None


def _is_here(host: str) -> bool:
    try:
        return host == _LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False
