internal import CPostgres

/// What the server says of a statement that failed. Its detail, hint and context are left behind on purpose: they
/// repeat values of rows, which do not belong into logs.
struct PostgresFailure: Equatable {
    let state: String
    let text: String
    let constraint: String

    init(_ result: OpaquePointer) {
        state = Self.field("C", of: result)
        text = Self.field("M", of: result)
        constraint = Self.field("n", of: result)
    }

    init(state: String, text: String, constraint: String = "") {
        self.state = state
        self.text = text
        self.constraint = constraint
    }

    /// The codes of libpq's `PG_DIAG_…`, which are macros of C characters.
    private static func field(_ code: Unicode.Scalar, of result: OpaquePointer) -> String {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) } ?? ""
    }
}

extension PostgresFailure {
    /// Whether nothing more can be done on this connection.
    var endsConnection: Bool {
        switch state {
        // Shut down, crashed, not accepting; prepared statements vanished (a pooler that is not in session mode).
        case "57P01", "57P02", "57P03", "57P05", "25P03", "26000": true
        default: state.hasPrefix("08")
        }
    }

    /// Whether a change was tried where none can be made: by a closure that reads, or on a server that became a stand-by.
    var isReadOnly: Bool { state == "25006" }

    /// Whether a statement was prepared for tables that have changed since.
    var isStalePlan: Bool {
        state == "0A000" && text.hasPrefix("cached plan")
    }

    var error: SQLError {
        switch state {
        case "23505": .uniqueViolation(constraint: constraint)
        case "40001", "40P01": .conflict(text)
        case "55P03", "57014": .timedOut(text)
        case "53100": .full(text)
        case "58030", "58P01", "58P02", "XX001", "XX002": .storageFailed(text)
        case "": .unavailable(text)
        default: errorOfClass
        }
    }

    /// By the first two characters of the SQLSTATE (Appendix A of PostgreSQL's documentation).
    private var errorOfClass: SQLError {
        if endsConnection { return .unavailable(text) }
        if isStalePlan { return .conflict(text) }
        return switch state.prefix(2) {
        case "23": .constraint(constraint.isEmpty ? text : "\(constraint): \(text)")
        case "28", "3D", "53", "57": .unavailable(text)
        default: .misuse("\(text) [\(state)]")
        }
    }
}
