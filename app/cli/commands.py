"""Every command of `lgsp`: where its code is, and what the list of commands says of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Place(NamedTuple):
    """Where a command is found, `module:name`, and the line that the list shows."""

    found_at: str
    line: str


COMMANDS: Mapping[str, Place] = MappingProxyType(
    {
        "serve": Place(
            "app.cli.serving:serve",
            "Chạy cổng API. / Run the gateway; prints one JSON line when it can serve.",
        ),
        "worker": Place(
            "app.cli.working:worker",
            "Chạy bộ chuyển. / Run a worker; prints one JSON line when it has begun.",
        ),
        "up": Place(
            "app.cli.up:up",
            "Bật cả bộ để thử. / Run gateway, worker and mock nation together, until interrupted.",
        ),
        "demo": Place(
            "app.cli.demo.command:demo",
            "Chạy thử toàn tuyến. / Send a dossier and a document all the way and back.",
        ),
        "replay": Place(
            "app.cli.replay.command:replay",
            "Chạy lại ngày làm việc của cả tỉnh. / "
            "Replay a province's days; both sides must agree.",
        ),
        "migrate": Place(
            "app.cli.migrating:migrate",
            "Nâng cấp cơ sở dữ liệu. / Bring the database to the newest revision.",
        ),
        "settings": Place(
            "app.cli.listing:settings",
            "Liệt kê các thiết lập. / List every LGSP_ setting with its meaning.",
        ),
        "key": Place(
            "app.cli.keys:key",
            "Tạo khoá. / "
            "Make an ES256 signing key or an encryption key, readable by its owner only.",
        ),
        "doctor": Place(
            "app.cli.checkup:doctor",
            "Khám hệ thống. / Check settings, database, national side, clock and disk.",
        ),
        "openapi": Place(
            "app.cli.describing:openapi", "In mô tả OpenAPI. / Print the OpenAPI document in YAML."
        ),
        "verify-package": Place(
            "app.cli.verifying:verify_package",
            "Kiểm tra một gói nộp lưu. / Check a package for the archive; 1 if anything is wrong.",
        ),
        "client": Place("app.cli.clients:app", "Ứng dụng được gọi API. / Clients of the API."),
        "system": Place("app.cli.systems:app", "Hệ thống nối trục. / Connected systems."),
        "destination": Place(
            "app.cli.destinations:app", "Điểm đến dịch vụ. / Destinations of services."
        ),
        "broker": Place("app.cli.broker:app", "Trung gian dịch vụ. / The broker of services."),
        "portal-account": Place(
            "app.cli.portal_accounts:app", "Tài khoản mapi. / Accounts of the façade."
        ),
        "land-system": Place(
            "app.cli.land_systems:app", "Hệ thống đất đai gọi vào. / Land systems that call."
        ),
        "filing-page": Place(
            "app.cli.filing_pages:app", "Trang nộp hồ sơ. / Pages where one files."
        ),
        "catalogue": Place("app.cli.catalogue:app", "Danh mục dùng chung. / The catalogue."),
        "dossiers": Place("app.cli.dossiers:app", "Hồ sơ từ nơi khác. / Dossiers from elsewhere."),
        "calendar": Place("app.cli.calendars:app", "Lịch làm việc. / The working calendar."),
        "services": Place("app.cli.public_services:app", "Dịch vụ công. / Public services."),
        "statistics": Place("app.cli.statistics:app", "Số liệu thống kê. / Statistics."),
        "reports": Place("app.cli.reports:app", "Báo cáo định kỳ. / Reports."),
        "notices": Place("app.cli.notices:app", "Tin nhắn. / Notices to owners and followers."),
        "webhooks": Place("app.cli.webhooks:app", "Webhook. / Webhooks of members."),
        "outbox": Place(
            "app.cli.outbox:app", "Hộp thư chờ gửi quốc gia. / What is owed to the nation."
        ),
        "statuses": Place(
            "app.cli.statuses:statuses",
            "Trạng thái đến trước văn bản. / Statuses that wait for their document, or gave up.",
        ),
    }
)
