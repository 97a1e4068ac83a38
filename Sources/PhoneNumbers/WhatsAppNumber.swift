/// The one form under which all writings of a WhatsApp number are known.
///
/// WhatsApp's ids (`wa_id`: digits, no "+") and a CRM's numbers differ for one and the same account in three countries,
/// see ``NationalVariants``. The canonical form is for finding people; what is sent to is always what Meta reported.
/// Pure digit work without libphonenumber: webhooks and imports pass through here.
package enum WhatsAppNumber {
    /// The canonical digits of `waID`; the same for all its ``variants(of:)``, and for itself.
    ///
    /// Total, since what Meta sends must stay usable: digits of no known pattern (its samples are often no real numbers)
    /// are their own canonical form, and a text that holds more than digits, a leading "+" and separators
    /// (for example a business-scoped user id) comes back as it is.
    package static func canonical(_ waID: String) -> String {
        guard let digits = Digits(waID) else { return waID }
        guard let variants = NationalVariants(digits.bytes) else { return digits.isVerbatim ? waID : digits.text }
        let canonical = variants.canonical
        return digits.isVerbatim && canonical == digits.bytes ? waID : String(decoding: canonical, as: UTF8.self)
    }

    /// Every digit string under which a CRM may hold, or WhatsApp may report, this account: the canonical form first,
    /// then the others, likeliest first. One to four, without repetition.
    package static func variants(of number: String) -> [String] {
        guard let digits = Digits(number) else { return [number] }
        guard let variants = NationalVariants(digits.bytes) else { return [digits.text] }
        return ([variants.canonical] + variants.others).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// The ASCII digits of a number as Meta or a CRM's E.164 column writes it.
private struct Digits {
    let bytes: [UInt8]
    /// Whether the text was nothing but digits.
    let isVerbatim: Bool

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Nil when the text holds anything but digits, one leading "+" and separators, or holds no digit at all.
    init?(_ text: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var isVerbatim = true
        for (position, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "+") where position == 0: isVerbatim = false
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"):
                isVerbatim = false
            default: return nil
            }
        }
        guard !bytes.isEmpty else { return nil }
        self.bytes = bytes
        self.isVerbatim = isVerbatim
    }
}
