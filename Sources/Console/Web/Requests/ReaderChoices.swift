import Domain
import Foundation
import Store

/// How somebody reads: the person's own choice, else the browser's, else the workspace's.
struct ReaderChoices: Sendable {
    let language: Language
    let theme: PageLayout.Theme
    let zone: TimeZone

    init(staff: StaffAccount?, cookies: ConsoleCookies, accepted: String?, settings: ConsoleSettings) {
        self.language =
            staff?.language ?? cookies.language ?? accepted.flatMap(Self.language(accepted:)) ?? settings.language
        self.theme = staff?.theme.flatMap { PageLayout.Theme(rawValue: $0) } ?? cookies.theme ?? .auto
        let own = settings.isZoneFixed ? nil : cookies.zone.flatMap(Self.zone(named:))
        self.zone = own ?? settings.zone
    }

    /// The first of ours in `Accept-Language`, by its weights.
    static func language(accepted header: String) -> Language? {
        let wishes = header.prefix(512).split(separator: ",").prefix(16).map { item -> (Language?, Double) in
            let parts = item.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let tag = parts.first?.split(separator: "-").first.map { $0.lowercased() } ?? ""
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (Language(rawValue: tag), weight)
        }
        // Sorting is not stable: among equals the first wins.
        return wishes.filter { $0.0 != nil && $0.1 > 0 }.enumerated()
            .min { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }?.element.0
    }

    /// An IANA name as the browser's script wrote it; nil for anything else.
    static func zone(named text: String) -> TimeZone? {
        guard let name = FormFields.decoded(text), (1...64).contains(name.utf8.count) else { return nil }
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "+"):
                true
            default: false
            }
        }
        return isName ? TimeZone(identifier: name) : nil
    }
}
