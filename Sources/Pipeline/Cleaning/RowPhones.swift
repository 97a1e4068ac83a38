internal import ContactFiles
internal import Domain
internal import PhoneNumbers

/// The numbers of one row, in the order of its phone columns, each WhatsApp account once.
struct RowPhones {
    struct Number {
        let number: PhoneNumber
        /// The cell it was read from.
        let text: String
        /// The file says itself that WhatsApp reaches it.
        var isWhatsAppID = false

        /// What speaks for writing to this one rather than to another of the row.
        fileprivate var rank: Int {
            if number.validity != .valid { return 0 }
            if isWhatsAppID { return 3 }
            return number.kind == .mobile || number.kind == .fixedLineOrMobile ? 2 : 1
        }
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

    /// The one that the file itself calls WhatsApp's, else the first mobile, else the first valid one, else the first.
    var main: Number? {
        guard let best = numbers.map(\.rank).max() else { return nil }
        return numbers.first { $0.rank == best }
    }

    private mutating func read(_ text: String) {
        switch PhoneReading(Self.withoutDecimals(text), region: region.home?.code) {
        case .number(let number): take(number, text)
        case .several(let several): trouble = trouble ?? .several(several)
        case .refused(.missing): break
        case .refused(let problem): trouble = trouble ?? .refused(problem, text: text)
        }
    }

    /// Programs that took numbers for amounts write `5512345678.0`: the nought is none of the number's.
    private static func withoutDecimals(_ text: String) -> String {
        guard text.utf8.count > 8, text.utf8.suffix(2).elementsEqual(".0".utf8),
            text.utf8.dropLast(2).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return text }
        return String(text.dropLast(2))
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
        add(Number(number: number, text: text, isWhatsAppID: true))
    }

    private mutating func add(_ number: Number) {
        // Of nearly all rows the only one: its handle is not asked for.
        guard !numbers.isEmpty else { return numbers.append(number) }
        guard let known = numbers.firstIndex(where: { $0.number.handle == number.number.handle }) else {
            return numbers.append(number)
        }
        if number.isWhatsAppID { numbers[known].isWhatsAppID = true }
    }
}
