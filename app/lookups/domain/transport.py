"""Files of driving licences and of vehicle badges in our words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """Giấy phép lái xe đã cấp."""

    number: str | None
    licence_class: str | None
    issued_by: str | None
    issued_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """Hồ sơ giấy phép lái xe, as the ministry lists it."""

    code: str
    portal_code: str | None
    full_name: str | None
    unit: str | None
    kind: str | None
    wanted_class: str | None
    reason: str | None
    received_on: date | None
    promised_on: date | None
    held: tuple[HeldLicence, ...] = ()


@dataclass(frozen=True, slots=True)
class FileStanding:
    """Where one file stands at the ministry."""

    code: str
    procedure_code: str | None
    service_name: str | None
    status_code: str | None
    status_name: str | None
    unit_code: str | None
    unit_name: str | None
    received_at: str | None
    due_at: str | None


@dataclass(frozen=True, slots=True)
class VehicleFile:
    """Hồ sơ phù hiệu xe, hồ sơ vận tải."""

    code: str
    procedure_code: str | None
    procedure_name: str | None
    summary: str | None
    owner: str | None
    unit: str | None
    unit_name: str | None
    status_code: str | None
    status_name: str | None
    received_on: date | None
    due_on: date | None
    finished_on: date | None
    returned_on: date | None
