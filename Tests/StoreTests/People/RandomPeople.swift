import Domain

@testable import Store

/// People and conditions made of a few words, so that they often meet. The same seed makes the same ones.
struct RandomPeople {
    let labels: [LabelID]
    let text: FieldID
    let number: FieldID
    let date: FieldID
    let choice: FieldID
    let yesNo: FieldID
    let now: Timestamp
    /// From forty days ago to forty days ahead.
    private let nearDays: [CivilDate]
    private var random: SplitMix
    /// How many people were made: a handle is one person's.
    private var count = 1000

    init(_ world: ConsoleWorld, seed: UInt64) async throws {
        var labels: [LabelID] = []
        for name in ["Uno", "Dos", "Tres"] { labels.append(try await world.makeLabel(name)) }
        self.labels = labels
        text = try await world.makeField("Ciudad", .text)
        number = try await world.makeField("Puntos", .number)
        date = try await world.makeField("Cumpleaños", .date)
        choice = try await world.makeField("Nivel", .choice, choices: Self.choices)
        yesNo = try await world.makeField("Socio", .yesNo)
        let now = world.clock.now
        self.now = now
        let today = try required(CivilDate(now)).days
        nearDays = (-40...40).compactMap { CivilDate(days: today + $0) }
        random = SplitMix(seed: seed)
    }

    private static let choices = ["Oro", "Plata", "Único"]
    private static let names = [
        "Lucía", "lucia gómez", "ÁNGEL", "Ang", "100%", "a_b", "😀 Ana", "王小明", "O'Neil", "", " ",
    ]
    private static let words = ["Puebla", "puébla", "San José", "sanjose", "★", "50%", "x"]
    private static let emails = [("ana", "ejemplo.mx"), ("luis", "otra.com"), ("a_b", "ejemplo.mx")]
    /// A number that nobody else has follows.
    private static let phones = ["52551234", "521551234", "34612", "886912", "1809555"]
    private static let languages = ["es", "es_MX", "pt_BR", "pt", "en"]
    private static let evidence = ["webhook", "crm", "api", "import", "person"]

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func any<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func days() -> Int { any([1, 7, 30, 365]) }

    private mutating func moment() -> Timestamp { now - .days(Int.random(in: 0...400, using: &random)) - .hours(1) }

    private mutating func day() -> CivilDate {
        any(nearDays)
    }

    // MARK: People

    mutating func person() -> PersonSample {
        var person = PersonSample(name: any(Self.names), profileName: any(Self.names))
        person.language = chance(60) ? any(Self.languages) : nil
        person.createdAt = moment()
        count += 1
        let email = any(Self.emails)
        if chance(70) { person.phones = ["\(any(Self.phones))\(count)"] }
        if chance(20) { person.phones.append("\(any(Self.phones))\(count)9") }
        person.unreachable = Set(person.phones.filter { _ in chance(50) })
        person.numberKind = chance(80) ? any([.mobile, .fixedLine]) : nil
        if chance(40) { person.emails = ["\(email.0)\(count)@\(email.1)"] }
        if chance(30) { person.userID = "MX.\(count)" }
        person.evidence = any(Self.evidence)
        person.labels = Set(labels.filter { _ in chance(40) })
        person.states = Set(ContactState.allCases.filter { _ in chance(25) })
        if chance(70) {
            person.conversation = .init(isOpen: chance(50), lastInbound: chance(70) ? moment() : nil)
        }
        for purpose in SegmentCondition.Purpose.allCases where chance(50) {
            let isGranted = chance(60)
            person.consents[purpose] = .init(isGranted: isGranted, isDouble: isGranted && chance(40))
        }
        person.fields = fields()
        return person
    }

    private mutating func fields() -> [FieldID: FieldValue] {
        var fields: [FieldID: FieldValue] = [:]
        func value(_ written: String, _ kind: FieldKind) -> FieldValue? {
            // Everything that is made here can be read.
            try? FieldValue.read(written, as: kind, choices: Self.choices, habits: .machine)
        }
        if chance(60) { fields[text] = value(any(Self.words), .text) }
        if chance(60) { fields[number] = value(any(["0", "5", "5.5", "-3", "1000"]), .number) }
        if chance(60) { fields[date] = FieldValue(day()) }
        if chance(60) { fields[choice] = value(any(Self.choices), .choice) }
        if chance(60) { fields[yesNo] = FieldValue(isYes: chance(50)) }
        return fields
    }

    // MARK: Conditions

    mutating func conditions() throws -> SegmentConditions {
        let count = Int.random(in: 1...4, using: &random)
        let parts = (0..<count).map { _ -> SegmentConditions.Part in
            guard chance(25) else { return .condition(condition()) }
            let size = Int.random(in: 1...3, using: &random)
            return .group(chance(50) ? .all : .any, (0..<size).map { _ in condition() })
        }
        return try SegmentConditions(chance(60) ? .all : .any, parts)
    }

    mutating func condition() -> SegmentCondition {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: .name(text(Self.names.filter { !$0.allSatisfy(\.isWhitespace) } + ["ana", "lu", "王", "%", "_"]))
        case 1: .email(address())
        case 2: .phone([any(["52", "521", "5255", "34", "1809"]), any(["886", "34"])], isSo: chance(70))
        case 3: .language(chance(80) ? any(Self.languages) : nil, isSo: chance(60))
        case 4: .reach(any(SegmentCondition.Reach.allCases))
        case 5: .field(text, .text, text(Self.words + ["pue", "jose"]))
        case 6: chance(50) ? .field(choice, .choice, named(Self.choices)) : .field(yesNo, .yesNo, named(["yes", "no"]))
        case 7: .number(number, numberTest())
        case 8: .date(date, dateTest())
        case 9: .label(any(labels), isSo: chance(60))
        case 10: .state(any(ContactState.allCases), isSo: chance(60))
        case 11: .consent(any(SegmentCondition.Purpose.allCases), any(SegmentCondition.Consent.allCases))
        case 12: .activity(activity())
        case 13: .numberKind(any([.mobile, .fixedLine, .voip]), isSo: chance(60))
        case 14: .unreachable(isSo: chance(60))
        default: chance(50) ? .created(age()) : .source(any(SegmentCondition.Source.allCases), isSo: chance(60))
        }
    }

    private mutating func text(_ words: [String]) -> SegmentCondition.TextTest {
        let word = any(words)
        return any([.contains(word), .starts(word), .equals(word), .differs(word), .filled, .empty])
    }

    private mutating func address() -> SegmentCondition.TextTest {
        let known = Int.random(in: 1000...max(count, 1000), using: &random)
        return any([
            .contains("a_b"), .ends("@ejemplo.mx"), .starts("ANA"), .equals("luis\(known)@otra.com"), .filled, .empty,
        ])
    }

    private mutating func named(_ words: [String]) -> SegmentCondition.TextTest {
        let word = any(words)
        return any([.equals(word), .differs(word), .filled, .empty])
    }

    private mutating func numberTest() -> SegmentCondition.NumberTest {
        let value = any([0, 5, 5.5, 1000] as [Double])
        return any([.equals(value), .differs(value), .atLeast(value), .atMost(value), .filled, .empty])
    }

    private mutating func dateTest() -> SegmentCondition.DateTest {
        let (day, days) = (day(), days())
        return any([
            .on(day), .before(day), .after(day), .past(days: days), .next(days: days), .filled, .empty,
        ])
    }

    private mutating func activity() -> SegmentCondition.Activity {
        let days = days()
        return any([.within(days: days), .silent(days: days), .never, .open, .noneOpen])
    }

    private mutating func age() -> SegmentCondition.Age {
        let days = days()
        return any([.within(days: days), .longer(days: days), .since(day()), .before(day())])
    }
}
