/// By what contacts that may be one person meet: only those that share a key are compared, so that the work grows with
/// the contacts and not with their square.
///
/// A key is 64 bits of a text: two texts that meet by chance cost one comparison. Each key is as narrow as a reason by
/// itself (an address), or a name together with a part of a number: what half of all contacts share is no key.
package enum DuplicateKeys {
    /// Contacts that share a key, at most: what more of them share says nothing of any two.
    package static let mostShared = 50

    /// Sorted, without repetition.
    package static func keys(of evidence: ContactEvidence) -> [Int64] {
        var texts: Set<String> = []
        texts.formUnion(evidence.emails.map { "email \($0)" })
        texts.formUnion(evidence.documents.keys.map { "document \($0)" })
        texts.formUnion(evidence.records.map { "record \($0.connection) \($0.remoteID)" })
        if let username = evidence.username?.lowercased() { texts.insert("username \(username)") }
        let numbers = Set(evidence.phones.map(\.digits)).filter { $0.utf8.count >= 7 }
        texts.formUnion(numbers.map { "number \($0.suffix(ending))" })
        for name in Set(evidence.foldedNames.map(\.folded.key)) {
            texts.formUnion(numbers.flatMap(parts).map { "name \(name) \($0)" })
            texts.formUnion(evidence.companies.keys.map { "company \(name) \($0)" })
        }
        return Set(texts.map(hash)).sorted()
    }

    /// The same whether or not a country code is in front.
    private static let ending = 8

    /// Of two numbers one slip apart at least one of these is the same: three parts of the last nine digits; and one
    /// counted from the front, for a digit that is missing near the end.
    private static func parts(_ number: String) -> [String] {
        let digits = Array(number.utf8)
        guard digits.count >= 9 else { return ["whole \(number)"] }
        let last = Array(digits.suffix(9))
        let parts = [0, 3, 6].map { "\($0) \(String(decoding: last[$0..<$0 + 3], as: UTF8.self))" }
        return parts + ["front \(String(decoding: digits.prefix(8).suffix(5), as: UTF8.self))"]
    }

    /// FNV-1a: the same on every machine and in every release.
    static func hash(_ text: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 {
            hash ^= UInt64(byte)
            hash &*= 0x100_0000_01b3
        }
        return Int64(bitPattern: hash)
    }
}
