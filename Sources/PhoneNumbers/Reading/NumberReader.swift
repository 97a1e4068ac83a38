/// Reads a text that holds one number and nothing strange, the way libphonenumber does.
struct NumberReader {
    /// Of numbers written without a country code.
    let region: RegionKey?

    /// More than any number with its extension needs, and what libphonenumber itself refuses beyond.
    static let maxTextBytes = 250

    func read(_ text: String) -> Result<PhoneNumber, PhoneNumberProblem> {
        switch readByPlans(text) {
        case .number(let number): .success(number)
        case .refused(let problem): .failure(problem)
        case .unknown: readByLibrary(text)
        }
    }

    func readByPlans(_ text: String) -> PlanReader.Answer {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count <= Self.maxTextBytes else { return .refused(.tooLong) }
            return PlanBook.installed.map { PlanReader(book: $0).read(bytes, region: region) } ?? .unknown
        }
    }

    func readByLibrary(_ text: String) -> Result<PhoneNumber, PhoneNumberProblem> {
        var text = text
        return text.withUTF8 { LibraryReader.read($0, region: region) }
    }
}
