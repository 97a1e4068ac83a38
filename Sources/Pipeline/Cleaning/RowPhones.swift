internal import ContactFiles
internal import PhoneNumbers

/// The numbers of one row, in the order of its phone columns, each WhatsApp account once.
struct RowPhones {
    struct Number {
        let number: PhoneNumber
        /// The cell it was read from.
        let text: String
    }

    /// What the first cell that could not be used holds.
    enum Trouble {
        case several([PhoneNumber])
        case refused(PhoneNumberProblem, text: String)

        var problem: PhoneNumberProblem {
            switch self {
            case .several: .severalNumbers
            case .refused(let problem, _): problem
            }
        }
    }

    private(set) var numbers: [Number] = []
    private(set) var trouble: Trouble?
    /// Whether a number was understood only by a country that is ``RowRegions/Region/isAssumed``.
    private(set) var leansOnAssumption = false

    private let region: RowRegions.Region

    /// - Parameter whatsAppColumn: digits as Meta writes them, country code first and without "+". What else stands there
    ///   (a user id, a name) is nobody's mistake.
    init(_ row: FileRow, phoneColumns: [Int], whatsAppColumn: Int?, region: RowRegions.Region) {
        self.region = region
        for column in phoneColumns where !row[column].isEmpty { read(row[column]) }
        if let whatsAppColumn { readWhatsAppID(row[whatsAppColumn]) }
    }

    /// The first number that its country's plan knows, else the first.
    var main: Number? { numbers.first { $0.number.validity == .valid } ?? numbers.first }

    private mutating func read(_ text: String) {
        switch PhoneReading(text, region: region.home?.code) {
        case .number(let number): take(number, text)
        case .several(let several): trouble = trouble ?? .several(several)
        case .refused(.missing): break
        case .refused(let problem): trouble = trouble ?? .refused(problem, text: text)
        }
    }

    private mutating func take(_ number: PhoneNumber, _ text: String) {
        if region.isAssumed, PhoneReading(text, region: nil) != .number(number) { leansOnAssumption = true }
        add(Number(number: number, text: text))
    }

    private mutating func readWhatsAppID(_ text: String) {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "+") }
        guard (7...20).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            case .number(let number) = PhoneReading("+" + String(Substring(digits)))
        else { return }
        add(Number(number: number, text: text))
    }

    private mutating func add(_ number: Number) {
        // Of nearly all rows the only one: its handle is not asked for.
        guard !numbers.isEmpty else { return numbers.append(number) }
        guard !numbers.contains(where: { $0.number.handle == number.number.handle }) else { return }
        numbers.append(number)
    }
}
