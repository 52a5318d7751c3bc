"""Receipts and notices for people: forms 01 to 07 of TT 03/2025/TT-VPCP, Annex I.

Which forms there are is known; their full texts were not available, so the layout is ours.
"""

from app.dossiers.domain.notices.forms import Case, notice_of
from app.dossiers.domain.notices.notice import (
    Entry,
    Form,
    Notice,
    NoticeUnavailableError,
    Table,
)

__all__ = ["Case", "Entry", "Form", "Notice", "NoticeUnavailableError", "Table", "notice_of"]
