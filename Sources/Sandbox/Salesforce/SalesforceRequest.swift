import Domain

/// A call of the REST API: `/services/data/{version}/…`.
struct SalesforceRequest: Sendable {
    let call: Call
    /// For example `v66.0`.
    let version: String
    /// The parts of the path behind the version.
    let rest: [String]

    /// Versions up to 30 are retired; the newest is that of Winter '27.
    private static let versions = 41...68

    /// - Parameter parts: those behind `/services/data`.
    init(_ call: Call, _ parts: [String]) throws(SalesforceError) {
        guard let version = parts.first, version.hasPrefix("v"), version.hasSuffix(".0"),
            let number = Int(version.dropFirst().dropLast(2))
        else { throw .notFound }
        guard number > 30 else {
            throw SalesforceError(status: 410, code: "GONE", message: "API version \(number).0 is retired.")
        }
        guard Self.versions.contains(number) else { throw .notFound }
        self.init(call: call, version: version, rest: Array(parts.dropFirst()))
    }

    init(call: Call, version: String, rest: [String]) {
        self.call = call
        self.version = version
        self.rest = rest
    }

    var now: Int64 { call.now.milliseconds }

    /// The caller saves although an alert of a duplicate rule speaks against it.
    var allowsSave: Bool {
        (call.header("Sforce-Duplicate-Rule-Header") ?? "").lowercased().filter { $0 != " " }.contains("allowsave=true")
    }

    func body() throws(SalesforceError) -> JSON {
        do {
            return try call.json()
        } catch {
            throw .bad("JSON_PARSER_ERROR", "\(error.message) at [line:1, column:\(error.offset)]")
        }
    }

    static var versionList: Answer {
        .json(
            .array(
                [(64, "Summer '25"), (65, "Winter '26"), (66, "Spring '26"), (67, "Summer '26"), (68, "Winter '27")]
                    .map { number, label in
                        [
                            "label": JSON(label), "url": JSON("/services/data/v\(number).0"),
                            "version": JSON("\(number).0"),
                        ]
                    }))
    }
}
