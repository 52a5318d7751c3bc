"""Calls made up from a seed: right ones in many spellings, and attempts to get around a grant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS")
ODD_METHODS = ("get", "Get", "TRACE", "CONNECT", "PROPFIND", "GETX", "*", "")
HEADERS = (
    (b"x-http-method-override", b"POST"),
    (b"x-http-method-override", b"GET"),
    (b"x-method-override", b"DELETE"),
    (b"x-original-url", b"/apiDatDai/1.0/thuaDat/1"),
    (b"x-original-url", b"/apiDatDai/1.0/admin"),
    (b"x-rewrite-url", b"/apiDatDai/1.0/admin"),
    (b"x-forwarded-prefix", b"/apiDatDai/1.0/tep"),
    (b"x-forwarded-path", b"/apiDatDai/1.0/admin"),
    (b"x-forwarded-uri", b"/apiDanCu/p1.0/x"),
    (b"x-forwarded-host", b"localhost"),
    (b"host", b"admin.internal"),
    (b"host", b"127.0.0.1:8080"),
    (b"forwarded", b"for=127.0.0.1;host=admin"),
    (b"x-forwarded-for", b"127.0.0.1"),
    (b"x-real-ip", b"::1"),
    (b"x-lgsp-client", b"client-keeper"),
    (b"x-road-client", b"VN/GOV/H38/land"),
    (b"content-location", b"/apiDatDai/1.0/admin"),
    (b"accept-charset", b"utf-7"),
)
LITERALS = {
    "apiDatDai": ("thuaDat/12", "thuaDat/timKiem", "thuaDat/12/lichSu", "admin", "tep/a/b.pdf",
                  "xa-phuong", "moi/1", "tep", "danhMuc/", "admin/users", "thuaDat", ""),
    "apiDanCu": ("a", "a/b/c", "xacMinh", "", "x/"),
    "apiDuThao": ("a", "admin"),
    "apiTinhKhac": ("a", "thuaDat/12"),
    "apiKhongCo": ("thuaDat/12",),
}  # fmt: skip
VERSIONS = {
    "apiDatDai": ("1.0", "1.0", "2.0", "", "", "3.0"),
    "apiDanCu": ("p1.0", "", "p1.0"),
    "apiDuThao": ("1.0", ""),
    "apiTinhKhac": ("1.0", ""),
    "apiKhongCo": ("1.0", ""),
}
USUAL = ("apiDatDai", "apiDatDai", "apiDatDai", "apiDatDai", "apiDanCu", "apiDanCu", "apiDanCu")
NAMES = ("12", "123456", "a b", "xã Vân", "H38.12", "1,5", "x'y", "k=v", "@ubnd", "thửa-1", "a+b")


@dataclass(frozen=True)
class Variant:
    client: str
    method: str
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    kind: str


def escaped(text: str, random: Random, share: float) -> str:
    """Write letters as escapes, some of them needlessly, in either case of hex digits."""
    out = []
    for sign in text:
        must = not (sign.isascii() and (sign.isalnum() or sign in "-._~!$&'()*+,=:@/"))
        if must or (sign != "/" and random.random() < share):
            form = "%{:02x}" if random.random() < 0.5 else "%{:02X}"
            out.append("".join(form.format(byte) for byte in sign.encode()))
        else:
            out.append(sign)
    return "".join(out)


def twice(text: str, random: Random) -> str:
    return escaped(text, random, 0.3).replace("%", "%25")


def inserted(text: str, sign: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + sign + text[place:]


HIDDEN = (
    "%2f", "%2F", "%5c", "\\", "%00", "%0d%0a", "%09", ";x=1", ";", "%3b", "%3f", "%23", "//",
    "/./", "/../", "/%2e/", "/%2e%2e/", "/.%2e/", "/%2E./", "/..;/", "/...", "/.", "/..",
    "%c0%af", "%ff", "%e2%80%8b", "%ef%bc%8f", "%u002f", "%zz", "%", "%2", "/%252e%252e/",
    "%252f", "/%20/", "%20", ".", "%c2%a0", "<", ">", "|", "^", "{", "\xe9", "%e2%81%84",
    "/%c0%ae%c0%ae/", "%25", "%2541", "/..%2f", "..%5c", "%e2%80%a6", "%7f", " ", '"', "`",
)  # fmt: skip
LOOKALIKES = (
    ("admin", (
        "ADMIN", "Admin", "%61dmin", "admin/", "admin.", "admin%20", "%EF%BD%81dmin", "aDmIn",
        "admin%2e", "adm%C4%B1n", "admin%E3%80%80", "%41DMIN", "admin..", "ADMIN/", "admi%6e",
    )),
    ("1.0", ("%31.0", "1%2e0", "1.0.", "%EF%BC%91.0", "1.0%20", "1.00", "v1.0", "1%2E0", "1.0/")),
    ("thuaDat", ("thuadat", "THUADAT", "%74huaDat", "thuaDat.", "thuaDat/", "%EF%BD%94huaDat")),
    ("timKiem", ("timkiem", "%74imKiem", "TIMKIEM", "timKiem.", "timKiem%20", "tim%4Biem")),
    ("apiDatDai", (
        "apidatdai", "%61piDatDai", "APIDATDAI", "apiDatDai.", "./apiDatDai", "/apiDatDai",
        "apiDatDai%20", "apiDatDa%69", "x/../apiDatDai",
    )),
)  # fmt: skip

Spell = Callable[[str, Random], str]
SPELLINGS: tuple[tuple[str, Spell], ...] = (
    ("plain", lambda text, random: escaped(text, random, 0)),
    ("escaped", lambda text, random: escaped(text, random, 0.3)),
    ("all escaped", lambda text, random: escaped(text, random, 1)),
)


def calls(seed: int, number: int, clients: tuple[str, ...]) -> Iterator[Variant]:
    """Yield so many calls; the same seed gives the same ones."""
    random = Random(seed)
    for _ in range(number):
        yield _call(random, clients)


def _call(random: Random, clients: tuple[str, ...]) -> Variant:
    context = random.choice(USUAL if random.random() < 0.93 else tuple(LITERALS))
    version = random.choice(VERSIONS[context])
    resource = random.choice(LITERALS[context])
    if random.random() < 0.5 and "12" in resource:
        resource = resource.replace("12", random.choice(NAMES))
    method = "GET" if random.random() < 0.75 else random.choice(METHODS)
    kind, spell = random.choice(SPELLINGS)
    written = spell(resource, random)
    prefix = f"/{context}/{version}" if version else f"/{context}"
    target = f"{prefix}/{written}" if written else prefix
    if random.random() < 0.38:
        kind, target, method = _attack(random, target, method, resource)
    if random.random() < 0.2:
        target += random.choice(("?x=1", "?", "?path=/admin", "?a=../../x", "?x=%2f"))
    headers = tuple(random.sample(HEADERS, random.choice((0, 0, 1, 2, 3))))
    client = clients[0] if random.random() < 0.85 else random.choice(clients)
    return Variant(client, method, target.encode("latin-1"), headers, kind)


Attack = Callable[[Random, str, str], str]


def _hide(random: Random, target: str, _resource: str) -> str:
    return "/" + inserted(target[1:], random.choice(HIDDEN), random)


def _disguise(random: Random, target: str, _resource: str) -> str:
    word, others = random.choice(LOOKALIKES)
    return target.replace(word, random.choice(others), 1)


def _climb(random: Random, target: str, _resource: str) -> str:
    up = random.choice(("../", "..%2f", "%2e%2e/", "..;/", "..\\", "./../", "%2e%2e%2f"))
    return f"{target}/{up}{random.choice(('admin', '', '2.0/admin'))}"


def _escape_twice(random: Random, target: str, resource: str) -> str:
    return target.partition(resource or "\0")[0] + twice(resource or "a", random)


def _lengthen(random: Random, target: str, _resource: str) -> str:
    return f"{target}/{random.choice(('a' * 2100, '/a' * 1100, '%41' * 800))}"


ATTACKS: tuple[tuple[str, Attack], ...] = (
    ("hidden sign", _hide),
    ("look-alike", _disguise),
    ("climbing", _climb),
    ("escaped twice", _escape_twice),
    ("too long", _lengthen),
)


def _attack(random: Random, target: str, method: str, resource: str) -> tuple[str, str, str]:
    if random.random() < 1 / 6:
        return "odd method", target, random.choice(ODD_METHODS)
    kind, attack = random.choice(ATTACKS)
    return kind, attack(random, target, resource), method
