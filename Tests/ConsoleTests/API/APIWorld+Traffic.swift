import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Console

/// What Meta and the CRM bring in.
extension APIWorld {
    func receive(_ facts: [Update.Fact], phoneNumberID: String = Self.phoneNumberID) async throws {
        let body = IntakeBody(
            id: store.ids.next(), app: app, receivedAt: clock.now, isBulk: false, body: Array("{}".utf8))
        try await store.append([body], node: lease.number)
        let claimed = try await store.claimBodies(limit: 10, node: lease.number)
        let updates = facts.map {
            Update(wabaID: Self.wabaID, phoneNumberID: phoneNumberID, field: "messages", fact: $0)
        }
        let bodies = claimed.map {
            InterpretedBody(intake: $0.intake.id, receivedAt: $0.intake.receivedAt, app: app, updates: updates)
        }
        _ = try await store.record(bodies, routes: store.routingTable(), node: lease.number)
    }

    /// A customer writes; the window is open from now on.
    func write(
        _ text: String, wamid: String, from participant: Participant = Self.lucia
    ) async throws {
        try await receive([
            .message(
                ReceivedMessage(
                    id: wamid, origin: .customer, participant: participant, at: clock.now,
                    content: .text(TextContent(body: text))))
        ])
    }

    /// An entry that found no place.
    func receiveForStranger() async throws {
        try await receive(
            [
                .message(
                    ReceivedMessage(
                        id: "wamid.X\(store.ids.next(MessageRow.self))", origin: .customer, participant: Self.lucia,
                        at: clock.now, content: .text(TextContent(body: "?"))))
            ], phoneNumberID: "999")
    }

    /// Hands everything due to Meta, which answers so.
    func send(_ outcome: (SendJob) -> SendOutcome) async throws {
        let grip = try #require(grips.first { $0.lane == .number(number) })
        let jobs = try await store.claimSends(grip, limit: 100)
        _ = try await store.record(jobs.map(outcome), grip: grip, policy: RetryPolicy())
    }

    static func refused(_ job: SendJob) -> SendOutcome {
        SendOutcome(
            job: job, receipt: nil,
            failure: CallFailure(
                kind: .permanent, code: "131026", scope: .message, vendorText: "undeliverable",
                advice: LocalizedText(en: "Check the number.", es: "Revise el número.")), outcome: .discarded)
    }

    func conversation() async throws -> ConversationSummary {
        try #require(try await store.conversations(ConversationQuery(), in: workspace).items.first)
    }

    /// A message of ours that Meta refused, as a dead letter.
    func deadLetter(_ text: String = "Hola") async throws -> String {
        try await write("¿Hola?", wamid: "wamid.\(store.ids.next(MessageRow.self))")
        let answer = try await send(
            #"{"to": {"conversation": "\#(conversation().id)"}, "content": {"type": "text", "body": "\#(text)"}}"#)
        #expect(answer.status == 202)
        try await send(Self.refused)
        return try #require(try await store.deadLetters(DeadLetterQuery(), in: workspace).items.first).id.description
    }

    /// A message of ours whose answer was lost, as a dead letter that may have been sent.
    func uncertainLetter() async throws -> String {
        try await write("¿Hola?", wamid: "wamid.1")
        _ = try await send(
            #"{"to": {"conversation": "\#(conversation().id)"}, "content": {"type": "text", "body": "Hola"}}"#)
        try await send { job in
            SendOutcome(
                job: job, receipt: nil,
                failure: CallFailure(
                    kind: .unknown, code: "timeout", scope: .message, vendorText: "",
                    advice: LocalizedText(en: "Wait.", es: "Espere.")), outcome: .uncertain)
        }
        return try #require(
            try await store.deadLetters(DeadLetterQuery(state: .uncertain), in: workspace).items.first
        ).id.description
    }
}
