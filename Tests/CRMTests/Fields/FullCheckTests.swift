import Domain
import Testing

@testable import CRM

/// The check with its mapping and its sample record, against the simulators.
@Suite(.timeLimit(.minutes(2))) struct FullCheckTests {
    private static func check(_ mapping: FieldMapping, isKept: Bool = true) -> MappingCheck {
        MappingCheck(
            mapping, isKept: isKept, shape: { $0 == .email ? .email : .text },
            title: { $0.title ?? .same($0.rawValue) })
    }

    private static func steps(
        _ name: CheckStep.Name, of connector: any Connector, _ mapping: FieldMapping?, isKept: Bool = true
    ) async -> [CheckStep.Outcome] {
        let held = mapping.map { check($0, isKept: isKept) }
        return await connector.fullCheck(held, writesAt: moment).filter { $0.name == name }.map(\.outcome)
    }

    private static let moment = Timestamp(milliseconds: 1_795_042_920_000)
    private static let written = SampleRecord.puenteID

    /// Written, read back and gone.
    private static func expectSample(_ connector: any Connector) async throws {
        let sample = await steps(.sample, of: connector, nil)
        guard case .passed(let sentence)? = sample.first else {
            Issue.record("\(sample)")
            return
        }
        #expect(sentence.en == "A sample contact was written, read back and deleted.")
        let left = try await connector.findContacts(ContactLookup(puenteID: written))
        #expect(left.isEmpty)
    }

    @Test func `HubSpot takes a sample record, and has nothing of it afterwards`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            _ = try await connector.prepare()
            try await Self.expectSample(connector)
        }
    }

    @Test func `Salesforce takes one`() async throws {
        try await withCRM(CRMs.salesforce) { connector, _ in
            _ = try await connector.prepare()
            try await Self.expectSample(connector)
        }
    }

    @Test func `Zoho takes one`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            _ = try await connector.prepare()
            try await Self.expectSample(connector)
        }
    }

    @Test(arguments: [16, 19])
    func `each Odoo takes one`(version: Int) async throws {
        try await withCRM(version: version, CRMs.odoo) { connector, _ in
            _ = try await connector.prepare()
            try await Self.expectSample(connector)
        }
    }

    private static func expectVersion(_ sentence: String, _ connector: any Connector) async throws {
        _ = try await connector.prepare()
        let steps = await connector.fullCheck(nil, writesAt: nil)
        #expect(steps.prefix(4).map(\.name) == [.reach, .credential, .version, .permissions])
        let version = try #require(steps.first { $0.name == .version })
        guard case .passed(let found) = version.outcome else {
            Issue.record("\(version)")
            return
        }
        #expect(found.en == sentence)
    }

    @Test func `each CRM's version is named behind the credentials`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            try await Self.expectVersion(
                "Version 2026-09 of the API is used, which HubSpot supports until 2028-03.", connector)
        }
        try await withCRM(CRMs.salesforce) { connector, _ in
            try await Self.expectVersion(
                "Version v66.0 of the API is used; the newest of this org is v68.0.", connector)
        }
        try await withCRM(CRMs.zoho) { connector, _ in
            try await Self.expectVersion("Version 8 of Zoho's API is used.", connector)
        }
        try await withCRM(version: 17, CRMs.odoo) { connector, _ in
            try await Self.expectVersion("Odoo 17 is asked by JSON-RPC.", connector)
        }
    }

    @Test func `a version that Salesforce does not have is named with those that it has`() async throws {
        let credential = SalesforceSettings.Credential.clientCredentials(secret: "sandbox-secret")
        try await withCRM { url, client in
            SalesforceConnector(
                settings: try SalesforceSettings(
                    baseURL: url + "/salesforce", clientID: "sandbox-consumer-key", credential: credential,
                    version: "v99.0"), client: client, now: { Self.moment })
        } _: { connector, _ in
            let steps = await Self.steps(.version, of: connector, nil)
            guard case .failed(let cause, let remedy)? = steps.first else {
                Issue.record("\(steps)")
                return
            }
            #expect(cause.en == "This org has no version v99.0 of the API, but v64.0 to v68.0.")
            #expect(remedy.es.contains("crm.NAME.api_version"))
        }
    }

    @Test func `the end of an Odoo's interface, and of its versions, is told`() {
        func step(_ version: Int, _ interface: OdooSession.Interface) -> CheckStep {
            OdooConnector.step(OdooSession(interface: interface, majorVersion: version, uid: 2))
        }
        #expect(step(19, .json2).isPassed && step(16, .jsonRPC).isPassed)
        #expect(!step(15, .jsonRPC).isPassed)
        guard case .noted(let sentence) = step(19, .jsonRPC).outcome else {
            Issue.record("\(step(19, .jsonRPC))")
            return
        }
        #expect(sentence.en.contains("ends with Odoo 22"))
    }

    @Test func `a field that takes each value once is noted where several people may have one`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            _ = try await connector.prepare()
            func row(_ local: LocalField, _ direction: SyncDirection, _ fallback: String? = nil) -> MappingRow {
                MappingRow(local: local, remote: "email", direction: direction, rule: .crmWins, fallback: fallback)
            }

            let own = await Self.steps(.mapping, of: connector, FieldMapping([row(.email, .both)]))
            let taken = await Self.steps(.mapping, of: connector, FieldMapping([row(.note, .fromCRM)]))
            let fallback = await Self.steps(.mapping, of: connector, FieldMapping([row(.email, .both, "a@b.example")]))

            for steps in [own, taken] {
                #expect(!steps.contains { if case .noted = $0 { true } else { false } }, "\(steps)")
            }
            guard case .noted(let sentence)? = fallback.last else {
                Issue.record("\(fallback)")
                return
            }
            #expect(sentence.en.hasPrefix("“E-mail” and “email”: the CRM takes each value once there; of all people"))
        }
    }

    @Test func `before the fields are there, that is a note, and a row that waits for one as well`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            let mapping = FieldMapping([
                MappingRow(local: .page, remote: "whatsapp_conversation_url", direction: .toCRM, rule: .puenteWins)
            ])

            let sample = await Self.steps(.sample, of: connector, nil)
            let waiting = await Self.steps(.mapping, of: connector, mapping)

            #expect(sample.allSatisfy { if case .noted = $0 { true } else { false } } && sample.count == 1)
            guard case .noted(let sentence)? = waiting.first else {
                Issue.record("\(waiting)")
                return
            }
            #expect(sentence.en.hasSuffix("whatsapp_conversation_url."))
        }
    }

    @Test func `each row that cannot work is named with what to do`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            _ = try await connector.prepare()
            let mapping = FieldMapping([
                MappingRow(local: .email, remote: "email", direction: .both, rule: .crmWins),
                MappingRow(local: .firstName, remote: "shoe_size", direction: .both, rule: .crmWins),
            ])

            let kept = await Self.steps(.mapping, of: connector, mapping)
            let standard = await Self.steps(.mapping, of: connector, mapping, isKept: false)
            let right = await Self.steps(.mapping, of: connector, FieldMapping(Array(mapping.rows.prefix(1))))

            guard case .failed(let cause, let remedy)? = kept.first, kept.count == 1 else {
                Issue.record("\(kept)")
                return
            }
            #expect(cause.en == "“First name” and “shoe_size”: \(MappingProblem.noSuchField.sentence.en)")
            #expect(remedy.en.contains("switch it off"))
            #expect(standard == [.noted(cause)])
            #expect(
                right == [
                    .passed(
                        LocalizedText(
                            en: "Every mapped field fits on both sides (1).",
                            es: "Todos los campos relacionados encajan en ambos lados (1)."))
                ])
        }
    }
}
