"""kill -9 twice while a CRM's contacts are brought in: it goes on by itself, and in the end everybody is here once.

PUENTE_BACKFILL_PEOPLE sets how many there are (1,000), PUENTE_BACKFILL_CRM which of the simulators has them (hubspot,
salesforce, zoho, odoo). By hand, with 100,000 (`-s` shows the figures):

    PUENTE_BACKFILL_PEOPLE=100000 PUENTE_BACKFILL_CRM=zoho Tests/Faults/run -s Tests/Faults/test_backfill.py
"""

import os
import pathlib
import time

import httpx
import pytest
from conftest import ENGINES
from rig import children
from rig.server import API_KEY

PEOPLE = int(os.environ.get("PUENTE_BACKFILL_PEOPLE") or 1000)
CRM = os.environ.get("PUENTE_BACKFILL_CRM") or "hubspot"
PATIENCE = 120 + PEOPLE / 20
# What the tables say, however often it was killed.
MADE = "SELECT COUNT(*) FROM contact WHERE name LIKE 'Persona %'"
LINKED = "SELECT COUNT(DISTINCT remote_id) FROM remote_ref r JOIN contact c ON c.id = r.local_id WHERE c.name LIKE 'Persona %'"
PHONES = """
    SELECT COUNT(DISTINCT h.value) FROM handle h JOIN contact c ON c.id = h.contact_id
    WHERE c.name LIKE 'Persona %' AND h.kind = 'phone' AND h.valid_to IS NULL
"""
LEFT = "SELECT COUNT(*) FROM remote_ref WHERE local_id NOT IN (SELECT id FROM contact)"


def accounts(sandbox):
    """What the sandbox lets in."""
    return {
        "hubspot": {"token": "sandbox-token"},
        "salesforce": {"client_id": "sandbox-consumer-key", "client_secret": "sandbox-secret"},
        "zoho": {
            "client_id": "1000.SANDBOX",
            "client_secret": "sandbox-secret",
            "refresh_token": "sandbox-token",
            "accounts_url": f"{sandbox}/zoho",
        },
        "odoo": {"database": "sandbox", "username": "bridge@example.com", "token": "sandbox-token"},
    }[CRM]


def only(sandbox):
    """One CRM, so that its figures are its own."""

    def adjust(settings):
        settings["crm"] = {CRM: {"kind": CRM, "base_url": f"{sandbox}/{CRM}"} | accounts(sandbox)}

    return adjust


class Backfill:
    def __init__(self, server):
        self.http = httpx.Client(
            base_url=f"{server.url}/api/v1/connections/{CRM}",
            headers={"Authorization": f"Bearer {API_KEY}"},
            timeout=60,
        )

    def start(self, **choices):
        answer = self.http.post("/backfill", json=choices)
        assert answer.status_code == 201, answer.text

    def undo(self):
        answer = self.http.post("/backfill/undos")
        assert answer.status_code == 200, answer.text

    def now(self):
        answer = self.http.get("/backfill")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def close(self):
        self.http.close()


def peak_megabytes(process):
    lines = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backfill_that_is_killed_twice_brings_everybody_in_once_and_its_undo_takes_them_away(make, engine):
    puente = make(engine)
    seeded = puente.sandbox.http.post(f"/sandbox/crm/{CRM}/crowd", json={"count": PEOPLE}, timeout=600)
    assert seeded.status_code == 201, seeded.text
    server = puente.serve(only(puente.sandbox.url))
    backfill = Backfill(server)
    began = time.monotonic()
    backfill.start(make_contacts=True, label="Feria")

    peak = 0
    for share in (0.2, 0.6):
        children.until(
            f"{share:.0%} are here",
            lambda share=share: puente.count(MADE) >= PEOPLE * share,
            patience=PATIENCE,
            pause=0.01,
        )
        peak = max(peak, peak_megabytes(server.process))
        server.kill()
        server.start()
    done = children.until(
        "everybody is here", lambda: (now := backfill.now())["state"] == "done" and now, patience=PATIENCE, pause=0.2
    )
    took = time.monotonic() - began
    peak = max(peak, peak_megabytes(server.process))
    print(f"\n{CRM}, {engine}: {PEOPLE} contacts in {took:.1f} s, {PEOPLE / took:.0f} a second, {peak:.0f} MB at most")

    assert done["counts"]["made"] >= PEOPLE
    assert puente.count(MADE) == PEOPLE
    assert puente.count(LINKED) == PEOPLE
    assert puente.count(PHONES) == PEOPLE

    backfill.undo()
    children.until(
        "it is undone", lambda: backfill.now()["undo"]["state"] == "undone", patience=PATIENCE, pause=0.2
    )
    assert puente.count(MADE) == 0
    assert puente.count(LEFT) == 0
    backfill.close()
