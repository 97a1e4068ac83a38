"""A whole installation: sandbox, database, and one server or more."""

from . import children, meta
from .books import one
from .sandbox import Sandbox, written
from .server import Server, command, configuration

CUSTOMER = "34600111222"


class Installation:
    def __init__(self, folder, books, seed):
        self.folder = folder
        self.books = books
        self.seed = seed
        self.sandbox = Sandbox(folder, seed)
        self.servers = []
        self.posters = []
        # What other commands of the program are run in: where the database's disk is.
        self.place = ()

    # What it consists of

    def add_server(self, adjust=None, wrapper=(), client=None):
        """Another server on the same database; it is not started yet."""
        name = f"server{len(self.servers) + 1}"
        settings = configuration(
            port=children.free_port(), sandbox=self.sandbox.url, database=self.books.url, folder=self.folder
        )
        if adjust:
            adjust(settings)
        server = Server(settings, self.folder, name, wrapper, client)
        self.servers.append(server)
        return server

    def serve(self, adjust=None, wrapper=(), client=None):
        """A server that is ready, to which the sandbox's webhooks go."""
        server = self.add_server(adjust, wrapper, client)
        self.sandbox.call_back(server)
        return server.start()

    @property
    def server(self):
        return self.servers[0]

    def poster(self, server=None):
        server = server or self.server
        poster = meta.Poster(server.url, client=server.client)
        self.posters.append(poster)
        return poster

    def close(self):
        for poster in self.posters:
            poster.close()
        for server in self.servers:
            server.close()
        self.sandbox.close()
        self.books.close()

    # What one asks of it

    def count(self, sql):
        return one(self.books, sql)

    def until(self, what, sql, expected=1, patience=30):
        """Waits until the query gives what is expected."""
        seen = []

        def is_so():
            seen[:] = [self.count(sql)]
            return seen[0] == expected

        try:
            children.until(what, is_so, patience)
        except AssertionError as error:
            raise AssertionError(f"{error} (expected {expected}, is {seen[0]})") from None

    def greet(self, *phones):
        """Customers write, so that the company may answer, and the CRMs know them."""
        phones = phones or (CUSTOMER,)
        before = self.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'")
        for phone in phones:
            self.sandbox.customer(phone, f"Hola, soy {phone}")
        self.until(
            "the greetings are recorded in both CRMs",
            "SELECT COUNT(*) FROM activity WHERE state = 'recorded'",
            before + 2 * len(phones),
            # HubSpot allows five searches a second, and a contact is looked for before it is made.
            patience=60 + 2 * len(phones),
        )

    def send(self, text, phone=CUSTOMER, event_id=None):
        """The own system has a message sent; taken on when this returns."""
        status, answer = self.poster().own(meta.command(phone, text), event_id or f"cmd-{text}")
        assert status == 200, (status, answer)

    def sent(self, text):
        """The messages with this text that reached Meta."""
        return [item for item in self.sandbox.messages() if written(item) == text]

    def command(self, *arguments, **options):
        """Another command of the program, with this installation's configuration."""
        return command(*arguments, "--config", self.server.path, wrapper=self.place, **options)
