internal import CPostgres

/// libpq's memory of one result; freed with this object.
final class PostgresResult {
    let pointer: OpaquePointer

    init(pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }
}

/// What a command answered, when it did not fail.
struct PostgresAnswer {
    private let result: PostgresResult

    init(_ result: PostgresResult) {
        self.result = result
    }

    /// For example "COMMIT" or "INSERT 0 1".
    var tag: String { String(cString: PQcmdStatus(result.pointer)) }

    /// Rows inserted, updated, deleted; rows selected for a SELECT.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(result.pointer))) ?? 0 }

    var columns: [String] {
        (0..<PQnfields(result.pointer)).map { PQfname(result.pointer, $0).map { String(cString: $0) } ?? "" }
    }

    /// - Parameter columns: the answer's own, kept by the statement so that rows share them.
    func rows(columns: [String]) throws(SQLError) -> [SQLRow] {
        let types = (0..<PQnfields(result.pointer)).map { PQftype(result.pointer, $0) }
        var rows: [SQLRow] = []
        rows.reserveCapacity(Int(PQntuples(result.pointer)))
        for row in 0..<PQntuples(result.pointer) {
            var values: [SQLValue] = []
            values.reserveCapacity(types.count)
            for (column, type) in types.enumerated() {
                values.append(try value(row, Int32(column), type))
            }
            rows.append(SQLRow(columns: columns, values: values))
        }
        return rows
    }

    private func value(_ row: Int32, _ column: Int32, _ type: UInt32) throws(SQLError) -> SQLValue {
        if PQgetisnull(result.pointer, row, column) == 1 { return .null }
        let count = Int(PQgetlength(result.pointer, row, column))
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result.pointer, row, column), count: count)
        return try SQLValue(postgres: bytes, type: type)
    }
}
