"""VĂN BẢN ĐIỆN TỬ LIÊN THÔNG: documents exchanged between agencies."""
