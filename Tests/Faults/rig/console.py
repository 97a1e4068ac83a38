"""The console as a browser without scripts sees it."""

import re

import httpx

from . import forms


class Console:
    """Signed in, with the pages that were seen on the way. Close it when done."""

    def __init__(self, server):
        self.browser = httpx.Client(base_url=server.url, timeout=20)
        self.origin = server.url
        # Every answer, without the cookies that it sets: those are for the browser alone.
        self.answers = []

    def get(self, path):
        return self._keep(self.browser.get(path))

    def post(self, path, page, *, upload=None, **form):
        """Sends a form of that page; `upload` is the name and the bytes of a file."""
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert found, page.text[:500]
        answer = self.browser.post(
            path,
            data={**form, "csrf": found[1]},
            files={"file": upload} if upload else None,
            headers={"Origin": self.origin},
        )
        return self._keep(answer)

    def send(self, page, action):
        """Sends the form that goes there, as the page has filled it in."""
        return self.post(action, page, **forms.fields(page.text, action))

    def reads(self, language):
        """From now on in this language."""
        self.browser.cookies.set("puente_language", language)

    @classmethod
    def of(cls, puente, password="correct horse battery"):
        """At the first server, which starts anew for it: as a person who may do everything."""
        puente.server.stop()
        added = puente.command("user", "add", "ana@example.com", "--password-file", "-", text=password + "\n")
        assert added.returncode == 0, added.stdout + added.stderr
        puente.server.start()
        console = cls(puente.server)
        assert console.sign_in("ana@example.com", password)
        return console

    def sign_in(self, email, password):
        """Whether the door opened."""
        entered = self.post("/sign-in", self.get("/sign-in"), email=email, password=password, next="/")
        return entered.status_code == 303

    @property
    def secrets(self):
        """What the browser was given and nobody else may find: not the door's word, which is in its form."""
        return {
            f"cookie {name}": value
            for name, value in self.browser.cookies.items()
            if len(value) > 20 and "door" not in name
        }

    def _keep(self, answer):
        headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
        self.answers.append(f"{answer.status_code} {headers} {answer.text}")
        return answer

    def close(self):
        self.browser.close()
