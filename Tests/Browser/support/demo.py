"""`puente demo`: everything in one process."""

import re
import tempfile

from .children import Child, free_port
from .installation import Person, wait_for
from .waiting import until


class Demo:
    def __init__(self, customers=4):
        self.customers = customers

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="puente-demo-")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.child = Child(
            self.folder.name, "demo", "demo", "--port", str(port), "--sandbox-port", str(free_port()),
            "--customers", str(self.customers),
        )
        try:
            wait_for(self.url, self.child)
            self.person = until("the demo tells its sign-in", self._person)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.child.end()
        self.folder.cleanup()

    def _person(self):
        said = self.child.said()
        email, password = re.search(r"E-mail\s+(\S+)", said), re.search(r"Password\s+(\S+)", said)
        return email and password and Person(email[1], "Ana", password[1])
