import Domain
import Foundation
import NIOCore

/// `/sandbox/…`: what a test or a person uses to make things happen and to see what happened.
struct Controls: Sendable {
    let world: SandboxWorld

    func answer(_ call: Call) async -> Answer {
        do {
            return try await route(call)
        } catch {
            return error.answer
        }
    }

    private func route(_ call: Call) async throws(ControlError) -> Answer {
        let rest = call.dropping(1)
        switch (call.method, call.segments.first) {
        case (.get, nil): return .json(["controls": JSON(Self.index)])
        case (.delete, nil):
            world.reset()
            return .noContent
        case (.get, "summary"): return .json(summary)
        case (_, "faults"): return try faults(call)
        case (_, "settings"): return try settings(call)
        case (_, "clock"): return try clock(call)
        case (_, "callbacks"): return try await callbacks(rest)
        case (_, "customers"): return try customers(rest)
        case (_, "messages"): return try messages(rest)
        case (.post, "statuses"): return try status(call)
        case (.post, "webhooks"): return try await webhook(call)
        case (_, "templates"): return try templates(rest)
        case (_, "load"): return try load(call)
        case (_, "crm") where rest.segments.dropFirst().first == "fields": return try field(rest)
        case (_, "crm") where rest.segments.first == "salesforce": return try await salesforce(rest.dropping(1))
        case (_, "crm"): return try crm(rest)
        default: throw ControlError("There is no such control; GET /sandbox lists them.", status: 404)
        }
    }

    private static let index = [
        "GET /sandbox/summary", "DELETE /sandbox", "GET|PUT /sandbox/faults", "GET|PUT /sandbox/settings",
        "GET|POST /sandbox/clock", "GET|PUT /sandbox/callbacks", "POST /sandbox/callbacks/verify",
        "GET /sandbox/customers", "GET|PUT /sandbox/customers/{phone}", "POST /sandbox/customers/{phone}/messages",
        "POST /sandbox/customers/{phone}/number", "POST /sandbox/customers/{phone}/preferences",
        "GET /sandbox/messages", "POST /sandbox/statuses", "POST /sandbox/webhooks", "GET|PUT /sandbox/templates",
        "GET|POST|DELETE /sandbox/load", "GET /sandbox/crm/{name}/{contacts|activities}",
        "POST|PATCH|DELETE /sandbox/crm/hubspot/contacts[/{id}]", "POST /sandbox/crm/hubspot/merge",
        "POST /sandbox/crm/hubspot/codes", "DELETE /sandbox/crm/hubspot/{tokens|app}",
        "POST /sandbox/crm/{hubspot|own}/commands", "POST|PATCH|DELETE /sandbox/crm/salesforce/contacts[/{id}]",
        "POST /sandbox/crm/salesforce/{merge|deploy}", "GET|PUT /sandbox/crm/salesforce/org",
        "DELETE /sandbox/crm/salesforce/sessions",
        "POST|PATCH|DELETE /sandbox/crm/zoho/contacts[/{id}]", "POST /sandbox/crm/zoho/{merge|modules}",
        "PUT /sandbox/crm/zoho/credits",
        "GET|PUT /sandbox/crm/odoo", "POST|PATCH|DELETE /sandbox/crm/odoo/contacts[/{id}]",
        "POST /sandbox/crm/odoo/merge", "DELETE|PATCH|POST /sandbox/crm/{hubspot|salesforce|zoho|odoo}/fields/{field}",
        "POST /sandbox/crm/{hubspot|salesforce|zoho|odoo}/crowd",
    ]

    static func body(_ call: Call) throws(ControlError) -> JSON {
        if call.body.readableBytes == 0 { return [:] }
        do {
            return try call.json()
        } catch {
            throw ControlError("The body is not JSON: \(error.message) at byte \(error.offset).")
        }
    }

    static func digits(_ text: String?) throws(ControlError) -> String {
        guard let text, let digits = WhatsAppNumber.digits(of: text) else {
            throw ControlError("'\((text ?? "").prefix(40))' is no phone number.")
        }
        return digits
    }

    func number(_ json: JSON) throws(ControlError) -> SandboxNumber {
        let wanted = json["phone_number_id"]?.identifier
        guard let number = world.configuration.numbers.first(where: { wanted == nil || $0.id == wanted }) else {
            throw ControlError("The sandbox has no business number with this id.", status: 404)
        }
        return number
    }
}
