import Domain

extension ConfigurationKey {
    /// In the order of the reference and of the sample file.
    static let all: [ConfigurationKey] =
        [
            serverHost, serverPort, publicURL, tlsCertificate, tlsKey, trustedProxies, privateHosts, databaseURL,
            databasePassword, mediaFolder, keyFile, workspaceName, region, language, timeZone,
        ] + whatsApp + crm + [apiKey, apiKeyScopes, apiKeyTier] + [
            rawBodies, messages, mediaFiles, contacts, audit, imports, webhooks, completedJobs, webhooksOffAfter,
        ] + limits
        + [logLevel, nodeName]

    // MARK: server

    static let serverHost = Self(
        "server.host", .text, .fallback("127.0.0.1"),
        "Address to listen on. Leave it on loopback behind a proxy that does TLS; `0.0.0.0` and `::` stand for all.")
    static let serverPort = Self("server.port", .integer(0...65_535), .fallback("8080"), "0 takes a free one.")
    static let publicURL = Self(
        "server.public_url", .webAddress, .optional(note: "`http://HOST:PORT`, with `tls` `https://HOST:PORT`"),
        "The address under which Meta, the CRM and people reach it, without a path. Plain http is refused for a public "
            + "address. Required where `host` is a public address, or stands for all.")
    static let tlsCertificate = Self(
        "server.tls.certificate", .path, .optional(),
        "PEM file of the certificate with its whole chain: Puente then does TLS itself. A renewed one is served within a minute."
    )
    static let tlsKey = Self(
        "server.tls.key", .path, .optional(), "PEM file of the certificate's private key, without a passphrase.")
    static let trustedProxies = Self(
        "server.trusted_proxies", .networks, .fallback("127.0.0.0/8 ::1"),
        "Proxies whose `X-Forwarded-For` is believed: what it names counts as the address of who asks.")

    // MARK: outbound

    static let privateHosts = Self(
        "outbound.private_hosts", .hosts, .optional(),
        "Hosts that may lead into a private network, also over plain http. A host of `whatsapp.graph_url` or `crm.NAME.base_url` "
            + "that plain http is accepted for need not be named for CRM connections; for webhooks every host must be.")

    // MARK: what it keeps

    static let databaseURL = Self(
        "database.url", .databaseAddress, .fallback("sqlite:puente.db"),
        "`sqlite:PATH` for one machine; `postgresql://USER@HOST/NAME` for several.")
    static let databasePassword = Self(
        "database.password", .text, .optional(), isSecret: true,
        "PostgreSQL's password, apart from the address. libpq's own variables and password file count too.")
    static let mediaFolder = Self(
        "media.folder", .path, .fallback("media"),
        "Received and sent files. With several machines: one folder that all of them share.")
    static let keyFile = Self(
        "secrets.key_file", .path, .fallback("puente.key"),
        "The keys that secrets in the database are encrypted with. Made on the first start, mode 0600; in no backup.")

    // MARK: workspace

    static let workspaceName = Self("workspace.name", .text, .required, "The company's name.")
    static let region = Self(
        "workspace.region", .region, .required,
        "The country of phone numbers written without a country code (ISO 3166: `ES`, `MX`, `TW`, …).")
    static let language = Self(
        "workspace.language", .choice(Language.allCases.map(\.rawValue)), .fallback("en"),
        "The console's language before a person chooses, and of what is written into a CRM.")

    static let timeZone = Self(
        "workspace.time_zone", .timeZone, .optional(note: "the server's (`TZ`)"),
        "Where days begin and end (IANA: `Europe/Madrid`, `America/Mexico_City`): in segments, and in all times that the console and its papers show. Without it, segments follow the server, and each person's pages their browser."
    )

    // MARK: API keys

    static let apiKey = Self(
        "api_keys.NAME.key", .word, .required, isSecret: true,
        "A long random word; its holder sends it as a bearer token.")
    static let apiKeyScopes = Self(
        "api_keys.NAME.scopes", .words(["read", "write", "admin"]), .required,
        "What it may do: `read` asks, `write` sends and settles; `admin` takes contacts along as a file, exports and erases people, reads the audit trail, and sets how long data is kept and the rules of consent."
    )
    static let apiKeyTier = Self(
        "api_keys.NAME.tier", .choice(APITier.allCases.map(\.rawValue)), .fallback("standard"),
        "Requests a minute: `standard` 300, `enterprise` 1,500.")

    // MARK: retention

    static let rawBodies = Self(
        "retention.raw_bodies", .duration(.days(1) ... .days(3650)), .fallback("30d"),
        "How long webhooks are kept as they came, after they were understood.")
    static let messages = Self(
        "retention.messages", .age, .fallback("forever"), "How long messages are kept; at least `1d`.")
    static let mediaFiles = Self(
        "retention.media", .age, .fallback("forever"),
        "How long the files of messages are kept, where that is shorter; at least `1d`.")
    static let contacts = Self(
        "retention.contacts", .age, .fallback("forever"),
        "After how long without a message or a change a contact is removed with everything about it; at least `90d`.")
    static let audit = Self(
        "retention.audit", .duration(.days(30) ... .days(3650)), .fallback("365d"),
        "How long it is kept who saw, changed and exported what.")
    static let imports = Self(
        "retention.imports", .duration(.days(1) ... .days(3650)), .fallback("30d"),
        "How long the judged rows of imported lists are kept, with names and numbers.")
    static let webhooks = Self(
        "retention.webhooks", .duration(.days(1) ... .days(365)), .fallback("30d"),
        "How long it is kept what webhooks were told, and what became of it; never longer than messages.")
    static let completedJobs = Self(
        "retention.completed_jobs", .duration(.hours(1) ... .days(365)), .fallback("1d"),
        "How long finished work stays visible.")

    // MARK: webhooks

    static let webhooksOffAfter = Self(
        "webhooks.off_after", .duration(.hours(1) ... .days(30)), .fallback("3d"),
        "A webhook where nothing has arrived for so long, though it was tried, is switched off with an alarm.")

    // MARK: limits of intake, and of the machine

    static let limits = [
        maxBodiesInFlight, maxBytesInFlight, maxBodyBytes, patience, maxBatch, bulkBytes, minFreeDiskBytes, busyPercent,
    ]

    static let maxBodiesInFlight = Self(
        "limits.max_bodies_in_flight", .integer(1...1_000_000), .fallback("4096"),
        "Webhooks in hand at once; beyond it Meta is told to come back.")
    static let maxBytesInFlight = Self(
        "limits.max_bytes_in_flight", .bytes(1 << 20...16 << 30), .fallback("64MB"), "The same, in bytes.")
    static let maxBodyBytes = Self(
        "limits.max_body_bytes", .bytes(1 << 10...64 << 20), .fallback("3MB"),
        "The largest webhook; Meta's own limit is 3 MB.")
    static let patience = Self(
        "limits.patience", .duration(.milliseconds(100) ... .seconds(60)), .fallback("5s"),
        "A webhook that has waited longer for its commit is told to come back.")
    static let maxBatch = Self(
        "limits.max_batch", .integer(1...100_000), .fallback("1024"), "Webhooks in one commit.")
    static let bulkBytes = Self(
        "limits.bulk_bytes", .bytes(1 << 10...64 << 20), .fallback("64KB"),
        "Webhooks above it stand back behind live traffic, like history.")
    static let minFreeDiskBytes = Self(
        "limits.min_free_disk_bytes", .bytes(0...1 << 40), .fallback("512MB"),
        "With less free disk, intake refuses so that the rest can go on.")
    static let busyPercent = Self(
        "limits.busy_percent", .integer(10...100), .fallback("70"),
        "While the machine's processors are busier than this, calls to CRMs are slowed down; 100 never slows them.")

    // MARK: the program

    static let logLevel = Self(
        "logging.level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        .fallback("info"), "What is logged at least.")
    static let nodeName = Self(
        "node.name", .text, .optional(note: "the machine's name and the port"),
        "One for each place where the program runs; the next start under the same name takes over from the last at once."
    )
}
