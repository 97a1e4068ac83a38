internal import CPhoneNumber

extension PhoneNumber {
    /// As people in the number's own country write it, for example "55 1234 5678" or "(11) 96123-0986".
    package var nationalFormat: String {
        Self.formatted(digits, PUENTE_PHONE_STYLE_NATIONAL) ?? digits
    }

    /// As people abroad write it, for example "+52 55 1234 5678".
    package var internationalFormat: String {
        Self.formatted(digits, PUENTE_PHONE_STYLE_INTERNATIONAL) ?? e164
    }

    private static func formatted(_ digits: String, _ style: puente_phone_style) -> String? {
        var digits = digits
        return digits.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { out in
                    guard let from = characters.baseAddress, let to = out.baseAddress,
                        puente_phone_format(from, characters.count, Int32(style.rawValue), to, out.count)
                    else { return nil }
                    return String(cString: to)
                }
            }
        }
    }
}
