"""The journey itself: which hops there are, in order, and what each must find."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.cli.demo.hop import Hop, HopError, await_that
from app.cli.demo.parties import Found, Hub, Nation
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import Packet
from app.exchange.vxp.edxml.reader import read

MOVES = ("accepted", "processing", "finished")
_NATIONAL = {"accepted": "2", "processing": "4", "finished": "9"}
_FINISHED = "9"
_STATUSES = 2
"""01 and 03, from the other province."""


@dataclass(slots=True)
class Journey:
    """What travels, and what has become of it so far."""

    home: Hub
    away: Hub
    nation: Nation
    dossier_file: Path
    document_file: Path
    patience: float
    dossier: Found = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    document: Found = field(default_factory=dict)
    received: Found = field(default_factory=dict)
    parties: dict[str, dict[str, Any]] = field(default_factory=dict)

    def hops(self) -> list[Hop]:
        """Return every hop in order."""
        return [
            Hop("submit-dossier", "Nộp hồ sơ / submit the dossier", self.submit),
            Hop("move-dossier", "Giải quyết hồ sơ / move it to finished", self.move),
            Hop("nation-has-dossier", "Cổng quốc gia có hồ sơ / portal has it", self.national),
            Hop("nation-has-progress", "… và tiến độ / and each progress row", self.progress),
            Hop("send-document", "Gửi văn bản / send the document", self.send),
            Hop("axis-has-document", "Trục liên thông có văn bản / axis has it", self.on_axis),
            Hop("document-arrives", "Văn bản đến nơi nhận / it arrives", self.arrive),
            Hop("status-01", "Báo đã đến (01) / arrival reported", lambda: self.seen("01")),
            Hop("clerk-accepts", "Văn thư tiếp nhận (03) / clerk accepts", self.accept),
            Hop("status-03", "Nơi gửi thấy 03 / sender sees it", lambda: self.seen("03")),
            Hop("citizen-looks", "Người dân tra cứu / a citizen looks", self.look),
            Hop("parties-agree", "Mọi bên giữ đúng / every party agrees", self.agree),
        ]

    def submit(self) -> str:
        """Submit the caller's dossier at home."""
        draft = json.loads(self.dossier_file.read_text(encoding="utf-8"))
        self.dossier = self.home.create("/v1/dossiers", json=draft)
        return f"{self.dossier['code']} {self.dossier['status']}"

    def move(self) -> str:
        """Move it from where it begins to finished."""
        begun = self.dossier["status"]
        steps = MOVES[MOVES.index(begun) + 1 :] if begun in MOVES else MOVES
        for status in steps:
            self.home.create(self._dossier_path() + "/progress", json={"status": status})
            self.moved.append(status)
        return " → ".join((begun, *self.moved))

    def _dossier_path(self) -> str:
        return f"/v1/dossiers/{self.dossier['code']}"

    def national(self) -> str:
        """See the portal hold the dossier in its last status."""
        code = self.dossier["code"]

        def look() -> Found | None:
            held = self.nation.dossier(code)
            done = held is not None and held["record"]["TrangThaiHoSo"] == _FINISHED
            return held if done else None

        held = await_that(look, within=self.patience, what=f"{code} finished at the portal")
        return f"MaHoSo {held['record']['MaHoSo']} TrangThaiHoSo {held['record']['TrangThaiHoSo']}"

    def progress(self) -> str:
        """See the portal hold each progress row, once and in order."""
        code, wanted = self.dossier["code"], [_NATIONAL[status] for status in self.moved]

        def look() -> list[str] | None:
            held = self.nation.dossier(code)
            rows = [row["TrangThai"] for row in held["progress"]] if held else []
            return rows if rows[-len(wanted) :] == wanted else None

        rows = await_that(look, within=self.patience, what=f"progress {wanted} at the portal")
        return f"TrangThai {' '.join(rows)}"

    def send(self) -> str:
        """Send the caller's packet from home."""
        if not isinstance(read(self.document_file.read_bytes(), limits=Limits()), Packet):
            raise HopError(f"{self.document_file.name} is a status packet, not a document")
        self.document = self.home.send_packet(self.document_file)
        files = len(self.document["attachments"])
        return f"{self.document['id']} {self.document['document_id']} ({files} files)"

    def on_axis(self) -> str:
        """See the axis hold one delivery for each recipient beyond home."""
        wanted = {
            recipient["code"]
            for recipient in self.document["recipients"]
            if recipient["route"] == "axis"
        }

        def look() -> list[Found] | None:
            found = self._deliveries("edoc")
            return found if wanted <= {delivery["to"] for delivery in found} else None

        found = await_that(look, within=self.patience, what=f"deliveries to {sorted(wanted)}")
        return ", ".join(f"{delivery['to']} docId {delivery['docId']}" for delivery in found)

    def _deliveries(self, kind: str) -> list[Found]:
        deliveries = self.nation.deliveries(self.document["document_id"])
        return [delivery for delivery in deliveries if delivery["messageType"] == kind]

    def arrive(self) -> str:
        """See the document in the inbox of the other province, with its files."""
        wanted = self.document["document_id"]

        def look() -> Found | None:
            items = self.away.get("/v1/documents/inbox")["items"]
            return next((item for item in items if item["document_id"] == wanted), None)

        self.received = await_that(
            look, within=self.patience, what=f"{wanted} in the inbox of {self.away.code}"
        )
        if self._hashes(self.away, self.received) != self._hashes(self.home, self.document):
            raise HopError("the attachments that arrived are not the ones that were sent")
        return f"{self.received['id']} at {self.away.code}"

    @staticmethod
    def _hashes(hub: Hub, document: Found) -> list[str]:
        whole = hub.get(f"/v1/documents/{document['id']}")
        return sorted(attachment["sha256"] for attachment in whole["attachments"])

    def accept(self) -> str:
        """Have the other province's clerk enter it in the incoming register."""
        body = {"code": "03", "reason": "Đã vào sổ văn bản đến", "staff": "Văn thư"}
        self.away.create(f"/v1/documents/{self.received['id']}/statuses", json=body)
        return "03"

    def seen(self, code: str) -> str:
        """See a status of the other province's recipient on the sender's document."""

        def look() -> Found | None:
            statuses = self.home.get(f"/v1/documents/{self.document['id']}/statuses")["items"]
            mine = (status for status in statuses if status["code"] == code)
            return next((status for status in mine if self._is_away(status)), None)

        found = await_that(look, within=self.patience, what=f"status {code}")
        return f"{code} from {found['recipient']}"

    def _is_away(self, status: dict[str, Any]) -> bool:
        return self.away.code in str(status["recipient"])

    def look(self) -> str:
        """Ask the public endpoint with the tracking code only."""
        found = self.home.public(
            f"/v1/public-services/dossiers/{self.dossier['code']}",
            **{"X-Tracking-Code": self.dossier["tracking_code"]},
        )
        if found["status"] != "finished":
            raise HopError(f"the citizen sees {found['status']}, not finished")
        return f"{found['code']} {found['status']}"

    def agree(self) -> str:
        """Ask every party once more what it holds, and hold one against the other."""
        self.parties = self._holdings()
        moved = [_NATIONAL[status] for status in self.moved]
        home, away = f"gateway {self.home.code}", f"gateway {self.away.code}"
        axis, portal = self.parties["document axis"], self.parties["national portal"]
        remote = sorted(r["code"] for r in self.document["recipients"] if r["route"] == "axis")
        judged = {
            f"{home}: dossier": self.parties[home]["dossier"] == MOVES[-1],
            f"{home}: document": any(
                held.endswith(": 03") for held in self.parties[home]["document"]
            ),
            f"{away}: document": self.parties[away]["document"] == self.document["document_id"],
            "national portal: dossier": portal["dossier"] == _FINISHED,
            "national portal: progress": portal["progress"][-len(moved) :] == moved,
            "document axis: document": sorted(axis["document"]) == remote,
            "document axis: statuses": axis["statuses"] == _STATUSES,
        }
        wrong = [party for party, holds in judged.items() if not holds]
        if wrong:
            raise HopError(f"not as it should be: {', '.join(wrong)}")
        return f"{len(judged)} holdings"

    def _holdings(self) -> dict[str, dict[str, Any]]:
        home = self.home.get(f"/v1/documents/{self.document['id']}")
        away = self.away.get(f"/v1/documents/{self.received['id']}")
        portal = self.nation.dossier(self.dossier["code"]) or {"record": {}, "progress": []}
        return {
            f"gateway {self.home.code}": {
                "dossier": self.home.get(self._dossier_path())["status"],
                "document": sorted(f"{r['code']}: {r['status']}" for r in home["recipients"]),
            },
            f"gateway {self.away.code}": {"document": away["document_id"]},
            "national portal": {
                "dossier": portal["record"].get("TrangThaiHoSo"),
                "progress": [row["TrangThai"] for row in portal["progress"]],
            },
            "document axis": {
                "document": [delivery["to"] for delivery in self._deliveries("edoc")],
                "statuses": len(self._deliveries("status")),
            },
        }
