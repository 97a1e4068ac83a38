"""A disk that runs full: intake refuses, loses nothing, and recovers by itself."""

import httpx
import pytest
from rig import children, meta, work
from rig.account import Account
from rig.console import Console
from rig.disk import SmallDisk, SmallDiskBooks
from rig.installation import CUSTOMER


@pytest.fixture
def disk(folder):
    disk = SmallDisk(folder, "64m")
    yield disk
    disk.close()


def serve_on(disk, make, least):
    puente = make()

    def adjust(settings):
        settings["media"]["folder"] = f"{disk.mount}/media"
        settings["limits"] = {"min_free_disk_bytes": least}

    puente.books = SmallDiskBooks(disk)
    puente.place = disk.wrapper
    puente.serve(adjust, wrapper=disk.wrapper)
    return puente


def posted(puente, poster, name):
    return poster.meta(meta.envelope(meta.message(CUSTOMER, f"wamid.{name}", f"text {name}")))


def alarms(puente, console):
    """What stands above the console's pages, and what a program that watches reads."""
    strip = console.get("/fragments/alarms").text
    metrics = httpx.get(f"{puente.server.url}/metrics", timeout=20).text
    return "is-failure" in strip, 'puente_alarms_open{kind="intake_refusing"} 1' in metrics


def test_when_the_disk_is_nearly_full_intake_refuses_and_the_rest_goes_on(disk, make):
    puente = serve_on(disk, make, "32MB")
    console = Console.of(puente)
    assert alarms(puente, console) == (False, False)
    puente.greet()
    poster = puente.poster()
    puente.sandbox.faults({"target": "hubspot", "kind": "delay", "milliseconds": 2500, "count": 1})
    assert posted(puente, poster, "before") == 200

    disk.fill(leaving=16 << 20)
    children.until("it is not ready", lambda: puente.server.ready() == 503)
    assert posted(puente, poster, "refused") == 503
    assert alarms(puente, console) == (True, True)
    assert "is-failure" in console.get("/ledger").text
    puente.until("what was taken before is recorded", work.RECORDED, 4)
    puente.send("agents can still write")
    children.until("it is sent", lambda: puente.sent("agents can still write"))

    disk.clear()
    children.until("it is ready again", lambda: puente.server.ready() == 200)
    assert alarms(puente, console) == (False, False)
    console.close()
    assert posted(puente, poster, "after") == 200
    puente.until("the next is stored", "SELECT COUNT(*) FROM message WHERE wamid = 'wamid.after'", 1)
    assert puente.count("SELECT COUNT(*) FROM message WHERE wamid = 'wamid.refused'") == 0


def test_when_the_disk_is_full_to_the_last_byte_nothing_taken_is_lost(disk, make):
    """Without a reserve: commits themselves fail. The process may end, as after any failure of its disk; the
    supervisor starts it again."""
    puente = serve_on(disk, make, "0")
    server = puente.server
    puente.greet()
    poster = puente.poster()
    answers = {f"early{number}": posted(puente, poster, f"early{number}") for number in range(20)}

    disk.fill()
    for number in range(400):
        if server.process.poll() is not None:
            break
        answers[f"full{number}"] = posted(puente, poster, f"full{number}")
    assert 503 in answers.values() or None in answers.values(), "the disk was never full"
    disk.clear()
    if server.process.poll() is not None:
        print(f"the process ended with {server.process.returncode}")
        server.launch()
    children.until("it takes webhooks again", lambda: posted(puente, poster, "late") == 200, patience=60)

    taken = {f"wamid.{name}" for name, status in answers.items() if status == 200} | {"wamid.late"}
    account = Account(puente)
    account.wait_until_quiet()
    stored = {wamid for (wamid,) in puente.books.rows("SELECT wamid FROM message WHERE wamid LIKE 'wamid.%'")}
    assert taken <= stored, f"answered 200 and lost: {sorted(taken - stored)[:5]}"
    account.check_ledger()
