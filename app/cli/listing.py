"""`lgsp settings`: every setting with its meaning."""

from app.cli.printing import JsonFlag, print_json, print_rows
from app.platform.settings import Settings, setting_name


def settings(*, as_json: JsonFlag = False) -> None:
    """Liệt kê các thiết lập. / List every LGSP_ setting with its meaning."""
    rows = [
        {
            "name": setting_name(name),
            "default": None if field.default is None else str(field.default),
            "meaning": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]
    if as_json:
        print_json(rows)
    else:
        print_rows(("name", "default", "meaning"), rows)
