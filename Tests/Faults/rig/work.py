"""SQL of what is still to be done. The tables' names are the program's own (Sources/Store/Migrations)."""

BODIES_WAITING = "SELECT COUNT(*) FROM intake WHERE state IN ('waiting', 'claimed')"
JOBS_OPEN = "SELECT COUNT(*) FROM job WHERE state IN ('available', 'running', 'sending')"
JOBS_OPEN_BY_KIND = (
    "SELECT kind, state, COUNT(*) FROM job WHERE state IN ('available', 'running', 'sending') GROUP BY kind, state"
)
MAY_HAVE_BEEN_SENT = """
    SELECT COUNT(*) FROM job
    WHERE kind = 'whatsapp.send' AND state = 'discarded' AND failure LIKE '%may_have_been_sent%'
"""
ALARMS = "SELECT COUNT(*) FROM alarm WHERE cleared_at IS NULL"
PAUSED = "SELECT COUNT(*) FROM alarm WHERE kind = 'paused' AND cleared_at IS NULL"
AWAY = "SELECT COUNT(*) FROM alarm WHERE kind = 'destination_away' AND cleared_at IS NULL"
RECORDED = "SELECT COUNT(*) FROM activity WHERE state = 'recorded'"
COUNTER = "SELECT COALESCE(SUM(count), 0) FROM counter WHERE minute = -1 AND kind = '{}'"


def counter(kind):
    """A figure of the ledger since the beginning."""
    return COUNTER.format(kind)
