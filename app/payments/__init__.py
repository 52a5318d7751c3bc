"""THANH TOÁN TRỰC TUYẾN: fees that owners pay on the payment platform of the national portal."""
