"""The reference library of Standard Webhooks signs for the own system and verifies what it sends."""

import json
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

OWN_SECRET = "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA=="


def post(base_url, event, id="msg_1", at=None, secret=OWN_SECRET):
    body = json.dumps(event)
    at = at or datetime.now(timezone.utc)
    signature = Webhook(secret).sign(msg_id=id, timestamp=at, data=body)
    headers = {
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
        "content-type": "application/json",
    }
    return httpx.post(base_url + "/own", content=body, headers=headers, timeout=20)


def test_signed_events_are_taken_once(base_url, sandbox):
    event = {"id": "evt_1", "type": "message.received", "timestamp": "2026-11-20T09:30:00Z", "data": {"id": "M1"}}

    assert [post(base_url, event).status_code for _ in range(2)] == [200, 200]

    activities = sandbox.get("/sandbox/crm/own/activities").json()["data"]
    assert [(one["id"], one["recordings"], one["repetitions"]) for one in activities] == [("M1", 1, 1)]


def test_wrong_and_old_signatures_are_refused(base_url, sandbox):
    event = {"type": "message.received", "data": {"id": "M1"}}
    old = datetime.now(timezone.utc) - timedelta(minutes=6)

    assert post(base_url, event, secret="whsec_" + "AAAA" * 8).status_code == 401
    assert post(base_url, event, at=old).status_code == 401
    assert sandbox.get("/sandbox/crm/own/activities").json()["data"] == []


def test_commands_of_the_own_system_verify(sandbox, receiver):
    sandbox.put("/sandbox/callbacks", json={"own": receiver.url + "/webhooks/crm/own"})

    sandbox.post(
        "/sandbox/crm/own/commands",
        json={"type": "message.send", "data": {"to": "+34600111222", "text": "¿Seguimos?"}},
    ).raise_for_status()

    got = receiver.next()
    headers = {name.lower(): value for name, value in got.headers.items()}
    event = Webhook(OWN_SECRET).verify(got.body, headers)
    assert event["data"]["text"] == "¿Seguimos?"
    with pytest.raises(WebhookVerificationError):
        Webhook(OWN_SECRET).verify(got.body + b" ", headers)
