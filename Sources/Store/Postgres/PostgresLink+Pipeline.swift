internal import CPostgres

extension PostgresLink {
    /// What goes out before answers are waited for: bounds the memory on both sides.
    private static let sliceRows = 1024
    private static let sliceBytes = 1 << 20
    /// How many rows one INSERT takes. Each number is a statement of its own on the server.
    private static let rowsPerInsert = [64, 8]

    /// Runs the statement once for each row, without waiting for each answer; the rows changed in all.
    /// Inside a transaction; the first failure ends it, as always.
    func runMany(_ sql: String, _ rows: [SQLArguments]) throws(SQLError) -> Int {
        let statement = try statement(sql)
        var values: [[SQLValue]] = []
        values.reserveCapacity(rows.count)
        for row in rows { values.append(try statement.values(of: row)) }
        guard rows.count > 1, statement.isPreparable, let types = statement.types(forAll: values) else {
            return try runEach(sql, rows)
        }
        var changed = 0
        var rest = values[...]
        while !rest.isEmpty {
            changed += try runSlice(of: &rest, statement, types)
        }
        return changed
    }

    private func runEach(_ sql: String, _ rows: [SQLArguments]) throws(SQLError) -> Int {
        var changed = 0
        for row in rows { changed += try run(sql, row).0.affectedRows }
        return changed
    }

    private func runSlice(
        of rest: inout ArraySlice<[SQLValue]>, _ statement: PostgresStatement, _ types: [PostgresType?]
    ) throws(SQLError) -> Int {
        let variants = try preparedVariants(of: statement, types, for: min(rest.count, Self.sliceRows))
        guard PQenterPipelineMode(handle) == 1 else { throw breakOff("libpq would not begin a pipeline") }
        var rows = 0
        var bytes = 0
        var executions = 0
        while rows < Self.sliceRows, bytes < Self.sliceBytes,
            let variant = variants.first(where: { $0.rows <= rest.count })
        {
            try bind(rest.prefix(variant.rows), to: variant)
            rest = rest.dropFirst(variant.rows)
            rows += variant.rows
            bytes += bindings.byteCount
            executions += 1
            try send(execution(of: variant))
        }
        try send(PQpipelineSync(handle))
        let outcome = try answers(executions)
        guard PQexitPipelineMode(handle) == 1 else { throw breakOff("libpq would not end a pipeline") }
        if let failure = outcome.failure { throw error(for: failure) }
        return outcome.changed
    }

    /// The variants that `count` rows will use, those with most rows first; the last takes one row.
    private func preparedVariants(
        of statement: PostgresStatement, _ types: [PostgresType?], for count: Int
    ) throws(SQLError) -> [PostgresStatement.Variant] {
        var variants: [PostgresStatement.Variant] = []
        for rows in (statement.takesManyRows ? Self.rowsPerInsert : []) + [1] where rows <= count {
            let variant = statement.variant(of: types, rows: rows, makeName: nextName)
            try prepare(variant)
            variants.append(variant)
        }
        return variants
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
