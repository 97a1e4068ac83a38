import Domain
import Foundation
import Synchronization

/// `POST /{version}/{phone_number_id}/messages`.
extension CloudAPI {
    private struct Accepted: Sendable {
        let message: SentMessage
        let customer: Customer
        let fate: MessageFate
    }

    func messages(_ call: Call, _ number: SandboxNumber) throws(GraphError) -> Answer {
        let body = try Self.body(call)
        if body["status"]?.text != nil { return try markRead(body) }
        let message = try OutgoingCheck.read(body, senderDigits: number.digits)
        let limits = faults.vendorLimits(of: .whatsapp)
        let settings = self.settings.withLock { $0.statuses }
        let result: Result<Accepted, GraphError> = state.withLock { state in
            do throws(GraphError) {
                return .success(
                    try Self.accept(message, number, in: &state, now: call.now, limits: limits, settings: settings))
            } catch {
                return .failure(error)
            }
        }
        let accepted = try result.get()
        follow(accepted.message, accepted.fate, settings)
        tellAudience(accepted.message, accepted.customer)
        return Self.answer(to: message, accepted)
    }

    private func markRead(_ body: JSON) throws(GraphError) -> Answer {
        guard body["messaging_product"]?.text == "whatsapp" else {
            throw .parameter("The parameter messaging_product is required.")
        }
        guard body["status"]?.text == "read" else { throw .parameter("Param status must be one of {READ}") }
        guard let id = body["message_id"]?.text, id.hasPrefix("wamid.") else {
            throw .messaging(131_009, "Parameter message_id is not a message id.")
        }
        state.withLock { state in
            state.counters.readMarks += 1
            if body["typing_indicator"] != nil { state.counters.typingMarks += 1 }
        }
        return .json(["success": true])
    }

    private static func answer(to message: OutgoingMessage, _ accepted: Accepted) -> Answer {
        let contact: JSON
        switch message.recipient {
        case .phone(_, let input): contact = ["input": JSON(input), "wa_id": JSON(accepted.customer.phone)]
        case .userID(let id): contact = ["input": JSON(id), "user_id": JSON(id)]
        }
        return .json([
            "messaging_product": "whatsapp", "contacts": [contact],
            "messages": [
                [
                    "id": JSON(accepted.message.id),
                    "message_status": message.type == "template" ? "accepted" : nil,
                ]
            ],
        ])
    }

    private static func accept(
        _ message: OutgoingMessage, _ number: SandboxNumber, in state: inout CloudState, now: Timestamp,
        limits: Bool, settings: SandboxConfiguration.Statuses
    ) throws(GraphError) -> Accepted {
        guard state.accounts[number.id]?.isRegistered ?? true else {
            throw .messaging(133_010, "The phone number is not registered on the Cloud API.")
        }
        let template = try template(for: message, in: state)
        try checkMedia(message, in: state, now: now)
        let customer = try customer(for: message, template: template, in: &state)
        let hasWindow = customer[number.id].hasOpenWindow(at: now)
        if template == nil, !hasWindow, settings.refusesClosedWindowInAnswer { throw closedWindow }
        if limits { try checkRates(number, customer, in: &state, now: now) }

        let sent = record(message, number, customer, template, hasWindow: hasWindow, in: &state, now: now)
        return Accepted(
            message: sent, customer: customer,
            fate: fate(of: message, template, customer, hasWindow: hasWindow, readShare: settings.readShare, in: state))
    }

    private static let closedWindow = GraphError.messaging(
        131_047,
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.")

    private static func template(
        for message: OutgoingMessage, in state: CloudState
    ) throws(GraphError) -> Template? {
        guard message.type == "template" else { return nil }
        let name = message.content["name"]?.text ?? ""
        let language = message.content["language"]?["code"]?.text ?? ""
        guard let template = state.templates.find(name: name, language: language) else {
            throw .messaging(132_001, "template name (\(name)) does not exist in \(language)")
        }
        try TemplateMessageCheck.check(message.content, against: template)
        return template
    }

    private static func checkMedia(
        _ message: OutgoingMessage, in state: CloudState, now: Timestamp
    ) throws(GraphError) {
        for media in message.media {
            guard let id = media.id else { continue }
            guard state.media.find(id, now: now) != nil else {
                throw .parameter(
                    "Param \(media.kind)['id'] is not a valid whatsapp business account media attachment ID")
            }
        }
    }

    private static func customer(
        for message: OutgoingMessage, template: Template?, in state: inout CloudState
    ) throws(GraphError) -> Customer {
        switch message.recipient {
        case .phone(let digits, _):
            return state.customers.customer(phone: digits) { Customer(phone: WhatsAppNumber.registered(digits)) }
        case .userID(let id):
            guard let customer = state.customers.find(bsuid: id) else {
                throw .messaging(131_009, "Parameter 'recipient' is not a user id of this business.")
            }
            if template?.category == "AUTHENTICATION" {
                throw .messaging(131_062, "Send to a phone number instead.")
            }
            return customer
        }
    }

    private static func checkRates(
        _ number: SandboxNumber, _ customer: Customer, in state: inout CloudState, now: Timestamp
    ) throws(GraphError) {
        var bucket = state.throughput[number.id] ?? TokenBucket(capacity: 80, perSecond: 80, now: now)
        let hasThroughput = bucket.take(at: now)
        state.throughput[number.id] = bucket
        guard hasThroughput else {
            throw .messaging(130_429, "Cloud API message throughput has been reached.")
        }
        let isWithinPair = state.customers.update(customer.key) { customer in
            var pair = customer[number.id].pairLimit ?? TokenBucket(capacity: 45, interval: .seconds(6), now: now)
            defer { customer[number.id].pairLimit = pair }
            return pair.take(at: now)
        }
        guard isWithinPair ?? true else {
            throw .messaging(
                131_056,
                "Message failed to send because there were too many messages sent from this phone number to "
                    + "the same phone number in a short period of time.")
        }
    }

    private static func record(
        _ message: OutgoingMessage, _ number: SandboxNumber, _ customer: Customer, _ template: Template?,
        hasWindow: Bool, in state: inout CloudState, now: Timestamp
    ) -> SentMessage {
        openFreeEntry(customer, number, in: &state, now: now)
        let month = "\(number.id)/\(now.milliseconds / 2_629_746_000)"
        let count = state.serviceCounts[month, default: 0]
        if template == nil { state.serviceCounts[month] = count + 1 }
        let isFreeEntry = state.customers[customer.key]?[number.id].freeEntryUntil.map { $0 > now } ?? false
        let isToPhone = if case .phone = message.recipient { true } else { false }
        let sent = SentMessage(
            id: Wamid.make(customer: isToPhone ? customer.phone : String(customer.bsuid.suffix(11)), .fromBusiness),
            numberID: number.id, customerKey: customer.key, address: message.recipient.input, sentToPhone: isToPhone,
            type: message.type, request: message.request, callbackData: message.callbackData, acceptedAt: now,
            pricing: Pricing(
                templateCategory: template?.category, hasOpenWindow: hasWindow, isFreeEntry: isFreeEntry,
                serviceCount: count, now: now),
            conversationID: Hexadecimal.text(withUnsafeBytes(of: UInt64.random(in: 0...UInt64.max)) { Array($0) }))
        state.sent.append(sent)
        return sent
    }

    /// The first answer within 24 hours to a customer who came by an advertisement opens 72 free hours.
    private static func openFreeEntry(
        _ customer: Customer, _ number: SandboxNumber, in state: inout CloudState, now: Timestamp
    ) {
        let tie = customer[number.id]
        guard let came = tie.cameByAdAt, tie.freeEntryUntil == nil, now - came < .hours(24) else { return }
        _ = state.customers.update(customer.key) { $0[number.id].freeEntryUntil = now + .hours(72) }
    }

    private static func fate(
        of message: OutgoingMessage, _ template: Template?, _ customer: Customer, hasWindow: Bool, readShare: Double,
        in state: CloudState
    ) -> MessageFate {
        if !customer.behaviour.isOnWhatsApp {
            return .fails(.messaging(131_026, "Message Undeliverable."))
        }
        if template == nil, !hasWindow { return .fails(closedWindow) }
        if template?.category == "MARKETING", customer.behaviour.hasStoppedMarketing {
            return .fails(.messaging(131_050, "The recipient has stopped marketing messages from this business."))
        }
        if let mismatch = mediaMismatch(message, in: state) { return .fails(mismatch) }
        if message.type == "reaction" || !customer.behaviour.isReachable { return .staysSent }
        // The same customer always has read receipts or never.
        let habit = Double(UInt8(truncatingIfNeeded: customer.phone.utf8.reduce(7) { $0 &* 31 &+ Int($1) })) / 256
        let reads = customer.behaviour.reads ?? (habit < readShare)
        return .arrives(reads: reads, plays: message.content["voice"]?.flag == true)
    }

    private static func mediaMismatch(_ message: OutgoingMessage, in state: CloudState) -> GraphError? {
        for media in message.media {
            guard let id = media.id, let item = state.media.find(id, now: Timestamp(milliseconds: .min)) else {
                continue
            }
            let kind = MediaKinds.kind(of: item.mimeType)
            if kind != media.kind {
                return .messaging(131_053, "Unsupported \(media.kind) mime type \(item.mimeType).")
            }
        }
        return nil
    }
}
