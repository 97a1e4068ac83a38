import Domain
import Store

/// Reads rules for how long data is kept out of a body: `{"messages": 365, "media": null, …}`.
struct RetentionRulesReader {
    let retention: Retention

    /// Every kind that is not set in puente.yaml may be named; one that is missing or null is kept as long as the
    /// configuration says. Faults are noted.
    func rules(in body: BodyObject) -> RetentionRules {
        body.allow("messages", "media", "contacts", "audit", "imports")
        var days: [RetentionKind: Int] = [:]
        for kind in RetentionKind.allCases where body.has(kind.rawValue) && !body.isNull(kind.rawValue) {
            let range = Int64(kind.range.lowerBound)...Int64(kind.range.upperBound)
            guard let value = body.integer(kind.rawValue, range) else { continue }
            guard !retention.written.contains(kind) else {
                body.note(
                    kind.rawValue, en: "is set in puente.yaml and cannot be changed here",
                    es: "está indicado en puente.yaml y no se puede cambiar aquí")
                continue
            }
            days[kind] = Int(value)
        }
        return RetentionRules(days)
    }
}
