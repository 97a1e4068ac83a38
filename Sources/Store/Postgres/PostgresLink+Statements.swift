internal import CPostgres

extension PostgresLink {
    /// Statements with texts made at run time would otherwise fill the server's memory.
    private static let maxStatements = 1000

    /// Runs a statement once.
    func run(_ sql: String, _ arguments: SQLArguments) throws(SQLError) -> (PostgresAnswer, PostgresStatement.Variant) {
        let statement = try statement(sql)
        let values = try statement.values(of: arguments)
        let variant = statement.variant(of: statement.types(for: values), makeName: nextName)
        try prepare(variant)
        try bind([values], to: variant)
        try send(execution(of: variant))
        return (try answer(), variant)
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws(SQLError) -> [SQLRow] {
        let (answer, variant) = try run(sql, arguments)
        let columns = variant.columns ?? answer.columns
        variant.columns = columns
        return try answer.rows(columns: columns)
    }

    /// What this connection knows of the text.
    func statement(_ sql: String) throws(SQLError) -> PostgresStatement {
        if let statement = statements[sql] { return statement }
        if statements.count >= Self.maxStatements {
            try command("DEALLOCATE ALL")
            forgetStatements()
        }
        let statement = PostgresStatement(sql)
        // Commands are seldom run twice.
        if statement.isPreparable { statements[sql] = statement }
        return statement
    }

    /// After this every statement is prepared anew, under another name.
    func forgetStatements() {
        statements = [:]
    }

    func nextName() -> String {
        statementCount += 1
        return "s\(statementCount)"
    }

    func prepare(_ variant: PostgresStatement.Variant) throws(SQLError) {
        guard !variant.isPrepared, !variant.name.isEmpty else { return }
        let types = variant.declaredTypes
        try send(PQsendPrepare(handle, variant.name, variant.sql, Int32(types.count), types))
        _ = try answer()
        variant.isPrepared = true
    }

    /// - Parameter rows: as many as the variant takes.
    func bind(_ rows: ArraySlice<[SQLValue]>, to variant: PostgresStatement.Variant) throws(SQLError) {
        bindings.removeAll()
        for row in rows {
            for (value, type) in zip(row, variant.types) {
                if let type { try bindings.append(value, as: type) }
            }
        }
    }

    /// Puts one execution with the bound values on its way.
    func execution(of variant: PostgresStatement.Variant) -> Int32 {
        bindings.withArrays { count, values, lengths, formats in
            if variant.name.isEmpty {
                PQsendQueryParams(handle, variant.sql, count, variant.declaredTypes, values, lengths, formats, 1)
            } else {
                PQsendQueryPrepared(handle, variant.name, count, values, lengths, formats, 1)
            }
        }
    }
}

extension PostgresStatement {
    /// The arguments in the order of the parameters.
    func values(of arguments: SQLArguments) throws(SQLError) -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(parameters.names.count)
        for (position, name) in parameters.names.enumerated() {
            guard let value = arguments.value(of: name, expectedAt: position) else {
                throw .misuse("no value for :\(name)")
            }
            values.append(value)
        }
        return values
    }
}

extension PostgresStatement.Variant {
    /// The types of `$1, $2, …`.
    var declaredTypes: [Oid] {
        let row = types.compactMap { $0?.rawValue }
        return (0..<rows).flatMap { _ in row }
    }
}
