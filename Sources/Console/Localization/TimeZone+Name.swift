import Foundation

extension TimeZone {
    /// As people call it: what databases of zones call `Etc/UTC` or `GMT` is UTC.
    var shownName: String {
        ["UTC", "GMT", "Etc/UTC", "Etc/GMT", "Etc/UCT", "Etc/Zulu", "Zulu"].contains(identifier) ? "UTC" : identifier
    }
}
