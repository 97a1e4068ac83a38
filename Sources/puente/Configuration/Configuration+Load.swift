import Domain
import FoundationEssentials
import Logging
import OutboundHTTP
import Pipeline
import Store

#if canImport(Glibc)
    import Glibc
#endif

/// What reading a configuration led to.
enum ConfigurationOutcome: Sendable {
    case usable(Configuration)
    /// At least one.
    case wrong([ConfigurationProblem])
}

extension Configuration {
    /// - Parameters:
    ///   - path: of `puente.yaml`; nil reads the environment alone.
    ///   - environment: its `PUENTE_…` variables go before the file.
    /// - Throws: the first problem, in the file's order. ``read(path:environment:)`` names all.
    static func load(
        path: String?, environment: [String: String]
    ) throws(ConfigurationProblem) -> Configuration {
        switch read(path: path, environment: environment) {
        case .usable(let configuration): return configuration
        case .wrong(let problems):
            throw problems.first
                ?? ConfigurationProblem(key: nil, place: nil, sentence: .same("no configuration could be read"))
        }
    }

    static func read(path: String?, environment: [String: String]) -> ConfigurationOutcome {
        let source = ConfigurationSource(path: path, workingFolder: FileManager.default.currentDirectoryPath)
        do {
            let file = try path.map { path throws(ConfigurationProblem) in
                try ConfigurationFile(path: path, name: path)
            }
            return read(file, environment: environment, source: source)
        } catch {
            return .wrong([error])
        }
    }

    private static func read(
        _ file: ConfigurationFile?, environment: [String: String], source: ConfigurationSource
    ) -> ConfigurationOutcome {
        let variables = ConfigurationVariables(environment)
        var entries = file?.entries ?? ConfigurationEntries()
        entries.override(with: variables.entries)
        var reader = ConfigurationReader(
            entries: entries, source: source, problems: (file?.problems ?? []) + variables.problems)
        let configuration = Configuration(source: source, from: &reader)
        return reader.problems.isEmpty ? .usable(configuration) : .wrong(reader.problems)
    }

    /// Whatever the reader complained of makes the result void.
    private init(source: ConfigurationSource, from reader: inout ConfigurationReader) {
        self.source = source
        server = reader.server()
        privateHosts = Set(reader.hosts(.privateHosts))
        database = reader.databaseAddress()
        mediaFolder = reader.path(.mediaFolder)
        keyFile = reader.path(.keyFile)
        let region: String
        (workspace, region) = reader.workspace()
        whatsapp = reader.whatsapp(region: region)
        crm = reader.crmAccounts()
        apiKeys = reader.apiKeys()
        retention = reader.retention()
        webhooksOffAfter = reader.duration(.webhooksOffAfter)
        limits = reader.limits()
        busyPercent = reader.integer(.busyPercent)
        logLevel = reader.choice(.logLevel) ?? .info
        nodeName = reader.optionalText(.nodeName) ?? "\(Self.machineName()):\(server.port)"
    }

    private static func machineName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ConfigurationReader {
    fileprivate mutating func server() -> Configuration.Server {
        let host = text(.serverHost)
        let port = integer(.serverPort)
        let tls = tls()
        return Configuration.Server(
            host: host, port: port, publicURL: publicURL(host: host, port: port, isSecure: tls != nil), tls: tls,
            trustedProxies: networks(.trustedProxies))
    }

    private mutating func tls() -> Configuration.TLSFiles? {
        let files = (certificate: optionalPath(.tlsCertificate), key: optionalPath(.tlsKey))
        switch files {
        case (let certificate?, let key?): return Configuration.TLSFiles(certificate: certificate, key: key)
        case (nil, nil): return nil
        case (.some, nil):
            requireMissing(.tlsKey, nil)
            return nil
        case (nil, .some):
            requireMissing(.tlsCertificate, nil)
            return nil
        }
    }

    /// Without one, where it listens: good for a first look on one's own machine, refused where that is public, and where
    /// it listens on every address, so that nobody can tell which one people use.
    private mutating func publicURL(host: String, port: Int, isSecure: Bool) -> String {
        if isWritten(.publicURL) { return origin(.publicURL) ?? "" }
        let isAny = IPAddress(host)?.kind == .unspecified
        guard !isAny, isSecure || PlainHTTP.isPrivate(host: host) else {
            requireMissing(.publicURL, nil)
            return ""
        }
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(name):\(port)"
    }

    fileprivate mutating func workspace() -> (Configuration.Workspace, region: String) {
        let region = region()
        return (
            Configuration.Workspace(
                name: text(.workspaceName), region: region, language: choice(.language) ?? .english,
                timeZone: timeZone()), region
        )
    }

    fileprivate mutating func retention() -> Retention {
        var retention = Retention()
        retention.rawBodies = duration(.rawBodies)
        retention.messages = age(.messages)
        retention.media = age(.mediaFiles)
        retention.contacts = quietAge()
        retention.trail = duration(.audit)
        retention.imports = duration(.imports)
        retention.webhookEvents = duration(.webhooks)
        retention.completedJobs = duration(.completedJobs)
        let keys: [(RetentionKind, ConfigurationKey)] = [
            (.rawBodies, .rawBodies), (.messages, .messages), (.media, .mediaFiles), (.contacts, .contacts),
            (.audit, .audit), (.imports, .imports),
        ]
        retention.written = Set(keys.filter { isWritten($0.1) }.map(\.0))
        return retention
    }

    /// Shorter, and regular customers would be forgotten between two orders.
    private mutating func quietAge() -> Duration? {
        guard let age = age(.contacts) else { return nil }
        if age < .days(RetentionKind.contacts.range.lowerBound) {
            complain(.contacts, en: "must be at least 90d", es: "debe ser de al menos 90d")
        }
        return age
    }

    fileprivate mutating func limits() -> IntakeLimits {
        var limits = IntakeLimits()
        limits.maxBodiesInFlight = integer(.maxBodiesInFlight)
        limits.maxBytesInFlight = bytes(.maxBytesInFlight)
        limits.maxBodyBytes = bytes(.maxBodyBytes)
        limits.patience = duration(.patience)
        limits.maxBatch = integer(.maxBatch)
        limits.bulkBytes = bytes(.bulkBytes)
        limits.minFreeDiskBytes = Int64(bytes(.minFreeDiskBytes))
        if limits.maxBodyBytes > limits.maxBytesInFlight {
            complain(
                .maxBodyBytes, en: "must not be larger than limits.max_bytes_in_flight",
                es: "no debe ser mayor que limits.max_bytes_in_flight")
        }
        return limits
    }
}
