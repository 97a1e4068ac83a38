"""`puente serve` as a child process, and what can be asked of it from outside."""

import json
import os
import pathlib
import signal
import subprocess
import time

import httpx

from . import children

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(os.environ.get("PUENTE_PROGRAM") or ROOT / ".build/debug/puente")

# What tells webhooks of CRMs that do not sign them from others'.
WEBHOOK_SECRET = "sandbox-webhook-secret"
OWN_SECRET = "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA=="
APP_SECRET = "sandbox-secret"
NUMBER_ID = "106540352242922"
WABA_ID = "102290129340398"
COMPANY = "Ejemplo S.A."
DISPLAY_NUMBER = "+15550783881"
API_KEY = "pk_tests_3vQ9xkT2mB7rW1zL"


def configuration(*, port, sandbox, database, folder, node=None):
    """A configuration that fits the sandbox's defaults, with two CRMs: HubSpot and an own system."""
    return {
        "server": {"port": port, "public_url": f"http://127.0.0.1:{port}"},
        "database": {"url": database},
        "media": {"folder": f"{folder}/media"},
        "secrets": {"key_file": f"{folder}/puente.key"},
        "workspace": {"name": COMPANY, "region": "ES", "language": "es"},
        "whatsapp": {
            "graph_url": sandbox,
            "uncertain_after": "1m",
            "apps": {
                "main": {"app_id": "670843887433847", "app_secret": APP_SECRET, "verify_token": "sandbox-verify"}
            },
            "numbers": {
                "main": {
                    "app": "main",
                    "phone_number_id": NUMBER_ID,
                    "waba_id": WABA_ID,
                    "portfolio_id": "506914307656634",
                    "display_number": DISPLAY_NUMBER,
                    "access_token": "sandbox-token",
                }
            },
        },
        "crm": {
            "hubspot": {
                "kind": "hubspot",
                "base_url": f"{sandbox}/hubspot",
                "token": "sandbox-token",
                "client_secret": "sandbox-secret",
                "app_id": "54321",
            },
            "own": {"kind": "own", "base_url": f"{sandbox}/own", "secret": OWN_SECRET},
        },
        "api_keys": {"tests": {"key": API_KEY, "scopes": "read write admin", "tier": "enterprise"}},
        "node": {"name": node or f"127.0.0.1:{port}"},
    }


def write_yaml(value, path):
    def lines(mapping, indent):
        for key, item in mapping.items():
            if isinstance(item, dict):
                yield f"{indent}{key}:"
                yield from lines(item, indent + "  ")
            else:
                yield f"{indent}{key}: {json.dumps(item)}"

    pathlib.Path(path).write_text("\n".join(lines(value, "")) + "\n")


def command(*arguments, environment=None, patience=60, text="", wrapper=()):
    """Runs another command of the program to its end."""
    return subprocess.run(
        [*wrapper, str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        text=True,
        input=text,
        timeout=patience,
        env={**os.environ, "LANG": "C.UTF-8", **(environment or {})},
    )


class Server:
    """One server; it may be killed and started again as often as wanted."""

    def __init__(self, settings, folder, name="server", wrapper=(), client=None):
        self.settings = settings
        self.url = settings["server"]["public_url"]
        self.path = pathlib.Path(folder) / f"{name}.yaml"
        self.log_path = pathlib.Path(folder) / f"{name}.log"
        self.wrapper = wrapper
        # Whom one who calls it by https trusts: an `ssl.SSLContext`.
        self.client = client
        self.process = None
        # A crash is over at once: the tests make it, so nobody needs to see where it was.
        self.environment = {"SWIFT_BACKTRACE": "enable=no"}
        # How long each start took until it was ready, in seconds.
        self.starts = []
        write_yaml(settings, self.path)

    def launch(self):
        with open(self.log_path, "ab") as log:
            self.process = children.start(
                [*self.wrapper, PROGRAM, "serve", "--config", self.path],
                log=log,
                env={**os.environ, "LANG": "C.UTF-8", **self.environment},
            )
        return self

    def start(self, patience=60):
        began = time.monotonic()
        self.launch()
        self.wait_until_ready(patience)
        self.starts.append(time.monotonic() - began)
        return self

    def wait_until_ready(self, patience=60):
        def is_ready():
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.log[-3000:]}"
            return self.ready() == 200

        children.until("the server is ready", is_ready, patience, pause=0.01)

    def ready(self):
        """The status of /health/ready; None while nobody listens."""
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5, verify=self.client or True).status_code
        except httpx.TransportError:
            return None

    def kill(self):
        """As the system would for want of memory: at once, in the middle of everything."""
        children.end(self.process, signal.SIGKILL)

    def stop(self):
        """In good order."""
        return children.end(self.process, signal.SIGTERM, patience=40)

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    @property
    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def close(self):
        if self.process:
            children.end(self.process)
