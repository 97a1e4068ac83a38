internal import CPostgres

extension PostgresLink {
    /// What goes out before answers are waited for: bounds the memory on both sides.
    private static let sliceRows = 512
    private static let sliceBytes = 1 << 20

    /// Runs the statement once for each row, without waiting for each answer; the rows changed in all.
    /// Inside a transaction; the first failure ends it, as always.
    func runMany(_ sql: String, _ rows: [SQLArguments]) throws(SQLError) -> Int {
        let statement = try statement(sql)
        var values: [[SQLValue]] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try statement.values(of: row)) }
        guard rows.count > 1, statement.isPreparable,
            let variant = statement.variant(forAll: values, makeName: nextName)
        else { return try runEach(sql, rows) }
        try prepare(variant)
        var changed = 0
        var rest = values[...]
        while !rest.isEmpty {
            changed += try runSlice(of: &rest, variant)
        }
        return changed
    }

    private func runEach(_ sql: String, _ rows: [SQLArguments]) throws(SQLError) -> Int {
        var changed = 0
        for row in rows { changed += try run(sql, row).0.affectedRows }
        return changed
    }

    private func runSlice(
        of rest: inout ArraySlice<[SQLValue]>, _ variant: PostgresStatement.Variant
    ) throws(SQLError) -> Int {
        guard PQenterPipelineMode(handle) == 1 else { throw breakOff("libpq would not begin a pipeline") }
        var count = 0
        var bytes = 0
        while count < Self.sliceRows, bytes < Self.sliceBytes, let values = rest.popFirst() {
            try bind(values, to: variant)
            bytes += bindings.byteCount
            count += 1
            try send(execution(of: variant))
        }
        try send(PQpipelineSync(handle))
        let outcome = try answers(count)
        guard PQexitPipelineMode(handle) == 1 else { throw breakOff("libpq would not end a pipeline") }
        if let failure = outcome.failure { throw error(for: failure) }
        return outcome.changed
    }

    /// Reads one answer for each execution and the mark behind them. After a failure the others say "aborted".
    private func answers(_ count: Int) throws(SQLError) -> (changed: Int, failure: PostgresFailure?) {
        var changed = 0
        var failure: PostgresFailure?
        for _ in 0..<count {
            while let result = try nextResult(by: deadline()) {
                switch PQresultStatus(result.pointer) {
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK: changed += PostgresAnswer(result).affectedRows
                case PGRES_PIPELINE_ABORTED: break
                default: failure = failure ?? PostgresFailure(result.pointer)
                }
                if PQstatus(handle) == CONNECTION_BAD { throw breakOff(Self.message(of: handle)) }
            }
        }
        guard let mark = try nextResult(by: deadline()), PQresultStatus(mark.pointer) == PGRES_PIPELINE_SYNC else {
            throw breakOff("the pipeline lost its place")
        }
        return (changed, failure)
    }
}
