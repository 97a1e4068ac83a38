"""What a fault leaves to people is shown to them in the console, and they can settle it there."""

import html
import json

import pytest
from rig import children, work
from rig.console import Console
from rig.installation import CUSTOMER

PASSWORD = "correct horse battery"


@pytest.fixture
def signed_in(make):
    """An installation with one server that is ready, and a person at its console."""
    puente = make()
    puente.serve()
    console = Console.of(puente, PASSWORD)
    yield puente, console
    console.close()


def words(page):
    return " ".join(html.unescape(page.text).split())


@pytest.mark.parametrize("target", ["whatsapp", "hubspot"])
def test_a_paused_account_is_shown_with_what_to_do(signed_in, target):
    puente, console = signed_in
    puente.greet()
    puente.sandbox.faults({"target": target, "kind": "token_death"})
    puente.send("waits for a person")
    puente.until("the alarm is raised", work.PAUSED, 1)
    ((advice,),) = puente.books.rows("SELECT text FROM alarm WHERE kind = 'paused' AND cleared_at IS NULL")

    page = console.get("/connections")

    assert page.status_code == 200
    assert any(sentence in words(page) for sentence in json.loads(advice).values()), advice


def test_a_message_that_may_have_been_sent_is_shown_and_goes_again_when_a_person_says_so(signed_in):
    puente, console = signed_in
    puente.greet()
    puente.sandbox.faults(
        {"target": "whatsapp", "kind": "status", "status": 500, "body": "oops", "count": 1, "path": "messages"}
    )
    puente.send("did it reach her?")
    uncertain = "SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = 'uncertain'"
    puente.until("nobody can know", uncertain, 1)

    page = console.get("/dead-letters?view=uncertain")
    assert "did it reach her?" in words(page)
    letter = page.text.split('name="id" value="')[1].split('"')[0]
    console.post("/dead-letters/retries", page, id=letter)
    console.post("/dead-letters/retries", page, id=letter, confirmed="yes")

    children.until("it is sent", lambda: puente.sent("did it reach her?"))
    assert len(puente.sent("did it reach her?")) == 1
    puente.until("it is in the list no more", uncertain, 0)


def test_a_restored_installation_says_so_and_goes_on_when_a_person_releases_it(signed_in, folder):
    puente, console = signed_in
    puente.greet()
    assert puente.command("backup", folder / "backups").returncode == 0
    puente.server.stop()
    for file in folder.glob("puente.db*"):
        file.unlink()
    assert puente.command("restore", next((folder / "backups").iterdir())).returncode == 0
    puente.server.start()
    puente.send("after the restore", phone=CUSTOMER)
    assert console.get("/connections").status_code == 303, "everybody has to sign in again after a restore"
    assert console.sign_in("ana@example.com", PASSWORD)

    page = console.get("/connections")
    assert 'action="/connections/releases"' in page.text
    assert puente.sent("after the restore") == []
    console.post("/connections/releases", page, confirmed="yes")

    children.until("it is sent", lambda: puente.sent("after the restore"))
    assert 'action="/connections/releases"' not in console.get("/connections").text
