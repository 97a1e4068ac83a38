import Foundation

/// Fields written `name=value&…`, as in a form's body and in the query of Salesforce's clients: a plus sign is a space.
enum FormFields {
    /// The last of two values counts.
    static func read(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&").prefix(100) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.map(decoded), !name.isEmpty else { continue }
            fields[name] = parts.count == 2 ? decoded(parts[1]) : ""
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}

extension Call {
    /// The same with the query read anew from how it was written.
    func withFormQuery(_ query: String?) -> Call {
        Call(
            method: method, segments: segments, query: FormFields.read(query ?? ""), headers: headers, body: body,
            origin: origin, now: now)
    }
}
