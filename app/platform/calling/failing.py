"""Why a call came to nothing."""


class CallError(Exception):
    """A call over HTTP was not answered, or not to the end."""


class ConnectError(CallError):
    """Nobody took the connection, or the name leads nowhere."""


class ConnectTimeoutError(CallError):
    """No connection in time, or no turn among those there may be."""


class RefusedAddressError(CallError):
    """A host leads only to addresses that may not be called."""


class TlsError(CallError):
    """The other side is not whom it should be, or speaks no TLS that we do."""


class UnwritableError(CallError):
    """A header line has a line break or a zero in it; nothing was sent."""


class SilenceError(CallError):
    """The other side said, or took, nothing for too long."""


class LostError(CallError):
    """The connection ended before the answer did."""


class UnreadableError(CallError):
    """What came is no answer of HTTP/1.1 that means the same to everybody."""


class BodyBrokenError(CallError):
    """The body of the request did not come to its end."""
