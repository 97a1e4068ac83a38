internal import FoundationEssentials

/// WhatsApp's id of a message: `wamid.` and base 64 of bytes, among them the customer's number as text.
struct MessageWAMID {
    private let bytes: [UInt8]

    init(_ text: String) {
        let encoded = text.drop { $0 != "." }.dropFirst()
        let padding = String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
        bytes = Data(base64Encoded: encoded + padding).map(Array.init) ?? []
    }

    func holds(_ identifier: String) -> Bool {
        let wanted = Array(identifier.utf8)
        guard !wanted.isEmpty, bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0...].starts(with: wanted) }
    }
}
