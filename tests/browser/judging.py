"""What every page is judged by."""

from tests.browser.conftest import Window
from tests.conftest import Tell


def judge(window: Window, name: str, width: int, tell: Tell) -> None:
    file = window.picture(f"{name}-{width}")
    found = window.findings()
    tell(f"{name} at {width} px: {len(found)} findings {found}, {file.stat().st_size} bytes shown")
    assert [one for one in found if one.startswith(("critical", "serious"))] == []
    assert not window.is_wider_than_the_window()
    assert window.complaints == []
