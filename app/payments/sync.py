"""What we ask of the payment platform: where to pay, what became of it, and the receipt."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import httpx
import structlog

from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Fee, Filing
from app.exchange import leases
from app.exchange.outcomes import Deferred, Refused
from app.exchange.payments.client import PaymentClient
from app.exchange.payments.connecting import payments_of
from app.exchange.payments.wire import (
    FeeLine,
    Init,
    PaidLine,
    PayableFee,
    QueryAnswer,
    ReceiptFacts,
)
from app.payments.domain import (
    NoReceiptError,
    OrderState,
    PaymentOrder,
    PaymentRefusedError,
    PlatformUnavailableError,
    Told,
    trading_time,
)
from app.payments.use_cases import Terms, ask_later, due, note_refusal, patience_of, settle
from app.platform.bodies import digest_of
from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.errors import ProblemError
from app.platform.settings import Settings

_log = structlog.get_logger("lgsp.payments")

_DONE: Final = "00"
_LONGEST_NAME: Final = 250
_LEASE: Final = "payments:asking"
_DURATION: Final = timedelta(minutes=5)
_AT_ONCE: Final = 4
"""So few that all of them may time out before the lease runs out."""


def init_of(dossier: Dossier, order: PaymentOrder, settings: Settings, *, partner: str) -> Init:
    """Return what begins a payment; nothing of what is signed names a person."""
    return Init(
        partner=partner,
        reference=order.reference,
        amount=str(order.amount_vnd),
        content=f"Phi le phi ho so {dossier.code}",
        traded_at=order.traded_at,
        ip=order.payer_ip,
        receipt=_receipt_of(dossier, order, settings),
    )


def _receipt_of(dossier: Dossier, order: PaymentOrder, settings: Settings) -> ReceiptFacts:
    filing = dossier.filing
    procedure, applicant = filing.procedure, filing.applicant
    content = f"Nộp phí, lệ phí hồ sơ {dossier.code}"
    return ReceiptFacts(
        online_service_code=f"{procedure.code}{settings.payment_service_suffix}",
        online_service_name=procedure.name[:_LONGEST_NAME],
        procedure_code=procedure.code,
        procedure_name=procedure.name[:_LONGEST_NAME],
        agency_code=filing.agency.code,
        agency_name=filing.agency.name,
        dossier_code=dossier.code,
        account=settings.payment_account,
        account_bank=settings.payment_account_bank,
        account_holder=settings.payment_account_holder,
        content=content,
        payer_name=applicant.full_name,
        payer_identity=_identity_of(filing),
        payer_address=applicant.address or "",
        fees=tuple(
            FeeLine(code=fee.code, name=fee.name, amount=str(fee.amount_vnd))
            for fee in _asked(dossier)
        ),
        sums=(PaidLine(content=content, amount=str(order.amount_vnd)),),
    )


def _identity_of(filing: Filing) -> str:
    identity = filing.applicant.identity
    return "" if identity is None else identity.number


def _asked(dossier: Dossier) -> Sequence[Fee]:
    return [fee for request in dossier.handling.fee_requests for fee in request.fees]


def till_of(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> "Till | None":
    """Return the payment platform; None while its settings are incomplete.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    client = payments_of(settings, http)
    return None if client is None else Till(client, settings, clock)


class Till:
    """The payment platform as routes and the worker use it."""

    def __init__(self, client: PaymentClient, settings: Settings, clock: Clock) -> None:
        self.client = client
        self._settings = settings
        self._clock = clock

    async def begin(self, dossier: Dossier, order: PaymentOrder) -> str:
        """Return the address where an order is paid; the same again for the same order.

        Raises:
            PlatformUnavailableError: if the platform gives no usable answer.
            PaymentRefusedError: if it does not begin the payment.
        """
        asked = init_of(dossier, order, self._settings, partner=self.client.partner)
        match await self.client.init(asked):
            case str(url):
                return url
            case Refused(code):
                _log.error("payment_refused", error_code=code)
                raise PaymentRefusedError
            case Deferred(reason):
                raise PlatformUnavailableError(reason)

    def payable(self, dossier: Dossier, order: PaymentOrder) -> PayableFee:
        """Return what the portal is told when it asks what is to be paid for a dossier."""
        return PayableFee(
            **_receipt_of(dossier, order, self._settings).model_dump(by_alias=False),
            look_up_code=f"{dossier.code}{order.traded_at}",
            transaction_id=order.reference,
            client_id=self.client.partner,
            amount=str(order.amount_vnd),
        )

    async def ask(self, order: PaymentOrder) -> tuple[Told, str] | Deferred:
        """Ask what became of an order; beside it stands the digest of what was said."""
        answer = await self.client.query(order.reference, traded_at=self._now())
        if isinstance(answer, Deferred):
            return answer
        said = "|".join([*answer.signed(), answer.state])
        return self.told(answer), digest_of(said.encode())

    async def receipt(self, order: PaymentOrder) -> bytes:
        """Return the receipt of an order as a PDF.

        Raises:
            PlatformUnavailableError: if the platform gives no usable answer.
            NoReceiptError: if it has none.
        """
        if order.state is not OrderState.PAID:
            raise NoReceiptError
        match await self.client.bill(order.reference, traded_at=self._now()):
            case bytes(content):
                return content
            case Refused():
                raise NoReceiptError
            case Deferred(reason):
                raise PlatformUnavailableError(reason)

    def told(self, answer: QueryAnswer) -> Told:
        """Return what an answer means: paid only where both of its codes say so."""
        state, settings = OrderState.WAITING, self._settings
        if answer.code == _DONE and answer.state in settings.payment_paid_states:
            state = OrderState.PAID
        elif answer.state in settings.payment_failed_states:
            state = OrderState.FAILED
        return Told(state, int(answer.amount), answer.currency, answer.transaction, answer.bank)

    def _now(self) -> str:
        return trading_time(self._clock.now())


class Asker:
    """Asks about payments that stay silent: a confirmation may have got lost."""

    def __init__(
        self, till: Till, database: Database, clock: Clock, settings: Settings, *, holder: str
    ) -> None:
        self._till = till
        self._database = database
        self._clock = clock
        self._settings = settings
        self._holder = holder
        self._patience = patience_of(settings)

    async def turn(self) -> int:
        """Ask about each payment that is due; return how many were settled."""
        waiting = await self._database.read(due, self._clock, at_most=_AT_ONCE)
        if not waiting or not await self._may_work():
            return 0
        try:
            return sum([await self._look_at(order) for order in waiting])
        finally:
            await self.release()

    async def release(self) -> None:
        """Let another worker go on at once."""
        await self._database.transact(leases.release, name=_LEASE, holder=self._holder)

    async def _look_at(self, order: PaymentOrder) -> bool:
        answer = await self._till.ask(order)
        if isinstance(answer, Deferred) or answer[0].state is OrderState.WAITING:
            await self._database.transact(ask_later, self._clock, order.reference, self._patience)
            return False
        told, digest = answer
        terms = Terms.of(self._settings, digest)
        try:
            await self._database.transact(settle, self._clock, order.reference, told, terms)
        except ProblemError as problem:
            _log.error("payment_not_taken", reason=problem.slug)
            await self._database.transact(note_refusal, self._clock, order, problem.slug, terms)
            return False
        return True

    async def _may_work(self) -> bool:
        return await self._database.transact(
            leases.acquire, self._clock, name=_LEASE, holder=self._holder, duration=_DURATION
        )
