"""Looks into an installation's database from outside, while the server runs. Reads only."""

import pathlib
import sqlite3
import subprocess


class SQLiteBooks:
    engine = "sqlite"

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "puente.db"
        self.url = f"sqlite:{self.path}"

    def rows(self, sql):
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def close(self):
        pass


class PostgresBooks:
    engine = "postgres"

    def __init__(self, cluster, name):
        self.cluster = cluster
        self.name = name
        self.url = f"postgresql://puente@/{name}?host={cluster.folder}"
        cluster.sql(f"CREATE DATABASE {name}")

    def rows(self, sql):
        return [
            tuple(self._value(field) for field in line.split("\x1f"))
            for line in self.cluster.sql(sql, self.name).splitlines()
            if line
        ]

    @staticmethod
    def _value(field):
        if field == "\x01":
            return None
        return int(field) if field.lstrip("-").isdigit() else field

    def close(self):
        if self.cluster.is_running:
            self.cluster.sql(f"DROP DATABASE {self.name} WITH (FORCE)")


def one(books, sql):
    """The only value of a query."""
    return books.rows(sql)[0][0]


def psql(folder, database, sql, binaries):
    done = subprocess.run(
        [
            f"{binaries}/psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-P", "null=\x01", "-v", "ON_ERROR_STOP=1",
            "-h", folder, "-U", "puente", "-d", database, "-c", sql,
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
