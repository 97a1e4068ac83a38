import Crypto
import Domain
import Foundation
import NIOCore

/// How one sender's POST looks: its body, its signature headers, and which answers it takes as "received".
enum WebhookFraming: Sendable {
    case meta(appSecret: String, wabaID: String)
    case hubSpot(secret: String)
    case standard(secret: [UInt8])
    /// Unsigned.
    case zoho
    /// Unsigned, posted once, and waited for a second.
    case odoo

    func body(of shipment: WebhookShipment) -> ByteBuffer {
        switch (self, shipment.updates.first?.kind) {
        case (_, .whole?): ByteBuffer(bytes: shipment.updates[0].bytes)
        case (.meta(_, let wabaID), let kind): Self.envelope(shipment.updates, wabaID: wabaID, kind: kind)
        case (.hubSpot, _): Self.events(shipment)
        case (.standard, _): ByteBuffer()
        case (.zoho, _): ByteBuffer()
        case (.odoo, _): ByteBuffer()
        }
    }

    func headers(for body: ByteBuffer, of shipment: WebhookShipment, url: String, now: Timestamp) -> [(String, String)]
    {
        switch self {
        case .meta(let secret, _):
            return [
                ("X-Hub-Signature-256", "sha256=" + WebhookSignature.meta(body, secret: secret)),
                ("User-Agent", "facebookexternalua"),
            ]
        case .hubSpot(let secret):
            // Calls of workflow actions carry version 2 only.
            let plain = WebhookSignature.hubSpotV2(body, secret: secret, url: url)
            if case .whole? = shipment.updates.first?.kind { return plain }
            return plain + WebhookSignature.hubSpotV3(body, secret: secret, url: url, milliseconds: now.milliseconds)
        case .standard(let secret):
            guard case .whole(let id)? = shipment.updates.first?.kind else { return [] }
            return WebhookSignature.standard(body, secret: secret, id: id, seconds: now.milliseconds / 1000)
        case .zoho: return []
        case .odoo: return []
        }
    }

    func isSuccess(_ status: UInt) -> Bool {
        switch self {
        case .meta: status == 200
        case .hubSpot, .standard: (200..<300).contains(status)
        case .zoho: (200..<300).contains(status)
        case .odoo: (200..<300).contains(status)
        }
    }

    /// How long the sender waits for an answer.
    var patience: TimeAmount {
        switch self {
        case .meta: .seconds(20)
        case .hubSpot: .seconds(5)
        case .standard: .seconds(15)
        case .zoho: .seconds(10)
        case .odoo: .seconds(1)
        }
    }

    /// After so many attempts the shipment is given up; Meta goes on for days.
    var maximumAttempts: Int {
        switch self {
        case .meta: .max
        case .hubSpot, .standard: 11
        case .zoho: 1
        case .odoo: 1
        }
    }

    private static func envelope(_ updates: [WebhookUpdate], wabaID: String, kind: WebhookUpdate.Kind?) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(updates.reduce(128) { $0 + $1.bytes.count + 1 })
        buffer.writeString(#"{"object":"whatsapp_business_account","entry":[{"id":""#)
        buffer.writeString(wabaID)
        if case .timedChange(let seconds)? = kind {
            buffer.writeString("\",\"time\":\(seconds),\"changes\":[")
        } else {
            buffer.writeString(#"","changes":["#)
        }
        for (index, update) in updates.enumerated() {
            if index > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
            buffer.writeBytes(update.bytes)
        }
        buffer.writeString("]}]}")
        return buffer
    }

    private static func events(_ shipment: WebhookShipment) -> ByteBuffer {
        var buffer = ByteBuffer(string: "[")
        for (index, update) in shipment.updates.enumerated() {
            if index > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
            buffer.writeBytes(update.bytes)
            buffer.writeString(",\"attemptNumber\":\(shipment.attempt)}")
        }
        buffer.writeInteger(UInt8(ascii: "]"))
        return buffer
    }
}
