/// What each family means; docs/operations.md tells the same.
enum MetricHelp {
    static let text: [String: String] = [
        "puente_build_info": "Always 1; the labels name the release.",
        "puente_ready": "1 while this node can take webhooks.",
        "puente_webhooks_received_total": "Webhooks of Meta's that this node stored.",
        "puente_webhooks_refused_total": "Webhooks that this node did not take, by reason.",
        "puente_crm_webhooks_refused_total": "Webhooks of CRMs that this node did not take, by connection and reason.",
        "puente_outbound_calls_total": "Calls to Meta and CRMs, by destination and outcome.",
        "puente_outbound_duration_seconds": "How long these calls took.",
        "puente_api_requests_total": "Requests to the JSON API, by operation and status.",
        "puente_api_duration_seconds": "How long the API took to answer.",
        "puente_circuit_open": "1 while the destination cannot be reached and its lane waits.",
        "puente_ledger": "Figures of the ledger, of all times: kind and state.",
        "puente_records": "Messages towards a CRM, of all times, by connection and state.",
        "puente_sends": "Messages of ours, of all times, by result.",
        "puente_delay_seconds": "Percentiles of each hop over the last five minutes.",
        "puente_jobs": "Jobs that are not finished, by kind and state.",
        "puente_jobs_oldest_due_seconds": "How long the oldest due job of a kind has waited.",
        "puente_dead_letters_overdue": "Dead letters whose time for an answer is over.",
        "puente_unrouted_open": "Entries that found no place and that nobody has settled.",
        "puente_pauses": "Scopes in which nothing leaves at the moment.",
        "puente_alarms_open": "Open alarms, by kind.",
        "puente_connection_alarms_open": "Open alarms of CRM connections, by connection and kind.",
        "puente_certificate_ends_timestamp_seconds":
            "When the certificate that is served ends, since unix epoch in seconds.",
        "puente_held": "1 while a restored installation waits for its release.",
        "puente_disk_free_bytes": "Free room where the database and the media are.",
        "process_resident_memory_bytes": "Resident memory size in bytes.",
        "process_open_fds": "Number of open file descriptors.",
        "process_cpu_seconds_total": "Total user and system CPU time spent in seconds.",
        "process_start_time_seconds": "Start time of the process since unix epoch in seconds.",
    ]
}
