import Domain
import Foundation
import Testing

@Suite struct SegmentConditionTests {
    private static let field = FieldID(rawValue: 7)
    private static let label = LabelID(rawValue: 8)
    private static let day = CivilDate(days: 20_783) ?? CivilDate(Timestamp(milliseconds: 0))

    /// One of each kind.
    static let every: [SegmentCondition] = [
        .name(.contains("Lucía")), .name(.starts("l")), .name(.equals("Ana")), .name(.differs("Ana")), .name(.filled),
        .name(.empty), .email(.ends("@ejemplo.mx")), .email(.empty), .phone(["52", "1809"], isSo: true),
        .phone(["34"], isSo: false), .language("pt_BR", isSo: true), .language(nil, isSo: true),
        .language(nil, isSo: false), .reach(.phone), .reach(.userIDOnly), .reach(.nothing),
        .field(field, .text, .contains("oro")), .field(field, .choice, .equals("Oro")),
        .field(field, .yesNo, .equals("yes")), .number(field, .atLeast(1234.5)), .number(field, .differs(-3)),
        .number(field, .empty), .date(field, .past(days: 30)), .date(field, .next(days: 7)), .date(field, .filled),
        .label(label, isSo: true), .label(label, isSo: false), .state(.doNotCall, isSo: true),
        .consent(.marketing, .double), .consent(.utility, .notGranted), .activity(.within(days: 7)),
        .activity(.silent(days: 90)), .activity(.never), .activity(.open), .created(.longer(days: 365)),
        .source(.import, isSo: false), .numberKind(.fixedLineOrMobile, isSo: true), .numberKind(.voip, isSo: false),
        .unreachable(isSo: true), .unreachable(isSo: false),
    ]

    @Test(arguments: every)
    func `a condition comes back from its words`(condition: SegmentCondition) throws {
        #expect(try SegmentCondition(condition.words, habits: .machine) == condition)
    }

    @Test(
        "every number that a field may hold comes back from its words",
        arguments: [
            ("0.00001", "0.00001"), ("-0.0000125", "-0.0000125"), ("0.000000000000001", "0.000000000000001"),
            ("0.0001", "0.0001"), ("123456789012.345", "123456789012.345"), ("999999999999999", "999999999999999"),
        ])
    func small(written: String, kept: String) throws {
        let words = SegmentCondition.Words(.field, of: "\(Self.field)", kind: .number, .atLeast, written)
        let condition = try SegmentCondition(words, habits: .machine)

        #expect(condition.words.value == kept)
        let data = try JSONEncoder().encode(condition)
        #expect(try JSONDecoder().decode(SegmentCondition.self, from: data) == condition)
    }

    @Test func `days come back, too`() throws {
        let day = try #require(Self.day)
        for condition: SegmentCondition in [
            .date(Self.field, .on(day)), .date(Self.field, .before(day)), .created(.since(day)),
        ] {
            #expect(try SegmentCondition(condition.words, habits: .machine) == condition)
        }
    }

    @Test func `a tree comes back from JSON, and its JSON is for people to read`() throws {
        let conditions = try SegmentConditions(
            .all, [.condition(.label(Self.label, isSo: true)), .group(.any, Self.every.suffix(3))])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(conditions), as: UTF8.self)

        #expect(try JSONDecoder().decode(SegmentConditions.self, from: Data(text.utf8)) == conditions)
        #expect(
            text.hasPrefix(
                #"{"match":"all","parts":[{"about":"label","is":"has","of":"\#(Self.label)"},{"match":"any","parts":["#)
        )
    }

    @Test(
        "what is wrong with a condition is said",
        arguments: [
            (SegmentCondition.Words(.name, .contains, " "), "1 to 100 characters"),
            (.init(.name, .has), "not complete"), (.init(.phone, .starts, "Puebla"), "+1 809"),
            (.init(.phone, .starts, "0052"), "+1 809"), (.init(.language, .equals, "español"), "pt_BR"),
            (.init(.activity, .within, "0"), "1 to 36,500"), (.init(.activity, .within, "x"), "1 to 36,500"),
            (.init(.label, of: "nothing", .has), "not complete"), (.init(.state, of: "happy", .has), "not complete"),
            (.init(.field, of: "\(field)", kind: .number, .atLeast, "mucho"), "no number"),
            (.init(.field, of: "\(field)", kind: .date, .before, "ayer"), "no day"),
            (.init(.field, of: "\(field)", kind: .number, .contains, "1"), "not complete"),
            (.init(.source, .equals, "moon"), "not complete"),
        ])
    func refusal(words: SegmentCondition.Words, sentence: String) {
        let problem = #expect(throws: PuenteError.self) { try SegmentCondition(words, habits: .machine) }
        #expect(problem?.detail == "condition")
        #expect(problem?.message.en.contains(sentence) ?? false)
    }

    @Test func `every comparison that is offered can be read`() throws {
        for subject in SegmentSubject.allCases {
            for kind in subject == .field ? FieldKind.allCases : [nil] as [FieldKind?] {
                for test in subject.tests(kind: kind) {
                    let of: String? =
                        switch subject {
                        case .field: "\(Self.field)"
                        case .label: "\(Self.label)"
                        case .state: "blocked"
                        case .consent: "marketing"
                        default: nil
                        }
                    let words = SegmentCondition.Words(
                        subject, of: of, kind: kind, test, Self.value(test.value(of: subject, kind: kind)))
                    #expect(try SegmentCondition(words, habits: .machine).words.test == test)
                }
            }
        }
    }

    private static func value(_ value: SegmentTest.Value) -> String? {
        switch value {
        case .nothing: nil
        case .text, .choice: "oro"
        case .number: "12.5"
        case .date: "2026-11-26"
        case .days: "30"
        case .yesNo: "yes"
        case .language: "es"
        case .prefixes: "+52"
        case .source: "crm"
        case .numberKind: "fixed_line"
        }
    }

    @Test func `there are limits`() throws {
        let many = Array(repeating: SegmentConditions.Part.condition(.name(.filled)), count: 31)
        let problem = #expect(throws: PuenteError.self) { try SegmentConditions(.all, many) }
        #expect(problem?.detail == "segment_size")
        #expect(throws: PuenteError.self) { try SegmentConditions(.all, [.group(.any, [])]) }
        #expect(try SegmentConditions(.any, Array(many.prefix(30))).all.count == 30)
    }
}
