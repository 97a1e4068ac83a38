"""Reads what strace wrote of a server: which bytes were on disk when an answer left."""

import re
from dataclasses import dataclass

CALL = re.compile(r"^(?P<pid>\d+) +(?P<time>[\d.]+) (?P<rest>.*)$")
UNFINISHED = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^<\.\.\. (?P<name>\w+) resumed>(?P<arguments>.*) = (?P<result>-?\d+|\?).*$")
WHOLE = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+|\?).*$")

CALLS = "read,recvfrom,recvmsg,readv,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync"


@dataclass
class Call:
    name: str
    # What strace shows of the arguments; with -y a descriptor is followed by <its path>.
    arguments: str
    result: int
    # Positions in the trace: a call that began later than another ended did so in time, too.
    begins: int
    ends: int

    @property
    def succeeded(self):
        return self.result >= 0


def calls(lines):
    """The calls in the order in which they ended."""
    open_calls = {}
    for position, line in enumerate(lines):
        found = CALL.match(line.rstrip("\n"))
        if not found:
            continue
        pid, rest = found["pid"], found["rest"]
        if begun := UNFINISHED.match(rest):
            open_calls[pid, begun["name"]] = (position, begun["arguments"])
        elif (ended := RESUMED.match(rest)) and (pid, ended["name"]) in open_calls:
            begins, arguments = open_calls.pop((pid, ended["name"]))
            yield Call(ended["name"], arguments + ended["arguments"], _number(ended["result"]), begins, position)
        elif whole := WHOLE.match(rest):
            yield Call(whole["name"], whole["arguments"], _number(whole["result"]), position, position)


def _number(text):
    return -1 if text == "?" else int(text)


def promises(trace_calls, marks, log="puente.db-wal"):
    """For each mark (bytes that one webhook alone holds): whether it was written to the log of the database, that log
    was synced after the write had ended, and the answer to it began after the sync had ended.

    The answer to a webhook is the first 200 on the connection that its body came by: others are answered meanwhile."""
    trace_calls = list(trace_calls)
    verdicts = {}
    for mark in marks:
        written = next((call for call in trace_calls if _writes(call) and log in call.arguments and mark in call.arguments), None)
        if written is None:
            verdicts[mark] = "never written to the log"
            continue
        synced = next(
            (
                call
                for call in trace_calls
                if call.name in ("fsync", "fdatasync")
                and log in call.arguments
                and call.succeeded
                and call.begins >= written.ends
            ),
            None,
        )
        received = next((call for call in trace_calls if _reads(call) and mark in call.arguments), None)
        answered = received and next(
            (
                call
                for call in trace_calls
                if _writes(call)
                and "200 OK" in call.arguments
                and call.begins > received.begins
                and _socket(call) == _socket(received)
            ),
            None,
        )
        if answered is None:
            verdicts[mark] = "never answered"
        elif synced is None or synced.ends > answered.begins:
            verdicts[mark] = "answered before the log was synced"
        else:
            verdicts[mark] = "kept"
    return verdicts


def _reads(call):
    return call.name in ("read", "recvfrom", "recvmsg", "readv") and _socket(call) is not None


def _socket(call):
    found = re.search(r"<(socket|TCP[^:]*):\[([^\]]+)\]>", call.arguments)
    return found and found[2]


def _writes(call):
    return call.name in ("write", "writev", "sendto", "sendmsg", "pwrite64", "pwritev")
