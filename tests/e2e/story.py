"""The story of two provinces and the nation: every business case, told at the counters."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

from app.cli.demo.hop import await_that
from tests.e2e.realm import CODES, Desk, Realm

Found = dict[str, Any]
SENDER = "000.00.12.H38"
NATION = "000.00.00.G22"
FIRST, SECOND, THIRD = "000.00.71.H53", "000.00.72.H53", "000.00.73.H53"
PDF = b"%PDF-1.4\nmade up\n%%EOF\n"


def document_id(number: int, sender: str = SENDER) -> str:
    return f"{sender},2026/03/02,{number}/VD-VP"


class Story:
    """Tells the story; each step waits until the other party has seen it."""

    def __init__(self, stack: ExitStack, realm: Realm, patience: float) -> None:
        self._desks = {
            code: stack.enter_context(closing(Desk(province)))
            for code, province in realm.provinces.items()
        }
        self._realm = realm
        self._patience = patience

    def tell(self) -> None:
        """Go through all of it."""
        self.work_to_the_end()
        self.take_back()
        self.revoke()
        self.update()
        self.replace_and_reply()
        self.reject()

    def work_to_the_end(self) -> None:
        self.send("H38", 1, SENDER, FIRST, NATION)
        for code, place, steps in (
            ("H53", FIRST, ("03", "04", "05", "06")),
            ("G22", NATION, ("03", "06")),
        ):
            for status in steps:
                self.report(code, document_id(1), place, status)
        for place in (FIRST, NATION):
            self.sees("H38", document_id(1), place, "06")

    def take_back(self) -> None:
        self.send("H38", 2, SENDER, FIRST)
        self.sees("H38", self.arrived("H53", document_id(2)), FIRST, "01")
        for answer, shown in (("16", "01"), ("15", "15")):
            self.report("H38", document_id(2), FIRST, "13")
            self.sees("H53", document_id(2), FIRST, "13")
            self.report("H53", document_id(2), FIRST, answer)
            self.sees("H38", document_id(2), FIRST, shown)

    def revoke(self) -> None:
        self.send("H38", 3, SENDER, NATION, FIRST)
        business = {"type": "revoke", "reason": "Gửi nhầm", "original": document_id(3)}
        self.send("H38", 3, SENDER, NATION, FIRST, business=business)
        for code, place, answer in (("G22", NATION, "15"), ("H53", FIRST, "16")):
            self.arrived(code, document_id(3), "revoke")
            self.report(code, document_id(3), place, answer, business="revoke")
        self.sees("H38", document_id(3), NATION, "15")

    def update(self) -> None:
        self.send("H38", 4, SENDER, FIRST, SECOND)
        business = {
            "type": "update",
            "reason": "Đổi nơi nhận",
            "original": document_id(4),
            "receivers": [
                {"agency": SECOND, "change": "dropped"},
                {"agency": THIRD, "change": "added"},
                {"agency": NATION, "change": "added"},
            ],
        }
        self.send("H38", 4, SENDER, FIRST, business=business)
        self.arrived("H53", document_id(4))
        for code in ("H53", "G22"):
            self.arrived(code, document_id(4), "update")
        self.report("H53", document_id(4), FIRST, "15", business="update")
        self.sees("H38", document_id(4), SECOND, "15")
        self.sees("H38", document_id(4), FIRST, "15", business="update")
        self.report("G22", document_id(4), NATION, "03", business="update")
        self.sees("H38", document_id(4), NATION, "03", business="update")

    def replace_and_reply(self) -> None:
        replaced = [{"document_id": document_id(1), "recipients": [FIRST]}]
        business = {"type": "replace", "reason": "Số liệu sai", "replaced": replaced}
        self.send("H38", 5, SENDER, FIRST, business=business)
        self.arrived("H53", document_id(5), "replace")
        reference = [{"agency": SENDER, "document_id": document_id(1)}]
        self.send("H53", 6, FIRST, SENDER, NATION, response_for=reference)
        for code in ("H38", "G22"):
            self.arrived(code, document_id(6, FIRST))

    def reject(self) -> None:
        self.send("G22", 7, NATION, FIRST, SENDER)
        self.report("H53", document_id(7, NATION), FIRST, "02")
        self.report("H38", document_id(7, NATION), SENDER, "03")
        self.sees("G22", document_id(7, NATION), FIRST, "02")
        self.sees("G22", document_id(7, NATION), SENDER, "03")

    def send(self, code: str, number: int, sender: str, *to: str, **more: Any) -> None:
        """Send a form from one desk."""
        draft = {
            "from": sender,
            "to": list(to),
            "number": str(number),
            "notation": "VD-VP",
            "promulgated_on": "2026-03-02",
            "subject": f"Văn bản mẫu số {number}",
            "type_name": "Công văn",
            **more,
        }
        parts = [
            ("metadata", (None, json.dumps(draft), "application/json")),
            ("files", ("van-ban.pdf", PDF + str(len(more)).encode())),
        ]
        self._desks[code].post("/v1/documents", files=parts)

    def report(
        self, code: str, name: str, place: str, status: str, *, business: str | None = None
    ) -> None:
        """Report a status as soon as the document is there."""
        self.arrived(code, name, business)
        number = self._find(code, name, business)["id"]
        said = {"code": status, "recipient": place, "reason": "Lý do mẫu"}
        self._desks[code].post(f"/v1/documents/{number}/statuses", json=said)

    def arrived(self, code: str, name: str, business: str | None = None) -> str:
        """Wait until a document is at a desk; return its DocumentId again."""
        await_that(
            lambda: self._find(code, name, business) or None,
            within=self._patience,
            what=f"{business or 'document'} {name} at {code}",
        )
        return name

    def sees(
        self, code: str, name: str, place: str, status: str, *, business: str | None = None
    ) -> None:
        """Wait until a desk sees a document stand so at a recipient."""

        def look() -> bool | None:
            number = self._find(code, name, business)["id"]
            shown = self._desks[code].get(f"/v1/documents/{number}")["recipients"]
            at = {one["code"]: one for one in shown}
            is_open = status != "13" and at[place]["status"] == "13"
            return True if at[place]["status"] == status and not is_open else None

        await_that(look, within=self._patience, what=f"{status} of {name} at {place} for {code}")

    def _find(self, code: str, name: str, business: str | None) -> Found:
        wanted = {business} if business else {"new", "replace"}
        for item in self._all(code):
            if item["document_id"] == name and item["business"] in wanted:
                return item
        return {}

    def _all(self, code: str) -> Iterator[Found]:
        for folder in ("inbox", "outbox"):
            yield from self._desks[code].get(f"/v1/documents/{folder}?limit=200")["items"]

    def state(self) -> dict[str, Any]:
        """Return what every party holds at the end, by names that two runs share."""
        return {code: self._held(code) for code in CODES}

    def _held(self, code: str) -> dict[str, Any]:
        desk = self._desks[code]
        found = [desk.get(f"/v1/documents/{item['id']}") for item in self._all(code)]
        names = {one["id"]: f"{one['document_id']} {one['business']}" for one in found}
        return {
            names[one["id"]]: {
                "recipients": {place["code"]: _place(place, names) for place in one["recipients"]},
                "related": sorted(
                    [tie["relation"], names.get(tie["id"], ""), tie["recipient"] or ""]
                    for tie in one["related"]
                ),
                "files": [file["sha256"] for file in one["attachments"]],
                "content": desk.status_of(f"/v1/documents/{one['id']}/edxml"),
            }
            for one in found
        }

    def is_quiet(self) -> bool:
        """Tell whether nothing is owed or under way, and no status waits for its document.

        Looked at twice: between two looks what one party owed may come to another.
        """
        return all(self._owes_nothing() and not self._realm.waits_at_the_axis() for _ in range(2))

    def _owes_nothing(self) -> bool:
        return all(_is_quiet(self._desks[code].text("/metrics")) for code in CODES)


def _place(place: Found, names: dict[str, str]) -> Found:
    withdrawn = place["withdrawn"]
    return {
        **{name: place[name] for name in ("route", "role", "status", "legal_state")},
        "replaced_by": names.get(place["replaced_by"]),
        "withdrawn": withdrawn and [withdrawn["cause"], names[withdrawn["by"]]],
        "history": sorted(
            [entry["code"], entry["source"], entry["is_unexpected"], entry["reason"] or ""]
            for entry in place["statuses"]
        ),
    }


def _is_quiet(metrics: str) -> bool:
    lines = [
        line
        for line in metrics.splitlines()
        if line.startswith(("lgsp_outbox_messages{", "lgsp_early_messages{"))
    ]
    return len(lines) > 0 and all(line.endswith(" 0.0") for line in lines)
