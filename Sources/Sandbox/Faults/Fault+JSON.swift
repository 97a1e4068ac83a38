/// How a fault is written in `PUT /sandbox/faults` and read back.
extension Fault {
    private static let keys: Set<String> = [
        "target", "kind", "share", "count", "method", "path", "milliseconds", "when", "status", "code", "body",
        "retry_after",
    ]

    init(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("A fault is an object.") }
        if let unknown = members.keys.first(where: { !Self.keys.contains($0) }) {
            throw ControlError("A fault has no '\(unknown)'; it has \(Self.keys.sorted().joined(separator: ", ")).")
        }
        target = try Self.word(json, "target")
        kind = try Self.word(json, "kind")
        share = try Self.number(json, "share", 0...1) ?? 1
        remaining = try Self.number(json, "count", 1...1_000_000_000).map { Int($0) }
        method = json["method"]?.text?.uppercased()
        path = json["path"]?.text
        milliseconds = Int64(try Self.number(json, "milliseconds", 0...3_600_000) ?? 1000)
        isAfter = json["when"]?.text == "after"
        status = Int(try Self.number(json, "status", 100...599) ?? 500)
        code = Int(try Self.number(json, "code", 0...10_000_000) ?? 131_000)
        body = json["body"]?.text
        retryAfter = try Self.number(json, "retry_after", 0...86_400).map { Int($0) }
    }

    var json: JSON {
        [
            "target": JSON(target.rawValue), "kind": JSON(kind.rawValue), "share": JSON(share),
            "remaining": remaining.map { JSON($0) }, "hits": JSON(hits), "method": method.map { JSON($0) },
            "path": path.map { JSON($0) },
            "milliseconds": [.delay, .reorder].contains(kind) ? JSON(milliseconds) : nil,
            "when": kind == .delay && isAfter ? "after" : nil,
            "status": kind == .status ? JSON(status) : nil, "code": kind == .graphCode ? JSON(code) : nil,
            "body": body.map { JSON($0) }, "retry_after": retryAfter.map { JSON($0) },
        ]
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ json: JSON, _ key: String
    ) throws(ControlError) -> Word where Word.RawValue == String {
        if let text = json[key]?.text, let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw ControlError("'\(key)' of a fault is one of \(words).")
    }

    private static func number(
        _ json: JSON, _ key: String, _ range: ClosedRange<Double>
    ) throws(ControlError) -> Double? {
        guard let value = json[key] else { return nil }
        if let number = value.decimal, range.contains(number) { return number }
        throw ControlError("'\(key)' of a fault is a number from \(range.lowerBound) to \(range.upperBound).")
    }
}
