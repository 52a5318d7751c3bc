"""ĐĂNG KÝ & ĐỊNH TUYẾN DỊCH VỤ: which shared services there are, and who may call what of them."""
