internal import ContactFiles
internal import Domain
internal import PhoneNumbers

/// The numbers of one row, in the order of its phone columns, each WhatsApp account once.
struct RowPhones {
    struct Number {
        let number: PhoneNumber
        /// What it was read from.
        let text: String
        /// The cell had decimals.
        var isAmount = false
        /// The file says itself that WhatsApp reaches it.
        var isOfWhatsApp = false

        /// What speaks for writing to this one rather than to another of the row.
        fileprivate var rank: Int {
            if number.validity != .valid { return 0 }
            if isOfWhatsApp { return 3 }
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

    /// - Parameters:
    ///   - calledWhatsApp: the phone columns whose headings name WhatsApp.
    ///   - whatsAppColumn: digits as Meta writes them, country code first and without "+". What else stands there (a user
    ///     id, a name) is nobody's mistake.
    init(
        _ row: FileRow, phoneColumns: [Int], calledWhatsApp: [Int] = [], whatsAppColumn: Int?,
        region: RowRegions.Region
    ) {
        self.region = region
        for column in phoneColumns where !row[column].isEmpty {
            for text in Self.values(row[column]) { read(text, isOfWhatsApp: calledWhatsApp.contains(column)) }
        }
        if let whatsAppColumn { readWhatsAppID(row[whatsAppColumn]) }
    }

    /// The one that the file itself calls WhatsApp's, else the first mobile, else the first valid one, else the first.
    var main: Number? {
        guard let best = numbers.map(\.rank).max() else { return nil }
        return numbers.first { $0.rank == best }
    }

    /// Google's contacts have all numbers of one kind in one cell, `912 345 678 ::: 612 345 678`: that are as many cells.
    private static func values(_ cell: String) -> [String] {
        cell.utf8.contains(UInt8(ascii: ":")) ? cell.split(separator: ":::").map { String($0) } : [cell]
    }

    private mutating func read(_ text: String, isOfWhatsApp: Bool) {
        let reading = PhoneReading(text, region: region.home?.code)
        if let amount = amount(text, unless: reading) {
            if region.isAssumed, PhoneNumber(amount: text) != amount { leansOnAssumption = true }
            let digits = String(text.prefix { $0 != "." && $0 != "," })
            return add(Number(number: amount, text: digits, isAmount: true, isOfWhatsApp: isOfWhatsApp))
        }
        switch reading {
        case .number(let number):
            if region.isAssumed, PhoneReading(text) != reading { leansOnAssumption = true }
            add(Number(number: number, text: text, isOfWhatsApp: isOfWhatsApp))
        case .several(let several): trouble = trouble ?? .several(several)
        case .refused(.missing): break
        case .refused(let problem): trouble = trouble ?? .refused(problem, text: text)
        }
    }

    /// What a program that took numbers for amounts wrote as `5512345678.0`; nil where only the digits with the nought
    /// are a number that exists.
    private func amount(_ text: String, unless reading: PhoneReading) -> PhoneNumber? {
        guard let amount = PhoneNumber(amount: text, region: region.home?.code) else { return nil }
        if amount.validity == .possible, case .number(let number) = reading, number.validity == .valid { return nil }
        return amount
    }

    private mutating func readWhatsAppID(_ text: String) {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "+") }
        guard (7...20).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            case .number(let number) = PhoneReading("+" + String(Substring(digits)))
        else { return }
        add(Number(number: number, text: text, isOfWhatsApp: true))
    }

    private mutating func add(_ number: Number) {
        // Of nearly all rows the only one: its handle is not asked for.
        guard !numbers.isEmpty else { return numbers.append(number) }
        guard let known = numbers.firstIndex(where: { $0.number.handle == number.number.handle }) else {
            return numbers.append(number)
        }
        if number.isOfWhatsApp { numbers[known].isOfWhatsApp = true }
    }
}
