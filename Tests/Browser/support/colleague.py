"""Another person who uses the console at the same time."""

import html
import re

import httpx


class Colleague:
    def __init__(self, url, person):
        self.http = httpx.Client(base_url=url, timeout=20, follow_redirects=True)
        self._post("/sign-in", self._token("/sign-in"), email=person.email, password=person.password)

    def takes_over(self, path):
        self._post(f"{path}/owner", self._token(path), owner="reader", expected=self._field(path, "expected"))

    def renames(self, path, name):
        """Saves the details of a contact, as its page shows them now but for the name."""
        page = self.http.get(path).text
        shown = {field: html.unescape(value) for field, value in re.findall(r'name="(was\.\w+)" value="([^"]*)"', page)}
        typed = {"name": name, "language": shown["was.language"], "note": shown["was.note"]}
        self._post(f"{path}/edits", self._token(path), **shown, **typed)

    def _post(self, path, token, **fields):
        answer = self.http.post(path, data={"csrf": token, **fields})
        assert answer.status_code == 200, f"{path}: {answer.status_code}"

    def _token(self, path):
        return self._field(path, "csrf")

    def _field(self, path, name):
        page = self.http.get(path).text
        return re.search(rf'name="{name}" value="([^"]*)"', page)[1]
