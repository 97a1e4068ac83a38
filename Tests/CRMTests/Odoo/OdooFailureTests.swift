import Domain
import Foundation
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct OdooFailureTests {
    private func json2(_ status: Int, _ fixture: String, effect: OdooCall.Effect = .once) throws -> CallFailure {
        OdooFailure(secrets: ["KEY"], effect: effect)
            .failure(OutboundResponse(status: status, body: try Fixture.bytes("odoo/\(fixture)")))
    }

    private func rpc(_ name: String, _ text: String = "text") -> CallFailure {
        OdooFailure(secrets: [], effect: .once).failure(
            OdooRPCError(code: 200, message: "Odoo Server Error", data: OdooException(name: name, message: text)))
    }

    @Test func `the documented refusals of JSON-2 are told apart`() throws {
        let unauthorized = try json2(401, "json2_error.401.json")
        #expect(unauthorized.kind == .accountWide && unauthorized.scope == .credential)
        #expect(unauthorized.vendorText == "Invalid apikey")
        #expect(try json2(404, "json2_error.404.json").kind == .accountWide)
        let missing = try json2(404, "json2_missing.404.json")
        #expect(missing.code == CallFailure.RecordCode.gone && missing.kind == .permanent)
        let rejected = try json2(422, "json2_error.422.json")
        #expect(rejected.kind == .permanent && rejected.scope == .message)
    }

    @Test func `JSON-RPC says the same in an answer of 200`() throws {
        let envelope: OdooEnvelope<OdooValue> = try WireJSON.decode(from: Fixture.bytes("odoo/jsonrpc_error.200.json"))
        let failure = OdooFailure(secrets: [], effect: .read).failure(try #require(envelope.error))
        #expect(failure.kind == .accountWide && failure.scope == .credential)
        #expect(failure.vendorText == "You are not allowed to modify 'Contact' (res.partner) records.")
    }

    @Test func `a rule about one record is not the whole account's`() {
        let failure = rpc(
            "odoo.exceptions.AccessError", "Uh-oh! Looks like you have stumbled upon some top-secret records.")
        #expect(failure.kind == .permanent && failure.scope == .message)
    }

    @Test(arguments: [
        ("odoo.exceptions.AccessDenied", CallFailure.Kind.accountWide),
        ("odoo.exceptions.MissingError", .permanent), ("odoo.exceptions.UserError", .permanent),
        ("odoo.exceptions.LockError", .transient), ("psycopg2.errors.SerializationFailure", .transient),
        ("psycopg2.OperationalError", .transient), ("builtins.ZeroDivisionError", .transient),
    ])
    func `exceptions are known by their name`(name: String, kind: CallFailure.Kind) {
        #expect(rpc(name).kind == kind)
    }

    @Test(arguments: [
        ("odoo.exceptions.UserError", "Object mail.message doesn't exist"),
        ("werkzeug.exceptions.NotFound", "the model 'mail.message' does not exist"),
    ])
    func `an app that is not installed is named`(name: String, text: String) {
        let failure = rpc(name, text)
        #expect(failure.kind == .accountWide && failure.vendorText == text)
        #expect(failure.advice.en.contains("install Contacts or CRM"))
    }

    @Test func `a database that is not there is the configuration's fault`() {
        let failure = rpc("psycopg2.OperationalError", "FATAL:  database \"acme\" does not exist")
        #expect(failure.kind == .accountWide)
        #expect(failure.advice.en.contains("crm.NAME.database"))
    }

    @Test func `what Odoo answers by itself was undone, a gateway's page says nothing of that`() throws {
        let gateway = OdooFailure(secrets: [], effect: .once)
        #expect(gateway.failure(OutboundResponse(status: 502, body: Array("<html>".utf8))).kind == .unknown)
        #expect(gateway.failure(OutboundResponse(status: 503)).kind == .transient)
        let throttled = gateway.failure(OutboundResponse(status: 429, headers: [("Retry-After", "7")]))
        #expect(throttled.kind == .throttled(retryAfter: .seconds(7)))
        let odoo = #"{"name":"builtins.KeyError","message":"'x'","arguments":[],"context":{},"debug":""}"#
        #expect(gateway.failure(OutboundResponse(status: 500, body: Array(odoo.utf8))).kind == .transient)
    }

    @Test func `the key is in no text`() {
        let failure = OdooFailure(secrets: ["KEY-1234"], effect: .read).failure(
            OdooRPCError(
                code: 200, message: nil, data: OdooException(name: "builtins.ValueError", message: "KEY-1234 is bad")))
        #expect(failure.vendorText == "[redacted] is bad")
    }

    @Test func `settings that cannot work are refused`() {
        #expect(throws: PuenteError.self) { try OdooSettings(baseURL: "odoo", key: "k") }
        #expect(throws: PuenteError.self) { try OdooSettings(baseURL: "https://o.example", key: "") }
        #expect(throws: PuenteError.self) {
            try OdooSettings(baseURL: "https://o.example", key: "k", interface: .jsonrpc)
        }
        #expect(throws: PuenteError.self) {
            try OdooSettings(baseURL: "https://o.example", key: "k", webhookSecret: "short")
        }
    }
}
