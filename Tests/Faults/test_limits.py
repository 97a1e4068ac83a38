"""How much a CRM is written to: a fifth of its rate is left to others, and a connection's tier holds minute by minute."""

import time

import pytest
from rig import children, crms, work

WRITTEN = "SELECT COUNT(*) FROM activity WHERE state = 'recorded'"
MESSAGES = "SELECT COUNT(*) FROM message"
# Of HubSpot's hundred calls in ten seconds, less those that were under way when that many were left.
RESERVE = 20 - 8
TIERS = {"standard": 300, "enterprise": 1500}


def with_hubspot(puente, **more):
    """What the configuration says of HubSpot, which is the only CRM."""

    def adjust(settings):
        settings["crm"] = {"hubspot": crms.HUBSPOT.configuration(puente.sandbox.url, **more)}

    return adjust


def test_a_fifth_of_hubspots_rate_is_left_to_others(make):
    puente = make()
    puente.serve(with_hubspot(puente, sweep_every="10s"))
    puente.sandbox.http.put("/sandbox/faults", json={"vendor_limits": {"hubspot": True}}).raise_for_status()

    # Nobody of them is known there: each is looked for, which is what HubSpot allows least of.
    for index in range(100):
        puente.sandbox.customer(f"346{index:08}", "Hola")
    puente.until("all are recorded", WRITTEN, 100, patience=180)

    counts = puente.sandbox.summary()["hubspot"]
    assert counts["least_calls_left"] >= RESERVE, counts
    assert "429" not in counts["answers"], counts
    assert counts["contacts"] == 100


@pytest.mark.parametrize(
    "tier", [pytest.param("standard", marks=pytest.mark.torture), pytest.param("enterprise", marks=pytest.mark.torture)]
)
def test_a_tier_holds_in_every_minute(make, tier):
    """Real time: what one minute allows, and a quarter more."""
    limit = TIERS[tier]
    puente = make()
    server = puente.serve(with_hubspot(puente, tier=tier))
    sandbox = puente.sandbox
    total = limit * 5 // 4
    load = {"rate": 100, "seconds": -(-total // 100), "contacts": 40}
    sandbox.http.post("/sandbox/load", json=load).raise_for_status()

    seen = []

    def is_done():
        writes = sandbox.contact_writes("hubspot")
        written = activities_of(sandbox) + writes["created"] + writes["updated"]
        seen.append((time.monotonic(), written))
        return puente.count(MESSAGES) >= total and puente.count(work.JOBS_OPEN) == 0

    children.until("all of it is written", is_done, patience=300, pause=0.5)

    worst = max(busiest_minutes(seen))
    print(f"{tier}: at most {worst} records in a minute of {limit}, {seen[-1][1]} in all; ready after {server.starts} s")
    # A batch that was let go in one minute may be taken by the CRM in the next.
    assert worst <= limit + 100


def activities_of(sandbox):
    """How many HubSpot has: counted there, which is quicker than reading them."""
    return sandbox.summary()["hubspot"]["communications"]


def busiest_minutes(seen):
    """How much was written between two looks that are a minute apart, or a little less: never more than one."""
    for at, written in seen:
        yield written - next(count for then, count in seen if then >= at - 60)
