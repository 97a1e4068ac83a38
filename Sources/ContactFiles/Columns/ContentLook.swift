/// What the cells of one column look like together.
struct ContentLook {
    private let count: Int
    private let phoneShare: Double
    private let emailShare: Double
    /// Whole numbers that only grow: numbers of rows or orders rather than of phones.
    private let isCounting: Bool
    private let isNumeric: Bool

    /// - Parameter cells: without empty ones.
    init(_ cells: [String]) {
        let looks = cells.map(CellLook.init)
        let total = Double(max(1, cells.count))
        count = cells.count
        phoneShare = Double(looks.count { $0 == .phone }) / total
        emailShare = Double(looks.count { $0 == .email }) / total
        let numbers = cells.compactMap { $0.hasPrefix("0") ? nil : Int($0) }
        isNumeric = !cells.isEmpty && cells.allSatisfy { Int($0.trimmed.drop { $0 == "+" }) != nil }
        isCounting = cells.count > 2 && numbers.count == cells.count && zip(numbers, numbers.dropFirst()).allSatisfy(<)
    }

    /// What the cells alone say.
    var guess: ColumnGuess {
        if emailShare >= 0.6 { return ColumnGuess(meaning: .email, confidence: 0.9 * emailShare, basis: .content) }
        guard phoneShare >= 0.6, !isCounting else { return .none }
        return ColumnGuess(meaning: .phone, confidence: 0.8 * phoneShare, basis: .content)
    }

    /// What the heading says, borne out by the cells or not.
    func weighed(_ entry: HeadingDictionary.Entry) -> ColumnGuess {
        let supported = min(0.99, entry.confidence + 0.04)
        guard count > 0 else {
            return ColumnGuess(meaning: entry.meaning, confidence: entry.confidence, basis: .heading)
        }
        switch entry.meaning {
        case .phone: return weighed(entry, share: phoneShare, supported: supported)
        case .email: return weighed(entry, share: emailShare, supported: supported)
        case .callingCode:
            // "Country code" may be 886 or TW.
            return ColumnGuess(
                meaning: isNumeric ? .callingCode : .country, confidence: supported, basis: .headingAndContent)
        default:
            // A heading of another kind above a column of nothing but addresses: believe the cells.
            if emailShare > 0.9, entry.confidence < 0.9 { return guess }
            return ColumnGuess(meaning: entry.meaning, confidence: entry.confidence, basis: .heading)
        }
    }

    private func weighed(_ entry: HeadingDictionary.Entry, share: Double, supported: Double) -> ColumnGuess {
        if share >= 0.5 { return ColumnGuess(meaning: entry.meaning, confidence: supported, basis: .headingAndContent) }
        // "Mail" above telephone numbers, "Phone" above addresses.
        if guess.confidence > 0.7 { return guess }
        return ColumnGuess(meaning: entry.meaning, confidence: entry.confidence * (0.5 + share), basis: .heading)
    }
}
