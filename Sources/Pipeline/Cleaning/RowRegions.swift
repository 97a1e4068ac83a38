internal import ContactFiles
internal import PhoneNumbers

/// Finds the country of each row: that of its country column, else of its calling code, else the file's.
struct RowRegions {
    struct Region: Equatable {
        /// Of numbers written without a country code; nil when there is none.
        let home: PhoneRegion?
        /// Whether the row names a country that we do not know, so that `home` is only the next best.
        let isAssumed: Bool
    }

    /// Country columns repeat a few words a million times.
    private static let maxKnown = 2000

    private let countryColumn: Int?
    private let callingCodeColumn: Int?
    private let fallback: PhoneRegion?
    private var known: [String: PhoneRegion?] = [:]

    init(_ mapping: ColumnMapping, fallback: PhoneRegion?) {
        countryColumn = mapping.columns(for: .country).first
        callingCodeColumn = mapping.columns(for: .callingCode).first
        self.fallback = fallback
    }

    mutating func region(of row: FileRow) -> Region {
        let country = countryColumn.map { row[$0] } ?? ""
        if let region = read(country) { return Region(home: region, isAssumed: false) }
        let callingCode = callingCodeColumn.map { row[$0] } ?? ""
        if let region = read(callingCode) { return Region(home: region, isAssumed: false) }
        return Region(home: fallback, isAssumed: !ContactName.tidied(country + callingCode).isEmpty)
    }

    private mutating func read(_ cell: String) -> PhoneRegion? {
        guard !cell.isEmpty else { return nil }
        if let region = known[cell] { return region }
        let region = PhoneRegion(cell)
        if known.count < Self.maxKnown, cell.utf8.count < 100 { known[cell] = .some(region) }
        return region
    }
}
