"""Data files at http(s) addresses, under the rules of pages: public hosts only, and no way round them."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from server.addresses import check_public
from server.version import APP_NAME, VERSION


def http_options(address: str) -> dict[str, Any]:
    """What fsspec must be told. Raises AddressRefusedError for a host that is a private address as it stands."""
    host = urlsplit(address).hostname or ""
    try:
        numbers = str(ipaddress.ip_address(host))
    except ValueError:
        pass  # a name: looked at when it is resolved
    else:
        check_public(host, [numbers])
    # A redirect to bare numbers would not be resolved, and so not be checked.
    return {"get_client": _checked_client, "allow_redirects": False}


async def _checked_client(**options: Any) -> Any:
    import aiohttp
    from aiohttp.resolver import ThreadedResolver

    class CheckedResolver(ThreadedResolver):
        """Gives the connection only addresses that lie in the open internet."""

        async def resolve(self, host: str, *args: Any, **more: Any) -> Any:
            """The addresses of a host. Raises AddressRefusedError."""
            found = await super().resolve(host, *args, **more)
            check_public(host, [one["host"] for one in found])
            return found

    connector = aiohttp.TCPConnector(resolver=CheckedResolver())
    headers = {"User-Agent": f"{APP_NAME}/{VERSION}"}
    return aiohttp.ClientSession(connector=connector, trust_env=False, **{"headers": headers, **options})
