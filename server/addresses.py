"""Which network addresses may be fetched from: public ones only, and a connection that cannot be led elsewhere."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import TypeAlias

import httpcore

from detector.errors import FetchError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], tuple[str, ...]]

NAT64 = ipaddress.ip_network("64:ff9b::/96")
# In public ranges, and yet not the open internet: one cloud's metadata service, protocol assignments, 6to4 relays.
NOT_OPEN = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")))


class AddressRefusedError(FetchError):
    """The address leads into this machine or its own network."""

    reason = "address_refused"


class NoSuchHostError(FetchError):
    """The name has no address."""

    reason = "no_such_host"


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, by the system's resolver. Raises NoSuchHostError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        raise NoSuchHostError(f"There is no host {host}. Check the address.") from exc
    return tuple(str(entry[4][0]) for entry in found)


def is_public(address: str) -> bool:
    """Does this address lie in the open internet, also when it is an IPv4 one in disguise?"""
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    is_open = not any(ip in network for network in NOT_OPEN)
    return is_open and ip.is_global and not ip.is_multicast and not ip.is_reserved


def check_public(host: str, addresses: Iterable[str]) -> None:
    """Raises AddressRefusedError if any address of the host does not lie in the open internet."""
    for address in addresses:
        if not is_public(address):
            where = address if address == host else f"{host} leads to {address}, which"
            raise AddressRefusedError(f"{where} is not in the open internet. Only public pages are fetched.")


def _unwrapped(ip: Address) -> Address:
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves each host itself and connects to the very address it checked: no rebinding in between."""

    def __init__(self, resolve: Resolve, backend: httpcore.NetworkBackend) -> None:
        self._resolve = resolve
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers. Raises AddressRefusedError if any is not public."""
        addresses = self._resolve(host, port)
        check_public(host, addresses)
        return self._first_that_answers(addresses, port, timeout, local_address, socket_options)

    def _first_that_answers(
        self,
        addresses: tuple[str, ...],
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                return self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failure = exc
        raise failure
