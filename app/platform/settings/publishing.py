"""Settings of what a published procedure must say."""

from typing import Final, Literal

from pydantic import BaseModel, Field

Part = Literal[
    "record_id", "kind", "description", "audience_text", "reception_address", "conditions",
    "keywords", "decision", "decision_id", "executing_agencies_text", "competent_agencies_text",
    "sectors", "step_cases", "submission_methods", "paper_cases", "levels", "audiences", "results",
    "legal_bases", "executing_agencies", "competent_agencies", "delegated_agencies",
    "coordinating_agencies", "related_procedures", "interlinked_procedures",
]  # fmt: skip
"""A part of a procedure's record."""

_REQUIRED: Final[tuple[Part, ...]] = (
    "step_cases", "submission_methods", "paper_cases", "levels", "audiences", "results",
    "legal_bases", "executing_agencies",
)  # fmt: skip


class PublishingSettings(BaseModel):
    """What the completeness of publication is judged by; `Settings` has it."""

    published_parts: tuple[Part, ...] = Field(
        _REQUIRED,
        min_length=1,
        description="Parts of a procedure's record that must be there for it to count as fully "
        "published (JSON list). The national record lists its parts and does not say which are "
        "required: the default is inferred, every list but those of agencies and procedures that "
        "not every procedure has.",
    )
