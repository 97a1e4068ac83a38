import Domain
import Foundation
import Sandbox
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct SalesforceCheckTests {
    @Test func `a new org is checked, prepared and passes but for the object that people deploy`() async throws {
        try await SalesforceRig.run(deploys: false) { rig in
            let before = await rig.connector.check()
            #expect(before.map(\.name) == [.reach, .credential, .permissions, .fields, .limits])
            #expect(before.filter(\.isNoted).map(\.name) == [.fields])

            let created = try await rig.connector.prepare()
            let again = try await rig.connector.prepare()
            let after = await rig.connector.check()

            #expect(created == SalesforceField.allCases.map(\.name))
            #expect(again == [])
            #expect(after.filter { !$0.isPassed } == [])
            let fields = try #require(after.first { $0.name == .fields })
            #expect(fields.text.contains("WhatsApp_Message__c"))

            try await rig.control("POST", "/deploy")
            let deployed = await rig.connector.check()
            #expect(deployed.filter { !$0.isPassed || $0.isNoted } == [])
            #expect(rig.connector.headroom?.dailyLimit == 105_000)
        }
    }

    @Test func `a user who may not customise is told what an administrator has to make`() async throws {
        try await SalesforceRig.run(deploys: false) { rig in
            try await rig.control("PUT", "/org", #"{"may_customise":false}"#)

            let failure = await CallFailure.of { () throws(CallFailure) in try await rig.connector.prepare() }

            #expect(failure?.kind == .accountWide)
            #expect(failure?.scope == .connection)
            for field in SalesforceField.allCases {
                #expect(failure?.advice.en.contains("Contact.\(field.name)") == true)
                #expect(failure?.advice.es.contains("Contact.\(field.name)") == true)
            }
            let upsert = await CallFailure.of { () throws(CallFailure) in
                try await rig.connector.upsertContacts([ContactUpsert(puenteID: puenteID(1))])
            }
            #expect(upsert?.kind == .accountWide)

            try await rig.control("POST", "/deploy")
            let found = try await rig.connector.prepare()
            #expect(found == [])
            #expect(try await rig.made(1...1).count == 1)
        }
    }

    @Test func `a wrong secret stops the check, and its text is not repeated`() async throws {
        try await SalesforceRig.run { rig in
            let connector = try SalesforceRig.connector(
                rig.url, rig.client, credential: .clientCredentials(secret: "wrong-secret"))

            let steps = await connector.check()

            #expect(steps.map(\.name) == [.reach, .credential])
            #expect(steps.last?.isPassed == false)
            #expect(steps.last?.text.contains("wrong-secret") == false)
        }
    }

    @Test func `the JWT login is taken with the key whose certificate was uploaded`() async throws {
        let key = try Fixture.text("salesforce/jwt-test-key.pem")
        let publicKey = try Fixture.text("salesforce/jwt-test-key.public.pem")
        try await SalesforceRig.run { rig in
            let connector = try SalesforceRig.connector(
                rig.url, rig.client,
                credential: .jwtBearer(
                    username: "puente@ejemplo.example", privateKey: key,
                    audience: SalesforceSettings.defaultAudience))
            let before = await connector.check()
            #expect(before.last?.isPassed == false)

            let body = String(decoding: try WireJSON.encode(["public_key": publicKey]), as: UTF8.self)
            try await rig.control("PUT", "/org", body)
            let after = await connector.check()

            #expect(after.filter { !$0.isPassed } == [])
        }
    }

    @Test func `at the login host, My Domain is asked for`() async throws {
        try await SalesforceRig.run { rig in
            let connector = SalesforceConnector(
                settings: try SalesforceSettings(
                    baseURL: rig.url + "/salesforce/login", clientID: "sandbox-consumer-key",
                    credential: .clientCredentials(secret: "sandbox-secret")),
                client: rig.client, now: { morning })

            let failure = await CallFailure.of { () throws(CallFailure) in try await connector.prepare() }

            #expect(failure?.kind == .accountWide)
            #expect(failure?.advice.en.contains("My Domain") == true)
        }
    }

    @Test func `links lead to Salesforce alone`() async throws {
        try await SalesforceRig.run { rig in
            let pages = try await rig.connector.pages()
            #expect(pages == nil)
        }
    }

    @Test func `settings that cannot work are refused`() throws {
        let credential = SalesforceSettings.Credential.clientCredentials(secret: "s")
        for (url, id, credential, version) in [
            ("acme", "id", credential, "v66.0"), ("https://acme.my.salesforce.com", "", credential, "v66.0"),
            ("https://acme.my.salesforce.com", "id", credential, "66.0"),
            ("https://acme.my.salesforce.com", "id", credential, "v59.0"),
            ("https://acme.my.salesforce.com", "id", .clientCredentials(secret: " "), "v66.0"),
            (
                "https://acme.my.salesforce.com", "id",
                .jwtBearer(username: "u", privateKey: "no key", audience: "https://login.salesforce.com"), "v66.0"
            ),
        ] {
            #expect(throws: PuenteError.self) {
                try SalesforceSettings(baseURL: url, clientID: id, credential: credential, version: version)
            }
        }
    }
}

extension CheckStep {
    fileprivate var isNoted: Bool {
        if case .noted = outcome { true } else { false }
    }

    fileprivate var text: String {
        switch outcome {
        case .passed(let text), .noted(let text): text.en
        case .failed(let cause, let remedy): cause.en + " " + remedy.en
        }
    }
}
