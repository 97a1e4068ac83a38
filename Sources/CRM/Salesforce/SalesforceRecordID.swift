/// Ids of Salesforce's records: 15 characters, or 18 with a check that makes them safe where case gets lost.
enum SalesforceRecordID {
    static let contactPrefix = "003"
    static let taskPrefix = "00T"

    /// Ids go into queries and paths: nothing but letters and digits may.
    static func isID(_ id: String) -> Bool {
        [15, 18].contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: false
                }
            }
    }

    static func isContact(_ id: String) -> Bool { id.hasPrefix(contactPrefix) && isID(id) }
}
