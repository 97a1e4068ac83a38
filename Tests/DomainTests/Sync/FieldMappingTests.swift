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

    @Test func `a rewriting that no value comes through is named`() {
        func found(
            _ local: LocalField, _ remote: String, _ direction: SyncDirection, _ transform: FieldTransform
        ) -> [MappingProblem] {
            let fields = [
                RemoteField(name: "day", label: "Day", shape: .date),
                RemoteField(name: "text", label: "Text", shape: .text),
                RemoteField(name: "person", label: "Person", shape: .user),
            ]
            let row = MappingRow(
                local: local, remote: remote, direction: direction, rule: .crmWins, transforms: [transform])
            return FieldMapping([row]).problems(remote: fields, shape: Self.shape)[0]
        }

        #expect(found(.lastInboundAt, "day", .toCRM, .date(.yearMonthDay)).isEmpty)
        #expect(found(.lastInboundAt, "day", .toCRM, .date(.dayMonthYear)) == [.rewriting(.date)])
        #expect(found(.lastInboundAt, "text", .toCRM, .date(.dayMonthYear)).isEmpty)
        #expect(found(.phone, "day", .toCRM, .phone(.e164)) == [.rewriting(.date)])
        #expect(found(.phone, "text", .both, .phone(.national)).isEmpty)
        #expect(found(.lastInboundAt, "text", .toCRM, .phone(.e164)) == [.rewriting(.text)])
        #expect(found(.name, "person", .toCRM, .template("{{name}}")) == [.rewriting(.user)])
        #expect(found(.name, "person", .both, .choices([.init(ours: "a", theirs: "b")], otherwise: nil)).isEmpty)
    }

    @Test func `what may not be meant is said, row by row`() {
        func row(_ local: LocalField, _ remote: String, _ direction: SyncDirection) -> MappingRow {
            MappingRow(local: local, remote: remote, direction: direction, rule: .crmWins)
        }
        func warnings(_ rows: MappingRow...) -> [[MappingWarning]] {
            FieldMapping(rows).warnings(remote: Self.remote) { field in
                field == .wellKnown(.birthday) ? .date : Self.shape(field)
            }
        }
        let template = MappingRow(
            local: .profileName, remote: "nick", direction: .toCRM, rule: .fillBlank,
            transforms: [.template("{{last_name|profile_name}}")])

        #expect(
            warnings(row(.wellKnown(.birthday), "nick", .both), row(.wellKnown(.company), "nick", .fromCRM)) == [
                [.takenFromText(.date), .comesBack(as: .wellKnown(.company))], [],
            ])
        #expect(warnings(row(.firstName, "nick", .toCRM), row(.wellKnown(.city), "nick", .fromCRM))[0].count == 1)
        #expect(warnings(template, row(.lastName, "nick", .fromCRM)) == [[], []])
        #expect(warnings(row(.name, "nick", .both), row(.firstName, "a", .fromCRM)) == [[], [.overlaps(.name)]])
        #expect(warnings(row(.note, "score", .toCRM)) == [[.givenFromText(.number)]])
        #expect(warnings(row(.name, "nick", .both), row(.phone, "mobile", .both)) == [[], []])
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
