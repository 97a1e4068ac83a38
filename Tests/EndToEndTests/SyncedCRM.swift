import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import puente

/// One of the CRMs that can be read: what its fields are called, and how people there edit contacts.
struct SyncedCRM: Sendable, CustomTestStringConvertible {
    let name: String
    let email: String
    let optIn: String
    /// Nil where one field holds the whole name.
    var firstName: String?
    /// Nil where one field holds the whole name.
    let lastName: String?
    /// Under which the sandbox's controls take the fields; nil: as they are.
    let envelope: String?
    let hasWebhooks: Bool

    var testDescription: String { name }

    static let hubSpot = SyncedCRM(
        name: "hubspot", email: "email", optIn: "whatsapp_opt_in", firstName: "firstname", lastName: "lastname",
        envelope: "properties", hasWebhooks: true)
    static let salesforce = SyncedCRM(
        name: "salesforce", email: "Email", optIn: "WhatsApp_Opt_In__c", firstName: "FirstName", lastName: "LastName",
        envelope: "fields", hasWebhooks: false)
    static let zoho = SyncedCRM(
        name: "zoho", email: "Email", optIn: "WhatsApp_Opt_In", firstName: "First_Name", lastName: "Last_Name",
        envelope: "fields", hasWebhooks: true)
    static let odoo = SyncedCRM(
        name: "odoo", email: "email", optIn: "x_whatsapp_opt_in", lastName: nil, envelope: nil, hasWebhooks: true)

    static let all = [hubSpot, salesforce, zoho, odoo]
    static let telling = all.filter(\.hasWebhooks)

    // MARK: Installations

    /// What changes there is told by a webhook, or read a few times a second.
    var quick: Installation.Options { options(sweepEvery: .milliseconds(300)) }

    /// What changes there is known by webhooks alone.
    var toldAlone: Installation.Options { options(sweepEvery: .hours(1)) }

    /// What changes there is known by reading alone: nobody tells.
    var sweptAlone: Installation.Options {
        var options = options(sweepEvery: .milliseconds(300), isTold: false)
        let name = name
        options.adjustSandbox = { $0.callbacks.removeAll { $0.sender.rawValue == name } }
        return options
    }

    /// - Parameter isTold: without a public address no channel is opened.
    private func options(sweepEvery: Duration, isTold: Bool = true) -> Installation.Options {
        var options = Installation.Options(crm: name)
        let name = name
        options.adjustPlan = { plan in
            plan.sweepEvery = [name: sweepEvery]
            if !isTold { plan.publicURL = nil }
        }
        return options
    }

    // MARK: What people there do

    func body(_ fields: [String: String]) throws -> String {
        let object: Any = envelope.map { [$0: fields] as Any } ?? fields
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    /// What a record of the sandbox's list says; blank for nothing.
    func fields(of item: [String: Any]) -> [String: String] {
        let values = envelope == "properties" ? item["properties"] as? [String: Any] ?? [:] : item
        return values.compactMapValues { $0 as? String }
    }
}

/// A customer who is known on both sides.
struct SyncedContact: Sendable {
    let crm: SyncedCRM
    let puente: Installation
    let connection: ConnectionID
    let contact: ContactID
    /// The record's id in the CRM.
    let record: String

    static let phone = "34600111222"

    /// A customer writes, stands in the CRM, and all that each side had to tell the other is told.
    static func known(in crm: SyncedCRM, _ puente: Installation) async throws -> SyncedContact {
        if crm.name == "zoho", puente.server.plan.publicURL != nil {
            try await puente.until("the channel is open") {
                try await puente.count("SELECT COUNT(*) FROM connection WHERE push_renewal_at IS NOT NULL") == 1
            }
        }
        try await puente.customer(phone, name: "Vera", writes: "Hola")
        try await puente.until("the message is recorded", within: .seconds(40)) {
            try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
        }
        let row = try await puente.store.database.read(on: .console) { connection in
            let row = try connection.row("SELECT local_id, remote_id, connection_id FROM remote_ref")
            return try row.map {
                (
                    contact: try $0.get("local_id", as: ContactID.self),
                    record: try $0.get("remote_id", as: String.self),
                    connection: try $0.get("connection_id", as: ConnectionID.self)
                )
            }
        }
        let link = try #require(row)
        let known = SyncedContact(
            crm: crm, puente: puente, connection: link.connection, contact: link.contact, record: link.record)
        try await known.untilCompared()
        return known
    }

    // MARK: Either side

    /// A program at the API changes the contact here: `{"email": "…"}`.
    func editHere(_ body: String) async throws {
        let answer = try await puente.call(
            "PATCH", "\(puente.url)/api/v1/contacts/\(contact)", body: body,
            headers: ["Authorization": "Bearer pk_demo"])
        #expect(answer.status == 200, "\(answer.body)")
    }

    /// A person in the CRM changes the record.
    func editThere(_ fields: [String: String]) async throws {
        let answer = try await puente.call(
            "PATCH", "\(puente.sandbox)/sandbox/crm/\(crm.name)/contacts/\(record)", body: try crm.body(fields))
        #expect(answer.status == 200, "\(answer.body)")
    }

    /// What the record says, by the CRM's names.
    func shownThere() async throws -> [String: String] {
        let answer = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/\(crm.name)/contacts")
        let body = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        let items = body?["data"] as? [[String: Any]] ?? []
        return crm.fields(of: try #require(items.first { "\($0["id"] ?? $0["Id"] ?? "")" == record }))
    }

    /// The address that the contact has here; blank for none.
    func emailHere() async throws -> String {
        let contact = contact.rawValue
        return try await puente.store.database.read(on: .console) { connection in
            try connection.value(
                "SELECT value FROM handle WHERE contact_id = \(contact) AND kind = 'email' AND valid_to IS NULL",
                as: String.self) ?? ""
        }
    }

    /// How often programs wrote contacts of the CRM.
    func writes() async throws -> Int {
        struct Summary: Decodable {
            struct Writes: Decodable { let created, updated, tagged: Int }
            struct CRM: Decodable { let contact_writes: Writes }
        }
        let answer = try await puente.call("GET", "\(puente.sandbox)/sandbox/summary")
        let all = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        let part = try JSONSerialization.data(withJSONObject: try #require(all?[crm.name]))
        let writes = try JSONDecoder().decode(Summary.CRM.self, from: part).contact_writes
        return writes.created + writes.updated + writes.tagged
    }

    /// Rows of the log of this kind, of the e-mail address.
    func changes(_ kind: String) async throws -> Int {
        try await puente.count("SELECT COUNT(*) FROM sync_change WHERE kind = '\(kind)' AND local = 'email'")
    }

    // MARK: Waiting

    /// Everything is compared once more, and whatever follows from that is done.
    func untilCompared() async throws {
        try await puente.store.compareAll(of: connection, in: puente.workspace)
        try await puente.until("everything is compared", within: .seconds(30)) {
            let walk = try await puente.store.syncWalk(of: connection, in: puente.workspace)
            return walk.map { $0.endedAt != nil && $0.position == nil } ?? false
        }
        try await puente.until("nothing is to be done", within: .seconds(30)) {
            let open = "SELECT COUNT(*) FROM job WHERE state IN ('available', 'running', 'sending')"
            let (due, jobs) = (try await puente.count("SELECT COUNT(*) FROM sync_due"), try await puente.count(open))
            return due == 0 && jobs == 0
        }
    }

    /// Changes were read from the CRM since now.
    func untilSwept() async throws {
        // Its search sees what was written only after a moment.
        try await Task.sleep(for: .milliseconds(300))
        let since = puente.store.now().milliseconds
        try await puente.until("changes were read") {
            try await puente.count("SELECT COUNT(*) FROM connection WHERE last_sweep_at > \(since)") == 1
        }
    }
}
