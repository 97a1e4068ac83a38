"""An installation of its own: sandbox, server and people, in a temporary folder."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import httpx

from .children import PROGRAM, Child, free_port
from .sandbox import Sandbox
from .waiting import until

CONFIGURATION = """
server: {{ host: 127.0.0.1, port: {port}, public_url: "http://127.0.0.1:{port}" }}
database: {{ url: "sqlite:puente.db" }}
media: {{ folder: media }}
outbound: {{ private_hosts: "127.0.0.1" }}
secrets: {{ key_file: puente.key }}
workspace: {{ name: "Ejemplo S.A.", region: MX, language: en }}
whatsapp:
  graph_url: "{sandbox}"
  apps:
    main: {{ app_id: "670843887433847", app_secret: sandbox-secret, verify_token: sandbox-verify }}
  numbers:
    main:
      app: main
      phone_number_id: "106540352242922"
      waba_id: "102290129340398"
      display_number: "+15550783881"
      access_token: sandbox-token
crm:
  hubspot: {{ kind: hubspot, base_url: "{sandbox}/hubspot", token: sandbox-token }}
logging: {{ level: warning }}
"""


@dataclass
class Person:
    email: str
    name: str
    password: str


ANA = Person("ana@example.com", "Ana Pérez", "cuarenta-y-dos-puentes")
BERTA = Person("berta@example.com", "Berta Ruiz", "otra-clave-muy-larga")


class Installation:
    """Sandbox and server on free ports; everything goes when the block ends."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="puente-browser-")
        self.children = []
        try:
            self._start(Path(self.folder.name))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            child.end()
        self.folder.cleanup()

    def _start(self, folder):
        sandbox = self._child(folder, "sandbox", "sandbox", "--port", "0", "--no-vendor-limits")
        self.sandbox = Sandbox(until("the sandbox's address", lambda: sandbox.check_alive() and self._address(sandbox)))
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        configuration = folder / "puente.yaml"
        configuration.write_text(CONFIGURATION.format(port=port, sandbox=self.sandbox.url))
        for person in (ANA, BERTA):
            self._add(person, configuration)
        server = self._child(folder, "serve", "serve", "--config", str(configuration))
        wait_for(self.url, server)
        self.sandbox.calls(f"{self.url}/webhooks/whatsapp")

    def _child(self, folder, name, *arguments):
        child = Child(folder, name, *arguments)
        self.children.append(child)
        return child

    def _add(self, person, configuration):
        subprocess.run(
            [PROGRAM, "user", "add", person.email, "--name", person.name, "--role", "admin", "--password-file", "-"]
            + ["--config", str(configuration)],
            input=person.password + "\n", text=True, check=True, capture_output=True, timeout=60,
        )

    @staticmethod
    def _address(sandbox):
        for line in sandbox.said().splitlines():
            if line.startswith("sandbox: "):
                return line.removeprefix("sandbox: ").rstrip("/")
        return None


def wait_for(url, server):
    """Until the server says that it is ready."""

    def is_ready():
        server.check_alive()
        try:
            return httpx.get(f"{url}/health/ready", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    until("the server is ready", is_ready, within=60)
