/// The types of PostgreSQL that we send and read, by their number in its catalogue (`pg_type.oid`), which is fixed.
enum PostgresType: UInt32 {
    case bool = 16
    case bytes = 17
    case name = 19
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case oid = 26
    case json = 114
    case float4 = 700
    case float8 = 701
    case unknown = 705
    case blankPadded = 1042
    case varchar = 1043
    case numeric = 1700
    case void = 2278

    /// The type that a value is sent as; nil for NULL, which has every type.
    init?(of value: SQLValue) {
        switch value {
        case .null: return nil
        case .integer: self = .int8
        case .real: self = .float8
        case .text: self = .text
        case .blob: self = .bytes
        }
    }
}
