extension PhoneNumber {
    /// Reads a number in any habit of writing: spaces, dots, dashes, brackets, "+" and "00", trunk zeros, extensions,
    /// full-width, Arabic and other digits, words around it.
    ///
    /// - Parameters:
    ///   - text: what was written; over 250 bytes it is refused as too long.
    ///   - region: ISO 3166 alpha-2 (either case) of numbers written without a country code; nil when there is none,
    ///     and then only international writing is understood.
    /// - Throws: why the text is no possible number, or more than one.
    package init(_ text: String, region: String? = nil) throws(PhoneNumberProblem) {
        switch PhoneReading(text, region: region) {
        case .number(let number): self = number
        case .several: throw .severalNumbers
        case .refused(let problem): throw problem
        }
    }
}
