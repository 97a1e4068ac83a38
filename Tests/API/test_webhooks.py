"""The reference library of Standard Webhooks verifies what subscribers are told."""

import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from conftest import PHONES, environment


@pytest.fixture
def receiver():
    got = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            got.put(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got
    server.shutdown()


def subscribe(api, url, event):
    answer = api.post("/api/v1/webhook-endpoints", json={"url": url, "event": event})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_what_a_customer_writes_is_told_and_verifies(api, known, receiver):
    url, got = receiver
    made = subscribe(api, url, "message.received")
    try:
        with httpx.Client(base_url=environment("PUENTE_SANDBOX_URL"), timeout=20) as sandbox:
            text = {"text": "¿Está listo?"}
            sandbox.post(f"/sandbox/customers/{PHONES[0]}/messages", json=text).raise_for_status()

        headers, body = got.get(timeout=20)
        event = Webhook(made["secret"]).verify(body, headers)
        while event["data"]["text"] != "¿Está listo?":  # simulated customers write, too
            headers, body = got.get(timeout=20)
            event = Webhook(made["secret"]).verify(body, headers)

        assert event["type"] == "message.received"
        assert event["id"] == headers["webhook-id"]
        with pytest.raises(WebhookVerificationError):
            Webhook(made["secret"]).verify(body + b" ", headers)
    finally:
        assert api.delete(f"/api/v1/webhook-endpoints/{made['id']}").status_code == 204


def test_both_secrets_verify_while_one_takes_over(api, receiver):
    url, got = receiver
    made = subscribe(api, url, "contact.created")
    path = f"/api/v1/webhook-endpoints/{made['id']}"
    rotated = api.post(f"{path}/secret-rotations", json={"overlap": 3_600_000}).json()
    assert rotated["secret"] != made["secret"]

    api.post(f"{path}/tests").raise_for_status()

    headers, body = got.get(timeout=20)
    for secret in (made["secret"], rotated["secret"]):
        assert Webhook(secret).verify(body, headers)["type"] == "webhook.test"
    assert api.delete(path).status_code == 204


def test_a_sample_has_the_shape_of_what_is_told(api, known):
    events = api.get("/api/v1/events", params={"type": "message.received", "limit": 1}).json()["data"]
    assert set(events[0]) == {"id", "type", "timestamp", "data"}
    assert events[0]["data"]["contact_phone"].startswith("+")
