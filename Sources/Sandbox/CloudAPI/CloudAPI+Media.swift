import Crypto
import Domain
import Foundation
import NIOCore
import Synchronization

/// Media: upload, address for five minutes, download with the token, deletion.
extension CloudAPI {
    private static let addressLifetime: Int64 = 300

    func upload(_ call: Call, _ number: SandboxNumber) throws(GraphError) -> Answer {
        guard let form = MultipartForm(contentType: call.header("content-type") ?? "", body: call.body),
            let file = form["file"]
        else { throw .parameter("The parameter file is required.") }
        guard form.text("messaging_product") == "whatsapp" else {
            throw .parameter("The parameter messaging_product is required.")
        }
        let type = form.text("type").flatMap { $0.contains("/") ? $0 : nil } ?? file.contentType ?? ""
        guard let limit = MediaKinds.limit(of: type) else {
            throw .parameter(
                "Param file must be a file with one of the following types: "
                    + MediaKinds.known.joined(separator: ", ") + ". Received file of type '\(type.prefix(80))'.")
        }
        guard (1...limit).contains(file.body.readableBytes) else {
            throw .messaging(131_053, "The file has \(file.body.readableBytes) bytes; \(type) may have 1 to \(limit).")
        }
        let item = state.withLock { state in
            state.media.add(
                file.body, mimeType: type, filename: file.filename, numberID: number.id, keptFor: .days(30),
                now: call.now)
        }
        return .json(["id": JSON(item.id)])
    }

    func media(_ call: Call, id: String) throws(GraphError) -> Answer {
        guard let item = state.withLock({ $0.media.find(id, now: call.now) }),
            call.query["phone_number_id"].map({ $0 == item.numberID }) ?? true
        else { throw .unknownObject(id, method: call.method.rawValue) }
        switch call.method {
        case .get:
            return .json([
                "url": JSON(address(of: item.id, origin: call.origin, now: call.now)),
                "mime_type": JSON(item.mimeType), "sha256": JSON(Hexadecimal.text(item.sha256)),
                "file_size": JSON(item.bytes.readableBytes), "id": JSON(item.id), "messaging_product": "whatsapp",
            ])
        case .delete:
            _ = state.withLock { $0.media.remove(id) }
            return .json(["success": true])
        default: throw .unknownObject(id, method: call.method.rawValue)
        }
    }

    /// `/whatsapp_business/attachments/?mid=…&ext=…&hash=…`: an address Meta gave out, good for five minutes.
    func download(_ call: Call) throws(GraphError) -> Answer {
        guard let token = call.bearerToken, WebhookSignature.isEqual(token, configuration.accessToken) else {
            return .text("Authentication is required.", status: 401)
        }
        guard let id = call.query["mid"], let end = call.query["ext"].flatMap({ Int64($0) }),
            WebhookSignature.isEqual(call.query["hash"] ?? "", seal(id, end)), end * 1000 > call.now.milliseconds,
            let item = state.withLock({ $0.media.find(id, now: call.now) })
        else { return .text("Not found.", status: 404) }
        return Answer(status: 200, contentType: item.mimeType, body: item.bytes)
    }

    func address(of id: String, origin: String, now: Timestamp) -> String {
        let end = now.milliseconds / 1000 + Self.addressLifetime
        return "\(origin)/whatsapp_business/attachments/?mid=\(id)&source=getMedia&ext=\(end)&hash=\(seal(id, end))"
    }

    private func seal(_ id: String, _ end: Int64) -> String {
        let mac = HMAC<SHA256>.authenticationCode(
            for: Array("\(id).\(end)".utf8), using: SymmetricKey(data: Array(configuration.appSecret.utf8)))
        return String(Hexadecimal.text(mac).prefix(32))
    }
}
