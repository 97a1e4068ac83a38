import PhoneNumbers
import Store

extension NumberSummary {
    /// `+1 555-078-3881`; as the configuration has it where that is no number that can be written.
    var writtenNumber: String {
        // A number that cannot be read is shown as it is: the account check says what is wrong with it.
        (try? PhoneNumber(displayNumber).internationalFormat) ?? displayNumber
    }
}
