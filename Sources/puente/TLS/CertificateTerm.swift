import Domain
import NIOSSL

/// How long a certificate is good for, as seen from a moment.
enum CertificateTerm: Equatable, Sendable {
    case good
    /// So near its end that something is wrong with its renewal.
    case ending(days: Int)
    case ended
    case notBegun

    /// Certbot renews 30 days before the end, or when a third of a short life is left.
    private static let warning: Duration = .days(14)

    init(from begins: Timestamp, until ends: Timestamp, now: Timestamp) {
        let left = ends - now
        if now < begins {
            self = .notBegun
        } else if left <= .zero {
            self = .ended
        } else if left < min(Self.warning, (ends - begins) / 3) {
            self = .ending(days: Int(left / .days(1)))
        } else {
            self = .good
        }
    }
}

extension ServerCertificate {
    func term(at now: Timestamp) -> CertificateTerm {
        CertificateTerm(from: Timestamp(seconds: Int64(chain[0].notValidBefore)), until: ends, now: now)
    }
}

extension CertificateTerm {
    /// "in 3 days", "within a day".
    static func phrase(days: Int) -> LocalizedText {
        switch days {
        case 0: LocalizedText(en: "within a day", es: "en menos de un día")
        case 1: LocalizedText(en: "in 1 day", es: "en 1 día")
        default: LocalizedText(en: "in \(days) days", es: "en \(days) días")
        }
    }
}
