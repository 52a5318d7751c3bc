"""`lgsp reports`, with a form from a file."""

import json
from importlib.resources import files
from pathlib import Path

from tests.cli.shell import Shell

SHIPPED = json.loads(files("app.reports").joinpath("forms.json").read_bytes())


def test_a_form_is_taken_over_in_versions(shell: Shell, tmp_path: Path) -> None:
    assert [one["code"] for one in shell.json("reports", "list")] == ["tthc-thang"]
    file = tmp_path / "forms.json"
    (form,) = SHIPPED["forms"]
    newer = form | {"version": 2, "due_working_day": 3}
    file.write_text(json.dumps({"forms": [form, newer]}), encoding="utf-8")
    assert shell.json("reports", "import", str(file)) == {"new": 1, "unchanged": 1}
    assert "1 unchanged" not in shell.ok("reports", "import", str(file))
    assert [one["version"] for one in shell.json("reports", "list")] == ["2"]
    file.write_text(json.dumps({"forms": [newer | {"level": 3}]}), encoding="utf-8")
    refused = shell.run("reports", "import", str(file))
    assert refused.returncode == 1
    assert "count its version up" in refused.stderr
    assert "tthc-thang" in shell.ok("reports", "list")
