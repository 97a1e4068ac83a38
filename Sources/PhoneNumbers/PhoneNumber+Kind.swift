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

    /// Whether the digits of a stored number are none that its country's plan has, as far as the plan is known here: it
    /// may be mistyped, or newer than what we know. Asked when the number is shown, so that the answer ages with nothing.
    package static func isDoubtful(_ digits: String) -> Bool {
        do throws(PhoneNumberProblem) {
            return try PhoneNumber("+" + digits).validity == .possible
        } catch {
            return true
        }
    }
}
