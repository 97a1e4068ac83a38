extension Store {
    /// Gives pages that retention freed back to the disk, a slice at a time. PostgreSQL's vacuum does that itself.
    /// - Parameters:
    ///   - pages: moved in one transaction; so many take some milliseconds.
    ///   - spare: free pages of 4 KB that are left alone, and a tenth of the file at least: new rows take them up.
    /// - Returns: whether there is more to give back.
    package func compactSlice(pages: Int = 250, sparing spare: Int = 4096) async throws -> Bool {
        guard database.dialect == .sqlite,
            try await database.read(on: .work, { try $0.isWorthCompacting(sparing: spare) })
        else { return false }
        return try await database.write(on: .work, .inOrder) { connection in
            try connection.execute("PRAGMA incremental_vacuum(\(pages))")
            return try connection.isWorthCompacting(sparing: spare)
        }
    }
}

extension SQLConnection {
    fileprivate func isWorthCompacting(sparing spare: Int) throws -> Bool {
        let free = try value("PRAGMA freelist_count", as: Int.self) ?? 0
        let all = try value("PRAGMA page_count", as: Int.self) ?? 0
        return free > max(spare, all / 10)
    }
}
