import Domain
import Testing

@Suite struct FieldMappingTests {
    private static let remote = [
        RemoteField(name: "mobile", label: "Mobile", shape: .phone),
        RemoteField(name: "company", label: "Company", shape: .other),
        RemoteField(name: "nick", label: "Nick", shape: .text),
        RemoteField(name: "score", label: "Score", shape: .number, isWritable: false),
        RemoteField(name: "optin", label: "Opt-in", shape: .choice, choices: ["Yes", "No"]),
    ]

    private static func shape(_ field: LocalField) -> FieldShape? {
        switch field {
        case .phone: .phone
        case .marketingConsent: .consent
        case .lastInboundAt: .moment
        case .custom: nil
        default: .text
        }
    }

    private func problems(_ rows: MappingRow...) -> [[MappingProblem]] {
        FieldMapping(rows).problems(remote: Self.remote, shape: Self.shape)
    }

    @Test func `rows that fit have no problem`() {
        let rows = [
            MappingRow(local: .phone, remote: "mobile", direction: .both, rule: .newest),
            MappingRow(local: .name, remote: "nick", direction: .toCRM, rule: .puenteWins),
            MappingRow(
                local: .marketingConsent, remote: "optin", direction: .both, rule: .newest,
                transforms: [
                    .choices(
                        [.init(ours: "granted", theirs: "Yes"), .init(ours: "withdrawn", theirs: "No")], otherwise: nil)
                ]),
        ]
        #expect(FieldMapping(rows).problems(remote: Self.remote, shape: Self.shape) == [[], [], []])
    }

    @Test func `what cannot work is named, row by row`() {
        #expect(problems(MappingRow(local: .name, remote: "gone", direction: .both, rule: .ask)) == [[.noSuchField]])
        #expect(
            problems(MappingRow(local: .name, remote: "score", direction: .toCRM, rule: .ask)).first?.first
                == .notWritable)
        #expect(
            problems(MappingRow(local: .profileName, remote: "nick", direction: .both, rule: .ask)) == [[.notTaken]])
        #expect(
            problems(MappingRow(local: .name, remote: "company", direction: .toCRM, rule: .ask))
                == [[.kinds(ours: .text, theirs: .other)]])
        #expect(
            problems(
                MappingRow(
                    local: .name, remote: "nick", direction: .both, rule: .ask, transforms: [.template("{{nobody}}")]))
                == [[.notReversible, .unknownVariable("nobody")]])
        #expect(
            problems(
                MappingRow(
                    local: .name, remote: "optin", direction: .toCRM, rule: .ask, transforms: [.letters(.upper)],
                    fallback: "Maybe")) == [[.noSuchChoice("Maybe")]])
        let someField = LocalField.custom(FieldID(rawValue: 7))
        #expect(
            problems(MappingRow(local: someField, remote: "nick", direction: .toCRM, rule: .ask)) == [
                [.noSuchLocalField]
            ])
    }

    @Test func `two rows do not write the same field`() {
        let first = MappingRow(local: .name, remote: "nick", direction: .toCRM, rule: .puenteWins)
        var second = MappingRow(local: .profileName, remote: "nick", direction: .toCRM, rule: .puenteWins)
        #expect(problems(first, second) == [[], [.twice]])
        second.isOn = false
        #expect(problems(first, second) == [[], []])
    }

    @Test func `fields are written by words that stay`() {
        for field in LocalField.common { #expect(LocalField(rawValue: field.rawValue) == field) }
        let own = LocalField.custom(FieldID(rawValue: 4711))
        #expect(LocalField(rawValue: own.rawValue) == own)
        #expect(LocalField(rawValue: "field:!") == nil && LocalField(rawValue: "salary") == nil)
        #expect(TemplateVariable("phone_number")?.field == .phone)
    }
}
