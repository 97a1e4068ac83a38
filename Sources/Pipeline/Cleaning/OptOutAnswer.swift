internal import ContactFiles

/// What a cell says of whether somebody does not want to be written to.
enum OptOutAnswer {
    /// Nothing stands there.
    case blank
    case no
    case yes
    /// A date, a reason: neither yes nor no.
    case unclear

    init(_ cell: String) {
        guard !cell.isBlankText, !["-", "–"].contains(ContactName.tidied(cell)) else {
            self = .blank
            return
        }
        switch OptOutWords.answer(cell) {
        case true?: self = .yes
        case false?: self = .no
        case nil: self = .unclear
        }
    }

    /// What is not plainly a no is taken for a yes: nobody is written to by mistake.
    var isOptOut: Bool { self == .yes || self == .unclear }
}
