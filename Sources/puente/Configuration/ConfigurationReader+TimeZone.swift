import Foundation

extension ConfigurationReader {
    /// A name that the time zone database knows.
    mutating func timeZone() -> TimeZone? {
        guard let written = written(.timeZone, nil) else { return nil }
        guard let zone = Self.zone(written.text) else {
            complain(
                written, en: "must be the name of a time zone such as Europe/Madrid, America/Mexico_City or UTC",
                es: "debe ser el nombre de una zona horaria como Europe/Madrid, America/Mexico_City o UTC")
            return nil
        }
        return zone
    }

    /// Nil also for what Foundation reads beside names, such as `GMT+5`, whose sign people take in either way.
    private static func zone(_ name: String) -> TimeZone? {
        guard name.wholeMatch(of: /[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2}|UTC|GMT/) != nil else { return nil }
        return TimeZone(identifier: name)
    }
}
