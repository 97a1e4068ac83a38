import NIOHTTP1
import Pipeline

/// A webhook that is being read, with room taken for it.
struct DoorRequest {
    /// Longer bodies (history, large batches) take the router's way.
    private static let maxBytes = 256 << 10
    private static let path = "/webhooks/whatsapp"

    let app: String?
    let signature: String?
    /// What was reserved; given back with the answer.
    let room: Int
    var body: [UInt8] = []

    /// Nil for anything but an ordinary webhook, and when there is no room: the router then says so.
    init?(_ head: HTTPRequestHead, intake: WebhookIntake) {
        guard head.method == .POST, head.isKeepAlive, head.uri.hasPrefix(Self.path) else { return nil }
        switch head.uri.utf8.dropFirst(Self.path.utf8.count) {
        case let rest where rest.isEmpty: app = nil
        case let rest where rest.first == UInt8(ascii: "/") && rest.dropFirst().allSatisfy(Self.isPlain):
            guard rest.count > 1 else { return nil }
            app = String(rest.dropFirst())
        default: return nil
        }
        let headers = head.headers
        guard let text = headers.first(name: "content-length"), let length = Int(text),
            (1...min(Self.maxBytes, intake.limits.maxBodyBytes)).contains(length),
            !headers.contains(name: "transfer-encoding"), !headers.contains(name: "expect")
        else { return nil }
        do {
            try intake.log.reserve(bytes: length)
        } catch {
            return nil
        }
        signature = headers.first(name: "x-hub-signature-256")
        room = length
        body.reserveCapacity(length)
    }

    /// What an app's name is made of: nothing that would have to be decoded.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
