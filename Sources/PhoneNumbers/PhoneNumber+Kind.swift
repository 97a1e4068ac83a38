package import Domain

extension PhoneNumber {
    /// What a stored number is used for; unknown for digits that no number plan knows.
    package static func kind(of digits: String) -> PhoneNumberKind {
        do throws(PhoneNumberProblem) {
            return try PhoneNumber("+" + digits).kind
        } catch {
            return .unknown
        }
    }
}
