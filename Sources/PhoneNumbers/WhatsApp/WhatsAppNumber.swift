/// The one form under which all writings of a WhatsApp number are known.
///
/// WhatsApp's ids (`wa_id`: digits, no "+") and a CRM's numbers differ for one and the same account in some countries,
/// see ``NationalVariants``. The canonical form is for finding people; what is sent to is always what Meta reported.
/// Pure digit work without libphonenumber: webhooks and imports pass through here.
package enum WhatsAppNumber {
    /// The canonical digits of `waID`; the same for all its ``variants(of:)``, and for itself.
    ///
    /// Total, since what Meta sends must stay usable: digits of no known pattern (its samples are often no real numbers)
    /// are their own canonical form, and a text that holds more than digits, a leading "+" and separators
    /// (for example a business-scoped user id) comes back as it is.
    package static func canonical(_ waID: String) -> String {
        guard let written = WrittenDigits(waID) else { return waID }
        guard let digits = written.digits, let variants = NationalVariants(digits) else { return written.text }
        return variants.canonical.text
    }

    /// Every digit string under which a CRM may hold, or WhatsApp may report, this account: the canonical form first,
    /// then the others, likeliest first. One to four, without repetition.
    package static func variants(of number: String) -> [String] {
        guard let written = WrittenDigits(number) else { return [number] }
        guard let digits = written.digits, let variants = NationalVariants(digits) else { return [written.text] }
        return ([variants.canonical] + variants.others).map(\.text)
    }
}

extension PhoneNumber {
    /// What the number is known by: the same for all writings that reach one WhatsApp account. Digits only.
    package var handle: String { WhatsAppNumber.canonical(digits) }
}

/// The ASCII digits of a number as Meta or a CRM's E.164 column writes it.
private struct WrittenDigits {
    /// Nil when there are more than any number has.
    let digits: DigitString?
    let text: String

    /// Nil when the text holds anything but digits, one leading "+" and separators, or holds no digit at all.
    init?(_ text: String) {
        var digits: DigitString? = DigitString()
        var isVerbatim = true
        for (position, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = digits?.appending(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "+") where position == 0: isVerbatim = false
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"):
                isVerbatim = false
            default: return nil
            }
        }
        if let digits, digits.isEmpty { return nil }
        self.digits = digits
        self.text = isVerbatim ? text : digits?.text ?? text.filter { $0.isASCII && $0.isNumber }
    }
}
