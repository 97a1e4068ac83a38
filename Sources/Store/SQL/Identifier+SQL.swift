package import Domain

extension Identifier: SQLConvertible {
    package var sqlValue: SQLValue { .integer(rawValue) }
    package static func from(_ value: SQLValue) -> Self? {
        Int64.from(value).map(Self.init(rawValue:))
    }
}

extension Timestamp: SQLConvertible {
    package var sqlValue: SQLValue { .integer(milliseconds) }
    package static func from(_ value: SQLValue) -> Timestamp? {
        Int64.from(value).map(Timestamp.init(milliseconds:))
    }
}

extension Lane: SQLConvertible {
    package var sqlValue: SQLValue { .text(description) }
    package static func from(_ value: SQLValue) -> Lane? {
        String.from(value).flatMap(Lane.init)
    }
}

extension MessageStatus: SQLConvertible {}
extension JobKind: SQLConvertible {}
extension JobState: SQLConvertible {}
extension UnroutedReason: SQLConvertible {}
extension MessageContent.Kind: SQLConvertible {}
extension PauseScope: SQLConvertible {}
