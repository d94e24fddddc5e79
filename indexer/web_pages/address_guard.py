"""Which machines may be asked: public ones, unless the user allows others; and the one way to connect to them.

A name is looked up once, every address that it stands for is checked, and the connection goes to one of these. So a
name that means another machine a moment later (DNS rebinding) gains nothing. How long a look-up may take is the
system's to say.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from ...search.errors import SourceError
from .deadline import Deadline
from .terms import Lookup

_UNICAST = IPv6Network("2000::/3")
_RELAYED = (IPv6Network("2002::/16"), IPv6Network("2001::/23"))
"""Addresses that lead to another one within them (6to4, Teredo), or are kept for special use."""
_NAT64 = IPv6Network("64:ff9b::/96")
_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
"""Special uses that not every supported Python knows to be such."""


def connect(
    host: str, port: int, deadline: Deadline, *, allow_private: bool, lookup: Lookup = socket.getaddrinfo
) -> socket.socket:
    """A connection to a host. Raises SourceError where it cannot be reached, or may not be asked."""
    try:
        found = lookup(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{host} is not known", "check the address and your connection") from error
    for *_, place in found:
        if not (allow_private or is_public(str(place[0]))):
            raise SourceError(
                f"{host} is {place[0]}, which is no public address", "allow it with --allow-private if you trust it"
            )
    return _first(host, found, deadline)


def is_public(text: str) -> bool:
    """Whether an IP address belongs to the public internet: not private, local, shared, multicast or reserved."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None)
        if inner is None:
            return address in _UNICAST and address.is_global and not any(address in net for net in _RELAYED)
        address = inner
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved)
        and not any(address in net for net in _SPECIAL)
    )


def _first(host: str, found: Sequence[tuple[Any, ...]], deadline: Deadline) -> socket.socket:
    """The first of the addresses that answers."""
    reason = "it has no address"
    for family, kind, protocol, _, place in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(deadline.remaining())
        try:
            connection.connect(place)
        except OSError as error:
            connection.close()
            deadline.remaining()
            reason = error.strerror or "no answer"
        else:
            return connection
    raise SourceError(f"{host} cannot be reached ({reason})", "check the address and your connection")
