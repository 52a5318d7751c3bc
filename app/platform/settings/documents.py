"""Settings of documents: the document axis, both ways, statuses, signatures, large contents."""

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, BaseModel, Field

from app.platform.settings.kinds import Seconds


class DocumentSettings(BaseModel):
    """What documents need; `Settings` has them all."""

    max_document_bytes: int = Field(
        320 * 1024 * 1024,
        ge=1024,
        description="The same for a document, and the largest packet that is read or fetched; "
        "a file of 200 MiB is 267 MiB in a packet.",
    )
    spool_folder: Path | None = Field(
        None,
        description="Where large documents are laid while they pass through, in files without a "
        "name; unset: the system's folder for temporary files.",
    )
    content_grace_seconds: Seconds = Field(
        3600.0, description="A content that no document came to hold is deleted after so long."
    )
    vxp_url: AnyHttpUrl | None = Field(
        None, description="Base of the document axis; `/sendEdoc` and the others are appended."
    )
    vxp_system_id: str | None = Field(None, description="Our system's code on the document axis.")
    vxp_secret_file: Path | None = Field(
        None, description="File with the key our system signs axis requests with."
    )
    vxp_systems: tuple[str, ...] = Field(
        (),
        description="MEMBER=SYSTEMID=FILE rows (JSON list): further systems of ours on the axis, "
        "each with the file of its key, for members of other first levels that are connected to "
        "us, e.g. a people's council.",
    )
    vxp_poll_seconds: Seconds = Field(
        5.0, description="Time between two looks into our inbox on the document axis."
    )
    status_table_own: Literal["strict", "lenient"] = Field(
        "strict",
        description="A document status of our own members against the table: refused, or noted "
        "with a mark.",
    )
    status_table_axis: Literal["strict", "lenient"] = Field(
        "lenient", description="The same for statuses that the document axis brings."
    )
    vxp_packet_values: Literal["lenient", "strict"] = Field(
        "lenient",
        description="An optional element of a packet on the document axis's wire that does not "
        "fit its description, e.g. a number of pages in words: passed over and logged, or the "
        "packet is refused. What is sent to /v1 is always read strictly.",
    )
    unknown_originals: Literal["refuse", "accept"] = Field(
        "refuse",
        description="A revocation, update or replacement of a document that was not sent through "
        "us: accept while senders still have documents from before they were connected.",
    )
    status_wait_hours: float = Field(
        24.0,
        gt=0,
        le=720,
        description="A status that comes before its document waits so long for it, then it is "
        "given up and shown by `lgsp statuses`.",
    )
    vxp_directory_hours: float = Field(
        0.0,
        ge=0,
        le=24 * 90,
        description="Time between two readings of the axis's directory into our catalogue; "
        "0: only by `lgsp catalogue sync members`.",
    )
    vxp_at_root: bool = Field(
        default=True,
        description="Offer the document axis's operations at our root too, not only under "
        "/XrdAdapter/adapter.",
    )
    vxp_to_strangers: Literal["refuse", "deliver"] = Field(
        "refuse",
        description="Somebody in the header `to` of sendEdoc whom the packet does not name: "
        "refused, or delivered to. What the real axis does is not known.",
    )
    vxp_bare_to: Literal["ignore", "take"] = Field(
        "ignore",
        description="One bare code in that header, as clients leave it over from list calls: it "
        "says nothing, or it is the only recipient.",
    )
    vxp_doc_id_form: Literal["uuid", "hex24"] = Field(
        "uuid",
        description="How the docIds that we give out on the axis's wire look; the real axis gave "
        "out UUIDs, now 24 hex digits. Both are taken.",
    )
    vxp_center_code: str = Field(
        "00.{number}.W00",
        pattern=r"^[A-Za-z0-9.\-]*(\{number\}[A-Za-z0-9.\-]*)?$",
        description="centerCode of a unit in getSynchronizeUnit, with the number of its first "
        "level (what the axis tells there is inferred); empty: left out.",
    )
    vxp_relist_after_fail: int = Field(
        3,
        ge=0,
        description="How many times a package stays listed after updateStatus fail "
        "(what the real axis does is unknown).",
    )
    vxp_paging: bool = Field(
        default=False,
        description="Honour pageSize and pageIndex on lists (whether the axis does is unknown).",
    )
    vxp_list_most: int = Field(
        20_000, ge=1, le=1_000_000, description="Rows of one list on the axis's wire at most."
    )
    vxp_download_above_bytes: int = Field(
        2 * 1024 * 1024,
        ge=0,
        description="Larger packets are fetched by `downloadEdoc`, smaller ones by `getEdoc`.",
    )
    vxp_fetch_at_once: int = Field(
        4,
        ge=1,
        le=64,
        description="Packets fetched from the axis at a time, the one that is being kept included; "
        "each takes up to LGSP_VXP_DOWNLOAD_ABOVE_BYTES of memory, a larger one waits on the disk.",
    )
    forward_networks: tuple[str, ...] = Field(
        (),
        description="NETWORK=SYSTEMID rows (JSON list): a call to …/RestService/forward from there "
        "is that registered system's and needs no token of ours.",
    )
    forward_max_answer_bytes: int = Field(
        64 * 1024 * 1024, ge=1024, description="A larger answer of a destination is not passed on."
    )
    signature_trust_roots_file: Path | None = Field(
        None,
        description="PEM file of the root certificates that signatures may lead to; without it "
        "every signature is unverifiable.",
    )
    signature_max_bytes: int = Field(
        20 * 1024 * 1024,
        ge=1024,
        description="The signature of a larger packet or PDF is unverifiable.",
    )
    signature_seconds: Seconds = Field(
        20.0, description="Time that a look at the signatures of one file may take."
    )
    signature_processes: int = Field(
        1, ge=1, le=32, description="Processes of one gateway or worker that look at signatures."
    )
    signature_person_marks: tuple[str, ...] = Field(
        ("CCCD:", "CMND:", "HC:"),
        description="How the number in a person's certificate begins (no public text says); "
        "other certificates are an organisation's.",
    )
    duties_soon_days: int = Field(
        2, ge=0, le=60, description="A duty is due soon when its deadline is so many days off."
    )
