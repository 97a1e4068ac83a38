"""Every operation of the document, driven by schemathesis: no server errors, and each answer as the document says.

What the schema allows may still be refused, since the rules of WhatsApp and the state of things have a say; what it does
not allow must be refused.
"""

import random
import uuid

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation

from conftest import environment

CONFIG = schemathesis.Config.from_dict(
    {
        # A little below what the demo's key may do.
        "rate-limit": "1400/m",
        # Not as a header: that would also stand in for the keys that must be refused.
        "auth": {"openapi": {"key": {"bearer": environment("PUENTE_API_KEY")}}},
        "generation": {"max-examples": 12, "allow-x00": False},
        "checks": {"positive_data_acceptance": {"enabled": False}},
    }
)
SCHEMA = schemathesis.openapi.from_url(environment("PUENTE_URL") + "/api/openapi.yaml", config=CONFIG)
QUIET = settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def mend(case, known):
    """A fresh key for each call, no made-up cursor, and in every second call the id of something that is there."""
    if not case.meta.is_negative_at(ParameterLocation.HEADER):
        case.headers = {**(case.headers or {}), "Idempotency-Key": str(uuid.uuid4())}
    if case.query and not case.meta.is_negative_at(ParameterLocation.QUERY):
        case.query = {name: value for name, value in case.query.items() if name != "cursor"}
    if case.path_parameters and not case.meta.is_negative_at(ParameterLocation.PATH):
        for name in case.path_parameters:
            if known.get(name) and random.random() < 0.5:
                case.path_parameters[name] = random.choice(known[name])
    if isinstance(case.body, dict) and not case.meta.is_negative_at(ParameterLocation.BODY):
        target = case.body.get("to")
        for name in ("contact", "conversation"):
            if isinstance(target, dict) and name in target:
                target[name] = random.choice(known[name])
        if "contact" in case.body:
            case.body["contact"] = random.choice(known["contact"])
        if "staff" in case.body and known["staff"]:
            case.body["staff"] = random.choice(known["staff"])


@SCHEMA.parametrize()
@QUIET
def test_operation(case, known):
    mend(case, known)
    case.call_and_validate()


def test_every_operation_is_driven():
    described = [
        (path, method)
        for path, item in SCHEMA.raw_schema["paths"].items()
        for method in item
        if method in {"get", "put", "post", "patch", "delete"}
    ]
    assert len(described) == len(list(SCHEMA.get_all_operations())) >= 30


def test_what_was_sent_can_be_followed(api, known):
    body = {
        "to": {"conversation": known["conversation"][0]},
        "content": {"type": "text", "body": "Gracias por escribirnos."},
    }
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = api.post("/api/v1/messages", json=body, headers=key)
    again = api.post("/api/v1/messages", json=body, headers=key)
    assert first.status_code == 202, first.text
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    message = api.get(first.headers["Location"])
    assert message.status_code == 200
    # The first message of a service window ends with a line that names the company.
    assert message.json()["content"]["body"].split("\n")[0] == body["content"]["body"]
    assert [entry["event"] for entry in message.json()["trail"]][:2] == ["received", "stored"]


def test_a_list_is_read_to_its_end(api, known):
    seen, path = [], "/api/v1/messages?limit=1&direction=inbound"
    for _ in range(50):
        page = api.get(path)
        assert page.status_code == 200, page.text
        seen += [message["id"] for message in page.json()["data"]]
        if "next" not in page.links:
            break
        path = page.links["next"]["url"]
    assert len(seen) == len(set(seen)) >= len(known["contact"][:2])


@pytest.mark.parametrize("path", ["/metrics", "/health/live", "/health/ready", "/api/openapi.yaml"])
def test_what_needs_no_key(path):
    import httpx

    assert httpx.get(environment("PUENTE_URL") + path, timeout=20).status_code == 200
