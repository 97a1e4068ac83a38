import Domain
import Foundation

/// `GET|PUT /sandbox/callbacks` and `POST /sandbox/callbacks/verify`.
extension Controls {
    func callbacks(_ call: Call) async throws(ControlError) -> Answer {
        switch (call.method, call.segments.first) {
        case (.get, nil): break
        case (.put, nil): try setCallbacks(Self.body(call))
        case (.post, "verify"): return await verifyCallbacks()
        default: throw ControlError("GET, PUT, or POST …/verify.", status: 405)
        }
        var object = JSONObject()
        for sender in SandboxCallback.Sender.allCases {
            object.append(sender.rawValue, JSON(world.office.couriers(of: sender).map(\.callback.url)))
        }
        return .json(.object(object))
    }

    /// `{"whatsapp": [URL, …], "hubspot": URL, "own": URL}`: replaces those of the senders named.
    private func setCallbacks(_ body: JSON) throws(ControlError) {
        var callbacks: [SandboxCallback] = []
        var senders: Set<SandboxCallback.Sender> = []
        for member in body.members?.members ?? [] {
            guard let sender = SandboxCallback.Sender(rawValue: member.key) else {
                let known = SandboxCallback.Sender.allCases.map(\.rawValue).joined(separator: ", ")
                throw ControlError("Callbacks are of one of these: \(known).")
            }
            senders.insert(sender)
            for url in member.value.items ?? [member.value] where !url.isNull {
                guard let text = url.text, let callback = SandboxCallback("\(sender.rawValue)=\(text)") else {
                    throw ControlError("A callback is an http or https address.")
                }
                callbacks.append(callback)
            }
        }
        guard callbacks.count <= 64 else { throw ControlError("There are at most 64 callbacks.") }
        world.office.setCallbacks(callbacks, of: senders)
    }

    /// Meta's handshake with each WhatsApp callback: a GET whose challenge must come back as it is.
    private func verifyCallbacks() async -> Answer {
        var results: [JSON] = []
        for courier in world.office.couriers(of: .whatsapp) {
            let challenge = String(UInt32.random(in: 1_000_000...999_999_999))
            let answer = await courier.verify(token: world.configuration.verifyToken, challenge: challenge)
            let isVerified = answer.status == 200 && answer.body == challenge
            results.append([
                "url": JSON(courier.callback.url), "verified": JSON(isVerified),
                "status": answer.status.map { JSON(Int($0)) } ?? .null, "failure": answer.failure.map { JSON($0) },
            ])
        }
        return .json(["data": .array(results)])
    }
}
