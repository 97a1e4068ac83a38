"""Fixtures for clients that Puente's authors did not write, pointed at a running sandbox.

PUENTE_SANDBOX_URL names it, for example http://127.0.0.1:9090. Each test starts with an empty sandbox.
"""

import os
import queue
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from hubspot import HubSpot
from pywa import WhatsApp

PHONE = "34600111222"
NUMBER_ID = "106540352242922"
WABA_ID = "102290129340398"
APP_ID = "670843887433847"
TOKEN = "sandbox-token"
SECRET = "sandbox-secret"


@pytest.fixture(scope="session")
def base_url():
    url = os.environ.get("PUENTE_SANDBOX_URL")
    assert url, "PUENTE_SANDBOX_URL is not set: `make test` starts a sandbox and sets it."
    return url.rstrip("/")


@pytest.fixture
def sandbox(base_url):
    """The sandbox's own controls, after a fresh start without vendor limits."""
    with httpx.Client(base_url=base_url, timeout=20) as client:
        assert client.delete("/sandbox").status_code == 204
        client.put("/sandbox/callbacks", json={"whatsapp": [], "hubspot": [], "own": []}).raise_for_status()
        client.put("/sandbox/faults", json={"faults": [], "vendor_limits": False}).raise_for_status()
        delays = {"status_delays": {"sent": [0, 1], "delivered": [1, 2], "read": [1, 2]}, "read_share": 1}
        client.put("/sandbox/settings", json={**delays, "template_review_milliseconds": 0}).raise_for_status()
        yield client


@pytest.fixture
def customer(sandbox):
    """Lets a customer write; the answer tells the message's id and who they are."""

    def write(phone=PHONE, **message):
        answer = sandbox.post(f"/sandbox/customers/{phone}/messages", json=message or {"text": "Hola"})
        answer.raise_for_status()
        return answer.json()

    return write


@pytest.fixture
def wa(base_url, sandbox):
    with httpx.Client(timeout=20) as session:
        client = WhatsApp(
            phone_id=NUMBER_ID,
            token=TOKEN,
            waba_id=WABA_ID,
            app_id=APP_ID,
            app_secret=SECRET,
            verify_token="sandbox-verify",
            session=session,
            server=None,
        )
        session.base_url = base_url + "/v25.0"
        yield client


@pytest.fixture
def hubspot(base_url, sandbox):
    return HubSpot(access_token=TOKEN, host=base_url + "/hubspot")


@dataclass
class Post:
    path: str
    headers: dict
    body: bytes


class Receiver:
    """A web server on loopback that keeps what is posted to it."""

    def __init__(self):
        posts = self.posts = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                posts.put(Post(self.path, dict(self.headers.items()), body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self):
        return self.posts.get(timeout=20)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver(sandbox):
    receiver = Receiver()
    yield receiver
    sandbox.put("/sandbox/callbacks", json={"whatsapp": [], "hubspot": [], "own": []})
    receiver.close()
