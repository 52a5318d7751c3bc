"""`lgsp client styles|key|account …` as an administrator runs them."""

import json

from tests.cli.shell import Shell


def a_client(shell: Shell) -> str:
    words = ("client", "add", "ngsp", "--member", "H38.12", "--scope", "services:forward")
    return str(shell.json(*words)["client_id"])


def test_a_client_is_given_styles_and_they_are_taken_back(shell: Shell) -> None:
    client = a_client(shell)
    words = ("client", "styles", client)
    assert shell.ok(*words, "--style", "password", "--style", "static-bearer") == (
        f"{client}: password static-bearer\n"
    )
    listed = {row["client_id"]: row for row in shell.json("client", "list")}
    assert listed[client]["styles"] == ["password", "static-bearer"]
    assert shell.ok(*words) == f"{client}: oauth2\n"
    assert shell.run("client", "styles", "client-none").returncode == 1
    assert shell.run(*words, "--style", "magic").returncode == 2


def test_a_long_lived_token_is_made_listed_and_revoked(shell: Shell) -> None:
    client = a_client(shell)
    refused = shell.run("client", "key", "add", client, "--name", "x")
    assert (refused.returncode, "static-bearer" in refused.stderr) == (1, True)
    shell.ok("client", "styles", client, "--style", "static-bearer")
    made = shell.json("client", "key", "add", client, "--name", "kho bạc", "--days", "30")
    listed = shell.json("client", "key", "list", client)
    assert [(row["id"], row["name"], row["revoked_at"]) for row in listed] == [
        (made["id"], "kho bạc", None)
    ]
    assert made["token"] not in json.dumps(listed)
    shell.ok("client", "key", "revoke", made["id"])
    assert shell.json("client", "key", "list", client)[0]["revoked_at"]
    assert shell.run("client", "key", "revoke", "none").returncode == 1
    assert shell.run("client", "key", "add", client, "--name", "").returncode == 2


def test_an_account_is_opened_and_closed(shell: Shell) -> None:
    client = a_client(shell)
    shell.ok("client", "styles", client, "--style", "password")
    made = shell.json("client", "account", "add", client, "ilis")
    assert made.keys() == {"username", "password"}
    assert shell.run("client", "account", "add", client, "ilis").returncode == 1
    assert shell.run("client", "account", "add", client, "").returncode == 2
    shell.ok("client", "account", "revoke", client, "ilis")
    assert shell.run("client", "account", "revoke", client, "ilis").returncode == 1
