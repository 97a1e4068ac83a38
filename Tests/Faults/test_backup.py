"""A backup made under load, put back elsewhere: whole, held, and nothing in it leaves by itself."""

import time

import pytest
from rig import children
from rig.account import Account
from rig.installation import CUSTOMER
from rig.load import Load

PHONES = [f"3460010{number:04}" for number in range(10)]


def test_a_backup_under_load_is_whole_and_a_restore_starts_held(make, folder, seed):
    puente = make()
    server = puente.serve()
    puente.greet(CUSTOMER, *PHONES)
    load = Load(server.url, PHONES, seed).start()
    time.sleep(0.5)
    backup = puente.command("backup", folder / "backups")
    load.finish()
    assert backup.returncode == 0, backup.stdout + backup.stderr
    copy = next((folder / "backups").iterdir())
    checked = server_command(puente, "check", "backup", copy)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert not any("puente.key" in path.name for path in copy.rglob("*")), "the key is in the backup"

    # One message is on its way when the next backup is made; after it, it leaves.
    Account(puente).check(load)
    puente.sandbox.faults({"target": "whatsapp", "kind": "graph_code", "code": 130429, "path": "messages"})
    puente.send("due at the backup")
    children.until("it was tried", lambda: puente.sandbox.fault_hits() > [0])
    backup = puente.command("backup", folder / "later")
    assert backup.returncode == 0, backup.stdout + backup.stderr
    server.kill()
    puente.sandbox.faults()
    for file in folder.glob("puente.db*"):
        file.unlink()
    restored = puente.command("restore", next((folder / "later").iterdir()))
    assert restored.returncode == 0, restored.stdout + restored.stderr

    server.start()
    assert puente.count("SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = 'uncertain'") == 1
    puente.sandbox.customer(CUSTOMER, "after the restore")
    puente.until("webhooks are taken and recorded", f"""
        SELECT COUNT(*) FROM activity a JOIN message m ON m.id = a.message_id
        WHERE m.content LIKE '%after the restore%' AND a.state = 'recorded'
    """, 2)  # fmt: skip
    puente.send("held back", phone=CUSTOMER)
    time.sleep(3)
    assert puente.sent("held back") == [], "a restored installation sent by itself"
    assert puente.sent("due at the backup") == []
    puente.until("it waits for a person", WAITING_SENDS, 1)


WAITING_SENDS = "SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state IN ('available', 'running')"


def server_command(_, *arguments):
    """A command that needs no configuration."""
    from rig.server import command

    return command(*arguments)


@pytest.mark.parametrize("what", ["a byte of the database", "a media file", "the manifest"])
def test_a_backup_that_was_damaged_is_found_out(puente, folder, what):
    answer = puente.sandbox.http.post(f"/sandbox/customers/{CUSTOMER}/messages", json={"type": "image", "image": {}})
    assert answer.status_code < 300, answer.text
    puente.until("the file is here", "SELECT COUNT(*) FROM media WHERE state = 'stored'", 1)
    assert puente.command("backup", folder / "backups").returncode == 0
    copy = next((folder / "backups").iterdir())
    if what == "a byte of the database":
        data = bytearray((copy / "puente.db").read_bytes())
        data[len(data) // 2] ^= 1
        (copy / "puente.db").write_bytes(data)
    elif what == "a media file":
        file = next(path for path in (copy / "media").rglob("*") if path.is_file())
        file.unlink()
    else:
        (copy / "manifest.json").write_text("{}")

    checked = server_command(puente, "check", "backup", copy)

    assert checked.returncode != 0, checked.stdout


def test_a_restore_overwrites_nothing(puente, folder):
    assert puente.command("backup", folder / "backups").returncode == 0
    puente.server.stop()
    before = puente.books.path.read_bytes()

    done = puente.command("restore", next((folder / "backups").iterdir()))

    assert done.returncode != 0
    assert puente.books.path.read_bytes() == before


def test_keys_are_rotated_and_old_and_new_secrets_are_read(puente):
    puente.greet()
    puente.server.stop()
    before = puente.command("key", "show")
    rotated = puente.command("key", "rotate")
    after = puente.command("key", "show")

    assert rotated.returncode == 0, rotated.stdout + rotated.stderr
    assert before.stdout != after.stdout
    puente.server.start()
    puente.send("with the new key")
    children.until("the token could be read", lambda: puente.sent("with the new key"))
