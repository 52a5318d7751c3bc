"""Papers as the nation is told of them."""

from dataclasses import replace

from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.handling import Handling
from app.dossiers.sync import record_of
from tests.builders import a_dossier, a_filing, a_held_dossier
from tests.dossiers.test_sync import Nation, on_the_wire, turn
from tests.gateway import Api, Gateway


def test_papers_added_here_follow_those_that_a_carrying_system_words() -> None:
    theirs = [{"TepDinhKemId": "1", "TenTepDinhKem": "a.pdf", "DuongDanTaiTepTin": "https://x/a"}]
    filing = replace(a_filing(), national={"TaiLieuNop": theirs})
    paper = Attachment("TP02", "b.pdf", "", digitised=True, file_id="tep-1")
    dossier = replace(a_held_dossier(filing=filing), handling=Handling(papers=(paper,)))
    record = on_the_wire(record_of(dossier.facts(), lambda file: f"https://lgsp/files/{file}"))
    assert [one["DuongDanTaiTepTin"] for one in record["TaiLieuNop"]] == [
        "https://x/a",
        "https://lgsp/files/tep-1",
    ]


def test_a_paper_of_the_owners_national_store_says_so(gateway: Gateway, province: Api) -> None:
    nation = Nation()
    paper = {"name": "a.pdf", "url": "https://onestop.example.vn/a.pdf"}
    papers = [paper, paper | {"is_from_store": True}]
    answer = province.post("/v1/dossiers", json=a_dossier(attachments=papers))
    assert [one["is_from_store"] for one in answer.json()["attachments"]] == [False, True]
    turn(gateway, nation)
    ((record, _),) = nation.told
    assert [one.from_personal_store for one in record.papers] == ["0", "1"]
