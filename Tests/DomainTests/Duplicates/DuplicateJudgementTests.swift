import Testing

@testable import Domain

@Suite struct DuplicateJudgementTests {
    private func person(_ id: Int64, _ change: (inout ContactEvidence) -> Void) -> ContactEvidence {
        var evidence = ContactEvidence(ContactID(rawValue: id))
        change(&evidence)
        return evidence
    }

    private func kinds(_ judgement: DuplicateJudgement) -> [DuplicateReason.Kind] { judgement.reasons.map(\.kind) }

    @Test func `a name alone is no reason`() {
        let a = person(1) { $0.names = ["María García"] }
        let b = person(2) { $0.names = ["Maria Garcia"] }
        #expect(DuplicateJudgement(a, b).score == 0)
        #expect(!DuplicateJudgement(a, b).isSuggested)
    }

    @Test func `the same address is one, and names that differ make it weaker`() {
        let a = person(1) { $0.emails = ["ana@x.mx"] }
        let b = person(2) { $0.emails = ["ana@x.mx"] }
        #expect(DuplicateJudgement(a, b).score == 75)
        let ana = person(1) { ($0.emails, $0.names) = (["ana@x.mx"], ["Ana Ruiz"]) }
        let eva = person(2) { ($0.emails, $0.names) = (["ana@x.mx"], ["Eva Soto"]) }
        #expect(DuplicateJudgement(ana, eva).score == 56)
        #expect(kinds(DuplicateJudgement(ana, eva)) == [.sameEmail, .differentNames])
    }

    @Test(
        "numbers one slip apart count between people of one name",
        arguments: [
            ("5215512345678", "5215512345679", DuplicateReason.Kind.nearNumber),
            ("5215512345678", "5215512354678", .nearNumber), ("5215512345678", "521551234567", .nearNumber),
            ("525512345678", "345512345678", .sameEnding), ("886912345678", "0912345678", .numberWithoutCountry),
        ])
    func slips(first: String, second: String, kind: DuplicateReason.Kind) {
        let a = person(1) { ($0.names, $0.phones) = (["Lucía Fernández"], [.init(first)]) }
        let b = person(2) { ($0.names, $0.phones) = (["FERNANDEZ, lucia"], [.init(second)]) }
        let judgement = DuplicateJudgement(a, b)
        #expect(kinds(judgement).contains(kind) && kinds(judgement).contains(.sameName))
        #expect(judgement.isSuggested)
        let c = person(3) { ($0.names, $0.phones) = (["Pedro Páramo"], [.init(second)]) }
        #expect(DuplicateJudgement(a, c).isSuggested == (kind == .numberWithoutCountry))
    }

    @Test func `two WhatsApp accounts make it weaker`() {
        func both(_ id: Int64, _ userID: String) -> ContactEvidence {
            person(id) {
                ($0.names, $0.companies, $0.userIDs) = (["Ana Ruiz"], ["acme": "Acme"], ["7": userID])
            }
        }
        let alone = DuplicateJudgement(
            person(1) { ($0.names, $0.companies) = (["Ana Ruiz"], ["acme": "Acme"]) }, both(2, "u2"))
        #expect(alone.score == 55)
        #expect(DuplicateJudgement(both(1, "u1"), both(2, "u2")).score == 44)
        #expect(kinds(DuplicateJudgement(both(1, "u1"), both(2, "u2"))).last == .ownAccounts)
    }

    @Test func `the weightiest reason comes first, and several make it surer`() {
        let a = person(1) {
            ($0.names, $0.emails, $0.username) = (["Ana"], ["ana@x.mx"], "ana")
            $0.records = [.init(connection: ConnectionID(rawValue: 1), crm: "HubSpot", remoteID: "7")]
        }
        let b = person(2) {
            ($0.names, $0.emails, $0.username) = (["Ana"], ["ana@x.mx"], "ANA")
            $0.records = [.init(connection: ConnectionID(rawValue: 1), crm: "HubSpot", remoteID: "7")]
        }
        let judgement = DuplicateJudgement(a, b)
        #expect(kinds(judgement) == [.sameRecord, .sameEmail, .sameUsername, .sameName])
        #expect(judgement.score == 99)
        #expect(judgement.reasons.first?.sentence.es == "Mismo registro en el CRM: HubSpot 7")
    }

    @Test func `whoever is suggested shares a key`() {
        let pairs: [(String, String)] = [
            ("5215512345678", "5215512345679"), ("5215512345678", "5215512354678"), ("5215512345678", "521551234567"),
            ("525512345678", "345512345678"), ("886912345678", "0912345678"), ("50761234567", "61234567"),
            ("34600111222", "34600111229"), ("34600111222", "3460011122"), ("34600111222", "34600112122"),
        ]
        for (first, second) in pairs {
            let a = person(1) { ($0.names, $0.phones) = (["Lucía Fernández"], [.init(first)]) }
            let b = person(2) { ($0.names, $0.phones) = (["Lucia Fernandez"], [.init(second)]) }
            #expect(DuplicateJudgement(a, b).isSuggested, "\(first) \(second)")
            let shared = Set(DuplicateKeys.keys(of: a)).intersection(DuplicateKeys.keys(of: b))
            #expect(!shared.isEmpty, "\(first) \(second)")
        }
    }

    @Test func `a key is the same in every release`() {
        #expect(DuplicateKeys.hash("") == -3_750_763_034_362_895_579)
        #expect(DuplicateKeys.hash("email ana@x.mx") == DuplicateKeys.hash("email ana@x.mx"))
    }

    @Test(arguments: [
        ("rfc", "RFC", ContactEvidence.FieldMeaning.document), ("empresa", "Empresa", .company),
        ("x1", "Ciudad de residencia", .city), ("correo_2", "Segundo correo", .email),
    ])
    func `fields say what they are by their names`(key: String, name: String, meaning: ContactEvidence.FieldMeaning) {
        #expect(ContactEvidence.FieldMeaning(key: key, name: name) == meaning)
        #expect(ContactEvidence.FieldMeaning(key: "talla", name: "Talla de zapato") == nil)
    }
}
