"""NHẬT KÝ GIAO DỊCH: who did what, when, and what came of it; written once, never changed."""
