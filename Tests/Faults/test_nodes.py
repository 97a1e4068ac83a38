"""Two servers on one PostgreSQL: one dies, one hangs; the other goes on, and nothing happens twice."""

import time

from conftest import IS_TORTURE
from rig import children
from rig.account import Account
from rig.load import Load
from test_kills import LOST_ANSWERS, PHONES

LANES_HELD = """
    SELECT COUNT(*) FROM lane l JOIN node n ON n.number = l.node WHERE l.is_enabled = 1 AND n.name = '{}'
"""
LANES = "SELECT COUNT(*) FROM lane WHERE is_enabled = 1"
ALIVE = """
    SELECT COUNT(*) FROM node
    WHERE name = '{}' AND is_leaving = 0 AND lease_until > EXTRACT(EPOCH FROM clock_timestamp()) * 1000
"""


def two_servers(make):
    """Both ready, and every lane with one of them. Which one is drawn anew with each node and lane: one may have none."""
    puente = make("postgres")
    first = puente.serve()
    second = puente.add_server(adjust=lambda settings: settings["node"].update(name="second")).start()

    children.until("both are there", lambda: is_alive(puente, first) and is_alive(puente, second))
    children.until("every lane is held", lambda: is_all_held(puente, first, second))
    return puente, first, second


def is_alive(puente, server):
    return puente.count(ALIVE.format(server.settings["node"]["name"])) > 0


def is_all_held(puente, *servers):
    return sum(held(puente, server) for server in servers) == puente.count(LANES)


def held(puente, server):
    return puente.count(LANES_HELD.format(server.settings["node"]["name"]))


def owner_of_the_numbers_lane(puente, *servers):
    name = puente.books.rows("SELECT n.name FROM lane l JOIN node n ON n.number = l.node WHERE l.id LIKE 'number:%'")
    return next(server for server in servers if (server.settings["node"]["name"],) in name)


def takeover(puente, survivor, what):
    """Seconds until the survivor has every lane."""
    began = time.monotonic()
    children.until(what, lambda: held(puente, survivor) == puente.count(LANES), patience=30, pause=0.02)
    return time.monotonic() - began


def test_when_a_server_is_killed_the_other_takes_its_lanes_over(make, seed):
    puente, first, second = two_servers(make)
    puente.greet(*PHONES[:20])
    puente.sandbox.faults(*LOST_ANSWERS)
    victim = owner_of_the_numbers_lane(puente, first, second)
    survivor = second if victim is first else first
    puente.sandbox.call_back(survivor)
    loads = [Load(server.url, PHONES[:20], f"{seed}.{number}") for number, server in enumerate((victim, survivor))]
    for load in loads:
        load.start()
    time.sleep(1.5)

    victim.kill()
    seconds = takeover(puente, survivor, "the other has all lanes")
    print(f"taken over after {seconds:.2f} s")

    time.sleep(1)
    victim.start()
    for load in loads:
        load.finish()
    puente.sandbox.faults()
    Account(puente).check(together(loads))
    if IS_TORTURE:
        assert seconds < 5


def test_a_server_that_hangs_and_comes_back_does_nothing_twice(make, seed):
    puente, first, second = two_servers(make)
    puente.greet(*PHONES[:20])
    puente.sandbox.faults(*LOST_ANSWERS)
    victim = owner_of_the_numbers_lane(puente, first, second)
    survivor = second if victim is first else first
    puente.sandbox.call_back(survivor)
    loads = [Load(server.url, PHONES[:20], f"{seed}.{number}") for number, server in enumerate((victim, survivor))]
    for load in loads:
        load.start()
    time.sleep(1.5)

    victim.freeze()
    frozen = time.monotonic()
    seconds = takeover(puente, survivor, "the other has all lanes")
    print(f"taken over after {seconds:.2f} s")
    time.sleep(max(0, 10 - (time.monotonic() - frozen)))
    victim.thaw()
    time.sleep(2)

    for load in loads:
        load.finish()
    assert victim.process.poll() is None, "the server that hung ended"
    puente.sandbox.faults()
    Account(puente).check(together(loads))
    children.until("it is one of the nodes again", lambda: is_alive(puente, victim))
    children.until("every lane is held", lambda: is_all_held(puente, victim, survivor))
    if IS_TORTURE:
        assert seconds < 5


def together(loads):
    """Both loads as one, for the account."""
    for load in loads[1:]:
        loads[0].posted += load.posted
    return loads[0]
