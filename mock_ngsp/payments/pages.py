"""The page where a tester pays, and the receipt."""

from html import escape

from mock_ngsp.payments.orders import FAILED, PAID, WAITING, Order

_WORDS = {WAITING: "Chờ thanh toán", PAID: "Đã thanh toán", FAILED: "Không thành công"}


def pay_page(order: Order) -> str:
    """The page: what is to be paid, and two buttons while it waits."""
    about = order.asked["ThongTinBienLai"]
    rows = {
        "Mã tham chiếu": order.reference,
        "Hồ sơ": about["MaHoSo"],
        "Nội dung": about["NoiDungThanhToan"],
        "Số tiền": f"{int(order.asked['SoTien']):,} đồng".replace(",", "."),
        "Tình trạng": _WORDS[order.state],
    }
    told = "".join(f"<dt>{escape(name)}<dd>{escape(text)}" for name, text in rows.items())
    buttons = _BUTTONS if order.state == WAITING else ""
    return (
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Thanh toán (giả lập)</title>"
        f"<h1>Nền tảng thanh toán, bản giả lập</h1><dl>{told}</dl>{buttons}</html>"
    )


_BUTTONS = (
    "<form method=post action='?paid=true'><button>Thanh toán</button></form>"
    "<form method=post action='?paid=false'><button>Báo không thành công</button></form>"
)


def bill(order: Order) -> bytes:
    """A PDF of one page that names the payment and its sum."""
    lines = ("BIEN LAI (GIA LAP)", order.reference, f"{order.asked['SoTien']} VND")
    text = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    drawing = f"BT /F1 16 Tf 72 760 Td {text} ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    return _pdf(objects)


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(content))
    )
