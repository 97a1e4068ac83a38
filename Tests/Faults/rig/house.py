"""An installation to which many files are brought, by a program and by a person."""

import re

from . import forms
from .books import SQLiteBooks
from .console import Console
from .imports import Imports
from .installation import Installation

PASSWORD = "correct horse battery"
LANGUAGES = ("en", "es")
# What a file of many gigabytes, or one of five megabytes in a single cell, may cost at most while it is looked at.
GROWS_AT_MOST = 128 << 20


class House:
    """What is asked of it by whoever brings a file; no file may harm it."""

    def __init__(self, folder, seed):
        self.puente = Installation(folder, SQLiteBooks(folder), seed)
        server = self.puente.add_server()
        self.puente.sandbox.call_back(server)
        adding = ("user", "add", "ana@example.com", "--role", "admin", "--password-file", "-")
        added = self.puente.command(*adding, text=PASSWORD + "\n")
        assert added.returncode == 0, added.stderr
        server.start()
        self.console = Console(server)
        assert self.console.sign_in("ana@example.com", PASSWORD)
        self.api = Imports(server)

    def close(self):
        self.api.close()
        self.console.close()
        self.puente.close()

    # What a program is told

    def told_by_api(self, name, content):
        """Why the list is not taken, by language: the answer says it, or the import that it became."""
        answers = [self.api.upload(name, content, LANGUAGES[0])]
        if answers[0].status_code == 201:
            identifier = answers[0].json()["id"]
            assert self.api.rest(identifier)["state"] == "failed"
            return [self.api.found(identifier, language)["failure"] for language in LANGUAGES]
        answers += [self.api.upload(name, content, language) for language in LANGUAGES[1:]]
        for answer in answers:
            assert answer.status_code in (413, 422), answer.text
            assert answer.headers["Content-Type"].startswith("application/problem+json")
        return [answer.json()["detail"] for answer in answers]

    # What a person sees

    def bring(self, name, content, language):
        """The page after the upload, or after the check that a person would ask for."""
        self.console.reads(language)
        page = self.console.get("/imports/new")
        answer = self.console.post("/imports", page, upload=(name, content), region="ES", text="")
        if answer.status_code != 303:
            return answer
        path = answer.headers["Location"]
        page = self.console.get(path)
        begun = self.console.send(page, f"{path}/checks")
        assert begun.status_code == 303, forms.sentences(begun.text)
        self.api.rest(path.rsplit("/", 1)[1])
        return self.console.get(path)

    def read(self, path, language):
        self.console.reads(language)
        page = self.console.get(path)
        assert page.status_code == 200
        return page.text

    def told_by_console(self, name, content):
        """The sentence on the page, by language."""
        page = self.bring(name, content, LANGUAGES[0])
        if page.status_code == 200:
            pages = [self.read(page.request.url.path, language) for language in LANGUAGES]
        else:
            others = [self.bring(name, content, language) for language in LANGUAGES[1:]]
            assert all(answer.status_code in (413, 422) for answer in [page, *others])
            pages = [answer.text for answer in [page, *others]]
        sentences = [forms.sentences(text) for text in pages]
        assert all(len(found) == 1 for found in sentences), sentences
        return [sentence for (sentence,) in sentences]

    def forget(self):
        """Ends the imports that wait for somebody."""
        for found in self.api.get("/imports", limit=100)["data"]:
            if found["state"] in ("uploaded", "checked"):
                self.api.step(found["id"], "cancellations")


def dashed(what):
    """What failed is run again by its name, in which a blank would be its end."""
    return what.replace(" ", "-")


def mark(request):
    """Names the webhooks of one test."""
    return re.sub(r"\W", "", request.node.name)
