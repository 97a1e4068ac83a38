"""Certificates as certbot keeps them: numbered files in an archive, and links that name the newest."""

import pathlib
import ssl
import subprocess


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, stdin=subprocess.DEVNULL)


def new_key(path, subject, *more):
    """A private key, and what is asked for or signed with it."""
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    openssl("req", *curve, "-nodes", "-keyout", path, "-subj", subject, *more)


class Authority:
    """An authority that the tests alone trust, and the certificates it gave to this machine."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "tls"
        self.archive = self.folder / "archive"
        self.archive.mkdir(parents=True)
        self.root = self.folder / "root.pem"
        self.key = self.folder / "root.key"
        self.chain = self.folder / "fullchain.pem"
        self.private_key = self.folder / "privkey.pem"
        self.issued = 0
        new_key(
            self.key, "/CN=The tests", "-x509", "-days", "30", "-out", self.root,
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
        )  # fmt: skip

    def issue(self, days=90):
        """Another certificate for 127.0.0.1 with a key of its own, in the archive. Gives its number."""
        self.issued += 1
        number = self.issued
        names = self.folder / "names"
        names.write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
        request = self.folder / "request.pem"
        new_key(self.archive / f"privkey{number}.pem", "/CN=Puente", "-out", request)
        openssl(
            "x509", "-req", "-in", request, "-CA", self.root, "-CAkey", self.key, "-set_serial", 1000 + number,
            "-days", days, "-extfile", names, "-out", self.archive / f"fullchain{number}.pem",
        )  # fmt: skip
        return number

    def name_chain(self, number):
        self._name(self.chain, f"fullchain{number}.pem")

    def name_key(self, number):
        self._name(self.private_key, f"privkey{number}.pem")

    def renew(self):
        """As certbot does it. Gives the serial number that connections show from then on."""
        number = self.issue()
        self.name_key(number)
        self.name_chain(number)
        return 1000 + number

    def _name(self, link, name):
        fresh = link.with_suffix(".new")
        fresh.symlink_to(self.archive / name)
        fresh.rename(link)

    def client(self):
        """A client that trusts this authority and nobody else."""
        return ssl.create_default_context(cafile=self.root)


def serial(connection):
    """The serial number of the certificate that a TLS connection was begun with."""
    return int(connection.getpeercert()["serialNumber"], 16)
