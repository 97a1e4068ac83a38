import CRM
import Domain
import Foundation
import Logging
import OutboundHTTP
import Sandbox
import Store
import Testing

@testable import puente

/// `puente crm mapping` without a CRM that answers.
@Suite struct CRMMappingTests {
    private static let file = """
        puente_mapping: 1
        rows:
          - {local: first_name, remote: firstname, direction: both, rule: crm_wins}
          - {local: "known:company", remote: company, direction: from_crm, rule: fill_blank, enabled: false}
          - {local: phone, remote: mobilephone, direction: to_crm, rule: puente_wins, transforms: [{kind: phone, form: e164}], fallback: "?"}
        """

    private let installation: Installation
    private let config: String

    init() throws {
        installation = try Installation()
        config = installation.folder.file("puente.yaml")
    }

    private func run(_ arguments: String...) async -> (status: Int32, output: [String], errors: [String]) {
        let terminal = RecordedTerminal()
        let status = await terminal.run(["crm", "mapping"] + arguments + ["--config", config])
        return (status, terminal.output, terminal.errors)
    }

    private func rows() async throws -> String? {
        try await installation.value("SELECT COUNT(*) FROM mapping_row")
    }

    @Test func `a mapping is looked at, imported, shown and written as it was`() async throws {
        try await installation.run { _, _ in }
        let path = try installation.folder.write("mapping.yaml", Self.file)

        let before = await run("show", "hubspot")
        #expect(before.status == 0, "\(before.errors)")
        #expect(before.output.first?.hasPrefix("Nothing is mapped to HubSpot yet") == true)
        let dry = await run("import", "hubspot", path, "--offline", "--dry-run")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(dry.output.last == "Nothing was written.")
        #expect(try await rows() == "0")

        let done = await run("import", "hubspot", path, "--offline", "--yes")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try await rows() == "3")
        let again = await run("import", "hubspot", path, "--offline", "--yes")
        #expect(again.output.last == "This is what is mapped already.")

        let shown = await run("show", "hubspot", "--offline")
        #expect(shown.output.first?.hasPrefix("HubSpot: 3 rows, 2 in use; last changed ") == true)
        #expect(
            shown.output.dropFirst() == [
                "1  on   First name    ↔  firstname    crm_wins", "2  off  Company       ←  company      fill_blank",
                "3  on   Phone number  →  mobilephone  puente_wins · phone · “?”",
            ], "\(shown.output)")

        let out = installation.folder.file("out.yaml")
        #expect(await run("export", "hubspot", "--out", out).output == ["Written: \(out)"])
        #expect(await run("export", "hubspot", "--out", out).status == 2, "what is there stays")
        let printed = await run("export", "hubspot")
        #expect(try installation.folder.read("out.yaml") == printed.output.joined() + "\n")
        #expect(await run("import", "hubspot", out, "--offline", "--yes").output.last == again.output.last)
    }

    @Test func `a row that does not fit stops all of it, or is switched off`() async throws {
        try await installation.run { _, _ in }
        let path = try installation.folder.write("mapping.yaml", Self.file.replacing("to_crm", with: "both"))
        let page = try installation.folder.write("page.yaml", Self.file.replacing("phone, rem", with: "page, rem"))
        let twice = Self.file.replacing("local: phone", with: "local: first_name").replacing("to_crm", with: "both")
        let both = try installation.folder.write("both.yaml", twice)

        #expect(await run("import", "hubspot", path, "--offline", "--dry-run").status == 0)
        #expect(await run("import", "hubspot", page, "--offline", "--dry-run").status == 0, "a page may be told")
        let refused = await run("import", "hubspot", both, "--offline", "--yes")
        #expect(refused.status == 1)
        #expect(refused.errors.first == "What does not fit:")
        #expect(refused.errors.dropFirst().first?.hasPrefix("3  First name ↔ mobilephone: Another row") == true)
        #expect(try await rows() == "0")

        let off = await run("import", "hubspot", both, "--offline", "--yes", "--switch-off")
        #expect(off.status == 0, "\(off.errors)")
        #expect(off.output.contains { $0.hasPrefix("3  off  First name") })
        #expect(try await installation.value("SELECT COUNT(*) FROM mapping_row WHERE is_on = 1") == "1")
    }

    @Test func `a connection that is switched off shows its mapping, and its CRM is not asked`() async throws {
        _ = try await installation.run { open, _ in
            try await open.store.database.write { connection in
                try connection.execute("UPDATE connection SET state = 'disabled' WHERE slug = 'hubspot'", [:])
            }
        }
        let path = try installation.folder.write("mapping.yaml", Self.file)

        let refused = await run("import", "hubspot", path, "--dry-run")
        #expect(refused.status == 1)
        #expect(refused.errors.last?.contains("switched off") == true, "\(refused.errors)")
        #expect(await run("import", "hubspot", path, "--offline", "--yes").status == 0)
        let shown = await run("show", "hubspot")
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.first?.hasPrefix("HubSpot: 3 rows") == true)
        #expect(shown.errors.first?.contains("switched off") == true, "\(shown.errors)")
    }

    @Test func `what cannot be done is said with the exit code of its kind`() async throws {
        try await installation.run { _, _ in }
        let path = try installation.folder.write("mapping.yaml", Self.file)
        let broken = try installation.folder.write("broken.yaml", "puente_mapping: 1\nrows: [{local: x}]")

        #expect(await run("show", "pipedrive").status == 1)
        let unasked = await run("import", "hubspot", path)
        #expect(unasked.status == 2)
        #expect(unasked.errors.first?.contains("--dry-run") == true)
        let unread = await run("import", "hubspot", broken)
        #expect(unread.errors.contains("Row 1, local: is no field of Puente."), "the file comes before the consent")
        let fault = await run("import", "hubspot", broken, "--offline", "--yes")
        #expect(fault.status == 2)
        #expect(fault.errors.contains("Row 1, local: is no field of Puente."))
        #expect(await run("import", "hubspot", "/nowhere.yaml", "--yes").status == 2)
        let nobody = await run("try", "hubspot", "34699999999")
        #expect(nobody.status == 1)
        #expect(nobody.errors.first?.hasPrefix("Nobody here has the id") == true)
    }
}

/// `puente crm mapping` against the sandbox's HubSpot.
@Suite struct CRMMappingSandboxTests {
    /// A customer of ours with a record there.
    private func withRecord(
        _ body: (_ record: String, _ run: ([String]) async -> (status: Int32, output: [String], errors: [String]))
            async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        let sandbox = SandboxServer(
            configuration: configuration, logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            defer { group.cancelAll() }
            let base = try await sandbox.baseURL
            let installation = try Installation(
                nil,
                SampleConfiguration.complete.replacing(
                    "token: pat-na1-secret", with: "token: sandbox-token\n    base_url: \(base)/hubspot"))
            let record = try await makeRecord(at: base)
            try await installation.run { open, workspace in
                _ = try await installation.queueMessages(["Hola"], open.store, workspace)
                try await open.store.database.write { connection in
                    try connection.execute(
                        """
                        INSERT INTO remote_ref
                            (workspace_id, connection_id, entity, local_id, remote_id, is_shared, linked_at, seen_at)
                        SELECT c.workspace_id, k.id, 'contact', c.id, :record, 0, :now, :now
                        FROM contact c CROSS JOIN connection k WHERE k.slug = 'hubspot'
                        """, ["record": record, "now": Installation.now])
                }
            }
            let config = installation.folder.file("puente.yaml")
            try await body(record) { arguments in
                let terminal = RecordedTerminal()
                let status = await terminal.run(["crm", "mapping"] + arguments + ["--config", config])
                return (status, terminal.output, terminal.errors)
            }
        }
    }

    private func makeRecord(at base: String) async throws -> String {
        let http = OutboundClient(logger: .silent)
        let connector = HubSpotConnector(
            settings: try HubSpotSettings(
                baseURL: "\(base)/hubspot", token: "sandbox-token", clientSecret: nil, appID: nil, language: .english),
            client: http)
        _ = try await connector.prepare()
        let contact = ContactUpsert(
            puenteID: "0000000000001", occasion: "test", firstName: "Vera", lastName: "Paz", profileName: "Vera")
        let outcome = try await connector.upsertContacts([contact]).first
        try await http.shutdown()
        guard case .done(let record) = outcome else { throw CancellationError() }
        return record
    }

    @Test func `the usual mapping is taken, and tried with a contact by number, record and id`() async throws {
        try await withRecord { record, run in
            let dry = await run(["reset", "hubspot", "--dry-run"])
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(dry.output.last == "Nothing was written.")
            let done = await run(["reset", "hubspot", "--yes"])
            #expect(done.status == 0, "\(done.errors)")
            let shown = await run(["show", "hubspot"])
            #expect(shown.errors == [], "every field is there")

            let byNumber = await run(["try", "hubspot", "600 000 001"])
            #expect(byNumber.status == 0, "\(byNumber.errors)")
            #expect(byNumber.output.first?.hasSuffix("· HubSpot \(record)") == true)
            #expect(byNumber.output.contains { $0.contains("firstname") && $0.contains("– ⇒ \"Vera\"") })
            #expect(await run(["try", "hubspot", record]).output == byNumber.output)
            let id = byNumber.output.first?.split(whereSeparator: { "()".contains($0) }).dropFirst().first
            #expect(await run(["try", "hubspot", String(id ?? "?")]).output == byNumber.output)
            #expect(await run(["try", "hubspot", record]).output == byNumber.output, "nothing was written")
        }
    }
}
