"""Everything the mock nation knows: in memory, large packets in files; gone with the process."""

from typing import Any

from mock_ngsp.clock import Clock
from mock_ngsp.dvcqg.accounts import Accounts
from mock_ngsp.dvcqg.catalogues import Catalogues
from mock_ngsp.dvcqg.dossiers import Dossiers
from mock_ngsp.dvcqg.fetching import Files
from mock_ngsp.dvcqg.files import NationalFiles
from mock_ngsp.dvcqg.ministry import Ministry
from mock_ngsp.dvcqg.procedures import Procedures
from mock_ngsp.dvcqg.promotions import Promotions
from mock_ngsp.dvcqg.provinces import Provinces
from mock_ngsp.dvcqg.questions import Questions
from mock_ngsp.dvcqg.sessions import Account, Sessions
from mock_ngsp.dvcqg.statuses import STRICT, WITH_SENT_BACK
from mock_ngsp.dvcqg.taxes import Taxes
from mock_ngsp.faults import Faults
from mock_ngsp.messages.inbox import Inbox
from mock_ngsp.ngsp.state import Services
from mock_ngsp.payments.orders import Payments
from mock_ngsp.record import Record
from mock_ngsp.settings import DEFAULTS, Settings
from mock_ngsp.spool import Folder
from mock_ngsp.sso.provider import Provider
from mock_ngsp.statistics import Figures
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_USER, Systems
from mock_ngsp.vxp.deliveries import Deliveries
from mock_ngsp.vxp.directory import Directory

DEFAULT_ACCOUNT = Account(DEFAULT_USER, DEFAULT_PASSWORD)


class Universe:
    """The state of both national sides, what they were asked, and how they should fail."""

    def __init__(
        self,
        settings: Settings = DEFAULTS,
        *,
        systems: Systems | None = None,
        account: Account = DEFAULT_ACCOUNT,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.systems = systems or Systems()
        self.provinces = Provinces()
        self.payments = Payments()
        self.provider = Provider()
        self.figures = Figures()
        self.ngsp = Services(self.clock.now())
        self.inbox = Inbox()
        self.faults = Faults()
        self.record = Record(settings.record_entries, settings.record_bytes)
        self.folder = Folder(settings.spool_folder)
        self.deliveries = Deliveries(settings)
        self.directory = self._directory()
        self.dossiers = self._no_dossiers()
        self.files = Files(settings)
        self.sessions = Sessions(account, settings.session_ttl)
        self._publish()

    def reset(self) -> None:
        """Empty the world and the scripts of faults; the registered systems and provinces stay."""
        self.clock.restore()
        self.faults.clear()
        self.payments.clear()
        self.provider.clear()
        self.figures.clear()
        self.ngsp = Services(self.clock.now())
        self.inbox.clear()
        self.record.clear()
        self.folder.clear()
        self.deliveries = Deliveries(self.settings)
        self.directory = self._directory()
        self.dossiers = self._no_dossiers()
        self.files.clear()
        self.sessions.clear()
        self._publish()

    def _publish(self) -> None:
        """Put what the portal gives out and keeps beside dossiers back to its beginning."""
        self.procedures = Procedures(self.settings.further_procedures)
        self.catalogues = Catalogues()
        self.accounts = Accounts()
        self.questions = Questions()
        self.promotions = Promotions()
        self.taxes = Taxes()
        self.published = NationalFiles()
        self.ministry: Ministry = Ministry()
        self.statuses: list[dict[str, Any]] = []

    def close(self) -> None:
        """Leave nothing on the disk."""
        self.folder.clear()

    def _directory(self) -> Directory:
        return Directory(self.systems, self.settings.agencies, self.clock)

    def _no_dossiers(self) -> Dossiers:
        accepted = self.settings.sent_back == "accept"
        return Dossiers(WITH_SENT_BACK if accepted else STRICT)
