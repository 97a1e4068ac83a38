/// What a cell that should hold one phone number holds.
package enum PhoneReading: Equatable, Sendable {
    case number(PhoneNumber)
    /// More than one number stands there: those that can be read, in the order of the text. One when only one can.
    case several([PhoneNumber])
    case refused(PhoneNumberProblem)

    /// - Parameters: as of ``PhoneNumber/init(_:region:)``, which is this without the list of several numbers.
    package init(_ text: String, region: String? = nil) {
        let reader = NumberReader(region: region.flatMap { RegionKey($0) })
        switch reader.readByPlans(text) {
        case .number(let number) where number.validity == .valid: self = .number(number)
        case .number(let number): self = SecondLook(text, by: reader).reading(of: number)
        case .refused(let problem): self = SecondLook(text, by: reader).reading(refusedFor: problem)
        case .unknown: self = Self.rarerWriting(SecondLook(text, by: reader), text, reader)
        }
    }

    private static func rarerWriting(_ look: SecondLook, _ text: String, _ reader: NumberReader) -> PhoneReading {
        if let number = look.numberAmongWords { return .number(number) }
        return switch reader.readByLibrary(text) {
        case .success(let number): look.reading(of: number)
        case .failure(let problem): look.reading(refusedFor: problem)
        }
    }
}
