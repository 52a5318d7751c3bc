"""Which addresses may be called, and which never."""

import asyncio
from ipaddress import ip_address

import pytest

from app.exchange.targets import GuardedResolver, TargetRefusedError, check_target
from app.platform.targets import is_public

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",  # noqa: S104 -- nobody binds
    "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "fec0::1",
]  # fmt: skip
BAD = [
    "", "nonsense", "//a.vn/", "ftp://a.vn/", "file:///etc/passwd", "http://a.vn/",
    "https://", "https:///x", "https://a.vn:99999/", "https://user@a.vn/", "https://u:p@a.vn/",
    "https://@a.vn/", "https://a.vn/#x", "https://a.vn/ x", "https://a.vn\\@b.vn/",
    "https://a.vn/\x00", "https://ví-dụ.vn/", "https://localhost/", "https://LOCALHOST./",
    "https://db.internal/", "https://printer.local/", "https://intranet/", "https://2130706433/",
    "https://0x7f.1/", "https://127.1/", "https://[fe80::1%25eth0]/",
    f"https://a.vn/{'x' * 2000}",
    *(f"https://{'[' + one + ']' if ':' in one else one}/" for one in PRIVATE),
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.4.190", "2001:4860:4860::8888"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("url", BAD)
def test_a_bad_target_is_refused(url: str) -> None:
    with pytest.raises(TargetRefusedError):
        check_target(url, allow_private=False)


@pytest.mark.parametrize("url", ["https://a.vn/x?y=1", "https://a.vn:8443/", "https://8.8.8.8/"])
def test_a_public_target_is_taken(url: str) -> None:
    check_target(url, allow_private=False)


def test_private_targets_are_taken_where_it_is_set() -> None:
    check_target("http://127.0.0.1:8080/hook", allow_private=True)
    with pytest.raises(TargetRefusedError):
        check_target("ftp://127.0.0.1/", allow_private=True)


@pytest.mark.parametrize("name", ["localhost", "2130706433", "0x7f.1"])
def test_a_name_that_resolves_to_a_private_address_is_not_found(name: str) -> None:
    async def run() -> None:
        resolver = GuardedResolver(allow_private=False)
        with pytest.raises(OSError, match="no public address"):
            await resolver.resolve(name, 443)
        await resolver.close()

    asyncio.run(run())


def test_it_is_found_where_private_targets_are_allowed() -> None:
    async def run() -> list[str]:
        resolver = GuardedResolver(allow_private=True)
        found = await resolver.resolve("localhost", 443)
        await resolver.close()
        return [one["host"] for one in found]

    assert "127.0.0.1" in asyncio.run(run())
