"""ĐĂNG KÝ & ĐỊNH TUYẾN DỊCH VỤ: services, who may call them, how often, and what came of it."""
