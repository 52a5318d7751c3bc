"""TRẠNG THÁI DỊCH VỤ CÔNG: where a dossier stands, for the citizen who holds its tracking code."""
