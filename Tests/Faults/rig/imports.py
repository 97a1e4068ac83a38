"""Lists of contacts as a program brings them: through the JSON API."""

import httpx

from . import children
from .server import API_KEY

RUNNING = ("checking", "importing")


class Imports:
    def __init__(self, server):
        self.server = server
        self.http = httpx.Client(
            base_url=f"{server.url}/api/v1", headers={"Authorization": f"Bearer {API_KEY}"}, timeout=60
        )

    def upload(self, name, content, language="en", **query):
        """The answer: what is recognised is checked at once."""
        return self.http.post(
            "/imports",
            params={"filename": name, **query},
            content=content,
            headers={"Content-Type": "application/octet-stream", "Accept-Language": language},
        )

    def check(self, content, name="clientes.csv", **query):
        """Uploaded, and its check is under way. Gives its id."""
        answer = self.upload(name, content, **query)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def get(self, path, language="en", **query):
        answer = self.http.get(path, params=query, headers={"Accept-Language": language})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def found(self, identifier, language="en"):
        return self.get(f"/imports/{identifier}", language)

    def step(self, identifier, step):
        answer = self.http.post(f"/imports/{identifier}/{step}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rest(self, identifier, language="en", patience=60):
        """The import, once nothing is done to it."""

        def is_at_rest():
            found = self.found(identifier, language)
            return found["state"] not in RUNNING and found["undo"]["state"] != "running" and found

        return children.until("the import is at rest", is_at_rest, patience)

    def close(self):
        self.http.close()
