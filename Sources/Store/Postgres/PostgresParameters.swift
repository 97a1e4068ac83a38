internal import CPostgres
internal import Domain

/// libpq's connection parameters: what the address says, completed by what every connection of ours needs.
struct PostgresParameters {
    private(set) var values: [String: String]

    /// - Throws: `SQLError.misuse` for an address that libpq cannot read.
    init(_ options: PostgresOptions) throws(SQLError) {
        values = try Self.parse(options.url)
        try checkPorts()
        if let password = options.password { values["password"] = password }
        complete("connect_timeout", String(max(2, options.connectTimeout.wholeMilliseconds / 1000)))
        complete("tcp_user_timeout", String(options.tcpUserTimeout.wholeMilliseconds))
        complete("keepalives", "1")
        complete("keepalives_idle", "5")
        complete("keepalives_interval", "2")
        complete("keepalives_count", "3")
        complete("target_session_attrs", "read-write")
        complete("application_name", "puente")
        values["client_encoding"] = "UTF8"
    }

    private mutating func complete(_ name: String, _ value: String) {
        if values[name, default: ""].isEmpty { values[name] = value }
    }

    /// libpq would notice when it connects, which sounds as if the server were away.
    private func checkPorts() throws(SQLError) {
        for port in values["port", default: ""].split(separator: ",") where !(1...65_535).contains(Int(port) ?? 0) {
            throw .misuse("the database address cannot be read: \(port) is no port")
        }
    }

    private static func parse(_ url: String) throws(SQLError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(url, &message) else {
            defer { PQfreemem(message) }
            // The text names the part that is wrong; of a password it repeats nothing.
            throw .misuse("the database address cannot be read: \(message.map { String(cString: $0) } ?? "")")
        }
        defer { PQconninfoFree(parsed) }
        var values: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// Opens a connection, waiting at most the connect time-out per host. The result may be a failed connection.
    func open() -> OpaquePointer? {
        let pairs = values.sorted { $0.key < $1.key }
        return withCStrings(pairs.map(\.key)) { keywords in
            withCStrings(pairs.map(\.value)) { values in PQconnectdbParams(keywords, values, 0) }
        }
    }

    /// The texts as C's array of strings, ended by NULL.
    private func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        let offsets = texts.map { text in
            defer { bytes.append(contentsOf: text.utf8CString) }
            return bytes.count
        }
        return bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { buffer.baseAddress?.advanced(by: $0) } + [nil]
            return pointers.withUnsafeBufferPointer { pointers in
                // An array with at least its NULL has an address.
                body(pointers.baseAddress.unsafelyUnwrapped)
            }
        }
    }
}
