internal import ContactFiles

/// The columns in which a row may say that the person does not want to be written to.
struct OptOutColumns {
    private let optedOut: Int?
    private let consent: Int?

    init(_ mapping: ColumnMapping) {
        optedOut = mapping.columns(for: .optedOut).first
        consent = mapping.columns(for: .consent).first
    }

    func sayNo(in row: FileRow) -> Bool {
        if let optedOut, OptOutAnswer(row[optedOut]).isOptOut { return true }
        return consent.map { OptOutWords.saysLeft(row[$0]) } ?? false
    }
}
