import Crypto
import Domain
import Foundation
import NIOCore
import Synchronization

/// What customers do, told to the business by webhook.
extension CloudAPI {
    /// What happened to a customer's message.
    struct Receipt: Sendable {
        let id: String
        let customer: Customer
        /// False when a callback's queue was full: the message was not sent.
        let isQueued: Bool
    }

    /// Lets a customer write. `change` may adjust who they are first.
    func receive(
        _ draft: InboundDraft, from digits: String, number: SandboxNumber,
        change: (inout Customer) -> Void = { _ in }
    ) -> Receipt {
        let now = clock.now
        let customer = state.withLock { state in
            let known = state.customers.customer(phone: digits) { Customer(phone: digits) }
            state.counters.inbound += 1
            return state.customers.update(known.key) { customer in
                change(&customer)
                if draft.opensWindow { customer[number.id].lastInbound = now }
                if draft.isFromAdvertisement { customer[number.id].cameByAdAt = now }
                return customer
            } ?? known
        }
        let id = draft.id ?? Wamid.make(customer: Self.visibleDigits(of: customer), .fromCustomer)
        let isQueued = emit(value(of: draft, id: id, customer, number, now))
        if !isQueued { state.withLock { $0.counters.inboundRefused += 1 } }
        return Receipt(id: id, customer: customer, isQueued: isQueued)
    }

    /// The customer gets a new number and with it a new user id. Nil when the old number is not known.
    func changeNumber(from digits: String, to newDigits: String, number: SandboxNumber) -> Receipt? {
        let change: (old: Customer, new: Customer)? = state.withLock { state in
            guard let old = state.customers.find(phone: digits) else { return nil }
            let new = state.customers.update(old.key) { customer in
                customer.move(to: newDigits)
                return customer
            }
            return new.map { (old, $0) }
        }
        guard let (old, new) = change else { return nil }
        let id = Wamid.make(customer: Self.visibleDigits(of: new), .fromCustomer)
        let isQueued = emit(systemValue(id: id, old, new, number))
        return Receipt(id: id, customer: new, isQueued: isQueued)
    }

    /// The customer stops or resumes marketing in the app.
    func setMarketing(isStopped: Bool, of digits: String, number: SandboxNumber) -> Customer? {
        let customer = state.withLock { state in
            state.customers.find(phone: digits).flatMap { known in
                state.customers.update(known.key) { customer in
                    customer.behaviour.hasStoppedMarketing = isStopped
                    return customer
                }
            }
        }
        guard let customer else { return nil }
        let contact = customer.contact()
        let preference: JSON = [
            "wa_id": contact["wa_id"], "user_id": contact["user_id"],
            "detail": JSON("User requested to \(isStopped ? "stop" : "resume") marketing messages"),
            "category": "marketing_messages", "value": isStopped ? "stop" : "resume",
            "timestamp": JSON(clock.now.milliseconds / 1000),
        ]
        emit(
            [
                "messaging_product": "whatsapp", "metadata": metadata(number.id), "contacts": [contact],
                "user_preferences": [preference],
            ], field: "user_preferences")
        return customer
    }

    private func value(
        of draft: InboundDraft, id: String, _ customer: Customer, _ number: SandboxNumber, _ now: Timestamp
    ) -> JSON {
        var message = JSONObject()
        message.reserve(10)
        for extra in draft.extras where extra.key == "context" { message.append(extra.key, extra.value) }
        customer.addSender(to: &message)
        message.append("id", JSON(id))
        message.append("timestamp", JSON(String(draft.timestamp ?? now.milliseconds / 1000)))
        message.append("type", JSON(draft.type))
        if let content = content(of: draft, customer, number, now) { message.append(draft.type, content) }
        for extra in draft.extras where extra.key != "context" { message.append(extra.key, extra.value) }
        return [
            "messaging_product": "whatsapp", "metadata": metadata(number.id),
            "contacts": draft.type == "system" ? nil : [customer.contact()], "messages": [.object(message)],
        ]
    }

    /// Media without an id get a file made for them, so that there is something to download.
    private func content(
        of draft: InboundDraft, _ customer: Customer, _ number: SandboxNumber, _ now: Timestamp
    ) -> JSON? {
        guard InboundDraft.mediaTypes.contains(draft.type), var members = draft.content?.members,
            members["id"] == nil
        else { return draft.content }
        let file = SampleMedia.file(
            kind: draft.type, seed: customer.phone, caption: members["caption"]?.text ?? members["filename"]?.text)
        let item = state.withLock { state in
            state.media.add(
                file.bytes, mimeType: members["mime_type"]?.text ?? file.mimeType, filename: members["filename"]?.text,
                numberID: number.id, keptFor: .days(7), now: now)
        }
        if draft.type == "document", members["filename"] == nil { members["filename"] = JSON(file.filename) }
        if draft.type == "audio", members["voice"] == nil { members["voice"] = true }
        members["mime_type"] = JSON(item.mimeType)
        members["sha256"] = JSON(Data(item.sha256).base64EncodedString())
        members["id"] = JSON(item.id)
        members["url"] = JSON(address(of: item.id, origin: origin, now: now))
        return .object(members)
    }

    private func systemValue(id: String, _ old: Customer, _ new: Customer, _ number: SandboxNumber) -> JSON {
        let knowsPhone = old.identity.showsPhone
        let (from, to) = knowsPhone ? (old.phone, new.phone) : (old.bsuid, new.bsuid)
        let system: JSON = [
            "body": JSON("User \(new.name) changed from \(from) to \(to)"),
            "type": knowsPhone ? "user_changed_number" : "user_changed_user_id",
            "wa_id": knowsPhone ? JSON(new.phone) : nil,
            "user_id": new.identity.showsBSUID ? JSON(new.bsuid) : nil,
            "parent_user_id": new.identity.showsBSUID ? new.parentBSUID.map { JSON($0) } : nil,
            "previous_user_id": old.identity.showsBSUID ? JSON(old.bsuid) : nil,
            "previous_parent_user_id": old.identity.showsBSUID ? old.parentBSUID.map { JSON($0) } : nil,
        ]
        return [
            "messaging_product": "whatsapp", "metadata": metadata(number.id),
            "messages": [
                [
                    "from": knowsPhone ? JSON(old.phone) : nil, "from_user_id": knowsPhone ? nil : JSON(new.bsuid),
                    "id": JSON(id), "timestamp": JSON(String(clock.now.milliseconds / 1000)), "type": "system",
                    "system": system,
                ]
            ],
        ]
    }

    /// A message id carries the sender's number; where that is withheld, other digits stand in for it.
    private static func visibleDigits(of customer: Customer) -> String {
        customer.identity.showsPhone ? customer.phone : String(customer.bsuid.suffix(11))
    }
}
