import NIOHTTP1
import Pipeline

/// A webhook that is being read.
struct DoorRequest {
    /// Longer bodies (history, large batches) take the router's way.
    private static let maxBytes = 256 << 10
    private static let path = "/webhooks/whatsapp"
    /// Room for what is only announced; a longer body grows into more.
    private static let capacity = 16 << 10

    let app: String?
    let signature: String
    var body: [UInt8] = []
    /// Bytes of the body that are counted among those arriving.
    var counted = 0

    /// Nil for anything but an ordinary webhook: the router then says what is wrong with it.
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
            !headers.contains(name: "transfer-encoding"), !headers.contains(name: "expect"),
            let signature = headers.first(name: "x-hub-signature-256"), WebhookGate.isSignature(signature)
        else { return nil }
        self.signature = signature
        body.reserveCapacity(min(length, Self.capacity))
    }

    /// What an app's name is made of: nothing that would have to be decoded.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
