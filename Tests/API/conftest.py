"""A running Puente with a sandbox behind it, some of whose customers have written."""

import os
import time

import httpx
import pytest

PHONES = ["5215550001111", "34600111222"]


def environment(name):
    value = os.environ.get(name)
    assert value, f"{name} is not set: Tests/API/run starts a server and sets it."
    return value.rstrip("/")


@pytest.fixture(scope="session")
def api():
    headers = {"Authorization": f"Bearer {environment('PUENTE_API_KEY')}"}
    with httpx.Client(base_url=environment("PUENTE_URL"), headers=headers, timeout=20) as client:
        yield client


@pytest.fixture(scope="session")
def known(api):
    """Ids of things that are there, by the name that paths give them: what is made up would mostly not be found."""
    with httpx.Client(base_url=environment("PUENTE_SANDBOX_URL"), timeout=20) as sandbox:
        for phone in PHONES:
            sandbox.post(f"/sandbox/customers/{phone}/messages", json={"text": "Hola"}).raise_for_status()
    for name in ("list.csv", "other.csv"):
        rows = "Nombre,Teléfono\nAna,+525550001111\nNadie,hola\n".encode()
        api.post("/api/v1/imports", params={"filename": name}, content=rows, headers={"Content-Type": "text/csv"}).raise_for_status()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = {name: ids(api, path) for name, path in LISTS.items()}
        if all(found[name] for name in ("message", "contact", "conversation", "template")):
            return found
        time.sleep(0.1)
    pytest.fail(f"nothing to read after 20 s: {found}")


LISTS = {
    "message": "/api/v1/messages",
    "contact": "/api/v1/contacts",
    "conversation": "/api/v1/conversations",
    "template": "/api/v1/templates",
    "staff": "/api/v1/staff",
    "change": "/api/v1/changes",
    "import": "/api/v1/imports",
    "connection": "/api/v1/connections",
}


def ids(api, path):
    answer = api.get(path)
    answer.raise_for_status()
    return [item["id"] for item in answer.json()["data"]]
