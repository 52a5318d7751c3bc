"""Addresses that this server must not be sent to, in the spellings that others have fallen for."""

from ipaddress import IPv4Address, ip_address

import pytest

from app.platform.targets import Targets, UnsafeTargetError, is_public
from tests.conftest import Tell

INSIDE = (
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "10.0.0.1", "10.255.255.255", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "192.168.1.254", "169.254.169.254", "169.254.170.2",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.5", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "0.0.0.0",  # noqa: S104 -- not bound to
    "168.63.129.16", "192.88.99.1",
)  # fmt: skip
INSIDE_V6 = (
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a00:1::1", "2001:0:5ef5:79fb::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1",
    "::ffff:0:127.0.0.1", "100::1", "3fff::1", "5f00::1", "fec0::1", "2600::5efe:7f00:1",
    "2600::200:5efe:a00:1", "::ffff:8.8.8.8",
)  # fmt: skip
NAMES = (
    "localhost", "LOCALHOST", "app.localhost", "router.local", "db.internal",
    "metadata.google.internal", "metadata", "instance-data", "wpad", "nas.lan", "pc.home",
    "srv.corp", "mail.intranet", "x.private", "host.localdomain", "1.0.0.127.in-addr.arpa",
    "hidden.onion", "service.test", "no.invalid", "kubernetes.default.svc.cluster.local",
)  # fmt: skip
SPELLINGS = (
    "http://localhost.", "http://127.0.0.1.", "http://127.1", "http://127.0.1", "http://0",
    "http://0x7f000001", "http://0x7f.0.0.1", "http://0x7f.1", "http://017700000001",
    "http://0177.0.0.1", "http://127.0.0.01", "http://00127.0.0.1", "http://2130706433",
    "http://127.0.0.1%00.example.vn", "http://127.0.0.256", "http://127.0.0.1.0x0",
    "http://①②⑦.⓪.⓪.①", "http://１２７.0.0.1", "http://127。0。0。1", "http://ⓛocalhost",
    "http://[::1", "http://::1/", "http://[::1%25eth0]/", "http://[fe80::1%eth0]/",
    "http://[0:0:0:0:0:0:0:1]", "http://[::ffff:7f00:1]", "http://[127.0.0.1]", "http://[v1.x]",
    "http://example.vn@127.0.0.1/", "http://127.0.0.1@example.vn/", "http://a:b@example.vn",
    "http://example.vn:80@127.0.0.1", "http://example.vn#@127.0.0.1", "http://example.vn?@10.0.0.1",
    "http://example.vn\\@127.0.0.1", "http://127.0.0.1\\.example.vn", "http:\\\\127.0.0.1",
    "http:/127.0.0.1", "http:127.0.0.1", "http:///127.0.0.1", "//127.0.0.1", "127.0.0.1",
    "http://", "http://:80", "http://example.vn:0", "http://example.vn:99999",
    "http://example.vn:", "http://example.vn:8a", "http://example.vn:-1", "http://exa mple.vn",
    "http://exam\tple.vn", "http://exam\nple.vn", " http://example.vn", "http://example.vn ",
    "http://example.vn/%0d%0aX: y", "http://example.vn/../admin", "http://example.vn/%2e%2e/a",
    "http://example.vn//a", "http://example.vn/a%2fb", "http://example.vn/a;b", "http://-a.vn",
    "http://a-.vn", "http://a..vn", "http://.vn", "http://exa_mple.vn", "http://ex%61mple.vn",
    "http://*.example.vn", "http://example.vn,127.0.0.1", "http://a.0x7f", "http://a.127",
    "ftp://example.vn", "file:///etc/passwd", "gopher://example.vn:70/_x", "dict://example.vn",
    "ldap://example.vn", "jar:http://example.vn!/", "data:text/plain,x", "javascript:alert(1)",
    "unix:///var/run/docker.sock", "ws://example.vn", "netdoc:///etc/passwd", "tftp://example.vn",
    "http://" + "a" * 64 + ".vn", "http://" + "a." * 127 + "vn", "http://example.vn/" + "a" * 2000,
    "", "http", "http:", "://example.vn", "http//example.vn", "HTTPS:/example.vn",
)  # fmt: skip


def hostile_urls() -> list[str]:
    v4 = [f"http://{one}/" for one in INSIDE]
    v4 += [f"https://{one}:8443/api" for one in INSIDE]
    v4 += [f"http://{int(IPv4Address(one))}/" for one in INSIDE]
    v4 += [f"http://0x{int(IPv4Address(one)):x}/" for one in INSIDE]
    v6 = [f"http://[{one}]/" for one in INSIDE_V6]
    names = [f"http://{one}/" for one in NAMES] + [f"https://{one}:443/x" for one in NAMES]
    return list(dict.fromkeys([*v4, *v6, *names, *SPELLINGS]))


def test_more_than_200_targets_are_refused(tell: Tell) -> None:
    targets = Targets()
    wanted = hostile_urls()
    taken = [url for url in wanted if targets.why_not(url) is None]
    tell(f"{len(wanted)} targets, {len(wanted) - len(taken)} refused")
    assert taken == []
    assert len(wanted) >= 200


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.vn",
        "http://datdai.tinh.gov.vn:8080/api/v1",
        "https://xn--ti-nguyn-8va0l.vn/a",
        "http://8.8.8.8/",
        "https://[2606:4700:4700::1111]:8443/x",
        "HTTPS://Example.VN/",
    ],
)
def test_a_public_target_is_taken(url: str) -> None:
    assert Targets().why_not(url) is None


def test_a_network_that_is_allowed_opens_itself_and_nothing_else() -> None:
    targets = Targets.within(["10.20.0.0/16", "fd00:1::/32"])
    allowed = ["http://10.20.1.5:8080/api", "http://[fd00:1::5]/", "http://may-chu.local/"]
    refused = ["http://10.21.0.1/", "http://127.0.0.1/", "http://localhost/", "http://[::1]/"]
    assert [targets.why_not(url) for url in allowed] == [None] * 3
    assert None not in [targets.why_not(url) for url in refused]
    assert targets.why_not("http://169316613/") == "spelling"
    assert targets.why_not("http://[::ffff:10.20.1.5]/") == "not-public"


def test_localhost_is_taken_with_its_network() -> None:
    assert Targets.within(["127.0.0.0/8"]).why_not("http://localhost:8080/") is None


@pytest.mark.parametrize("address", [*INSIDE, *INSIDE_V6[:-1]])
def test_what_a_name_resolves_to_is_judged_too(address: str) -> None:
    assert not Targets().may_reach(address)


def test_an_address_that_a_resolver_maps_counts_as_what_it_is() -> None:
    assert Targets().may_reach("8.8.8.8")
    assert Targets().may_reach("::ffff:8.8.8.8")
    assert Targets.within(["127.0.0.0/8"]).may_reach("::ffff:127.0.0.1")
    assert not Targets().may_reach("no address")
    assert not is_public(ip_address("::ffff:8.8.8.8"))


def test_a_refusal_names_the_place_and_why() -> None:
    with pytest.raises(UnsafeTargetError) as refusal:
        Targets().check("http://127.0.0.1", pointer="/url")
    assert [one.pointer for one in refusal.value.errors] == ["/url"]
    assert refusal.value.extensions == {"reason": "not-public"}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://10.0.0.1", "không phải địa chỉ công khai"),
        ("http://router.local", "tên chỉ có trong mạng riêng"),
        ("ftp://a.vn", "phải bắt đầu bằng http hoặc https"),
        ("http://a.vn/?b", "không ghi tài khoản, truy vấn hay phần sau dấu #"),
        ("http://a.vn:0", "viết không đúng quy cách"),
    ],
)
def test_why_is_said_in_vietnamese(url: str, words: str) -> None:
    with pytest.raises(UnsafeTargetError) as refusal:
        Targets().check(url, pointer="/url")
    (wrong,) = refusal.value.errors
    assert wrong.detail == f"không được phép: {words}"
