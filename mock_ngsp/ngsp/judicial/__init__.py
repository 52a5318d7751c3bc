"""Judicial records (phiếu lý lịch tư pháp): both generations, and what returns to the portal."""
