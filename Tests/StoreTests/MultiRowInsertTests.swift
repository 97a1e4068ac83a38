import Testing

@testable import Store

@Suite struct MultiRowInsertTests {
    @Test func `the tuple is repeated with each row's own parameters`() throws {
        let insert = try #require(
            MultiRowInsert(
                "insert INTO a (b, c) VALUES (:b, lower(:c || ')') /* ( */, 'x', :b) ON CONFLICT (b) DO NOTHING"))

        #expect(
            insert.numbered(rows: 2, nulls: [])
                == """
                insert INTO a (b, c) VALUES ($1, lower($2 || ')') /* ( */, 'x', $1), \
                ($3, lower($4 || ')') /* ( */, 'x', $3) ON CONFLICT (b) DO NOTHING
                """)
        #expect(
            insert.numbered(rows: 2, nulls: [0])
                == """
                insert INTO a (b, c) VALUES (NULL, lower($1 || ')') /* ( */, 'x', NULL), \
                (NULL, lower($2 || ')') /* ( */, 'x', NULL) ON CONFLICT (b) DO NOTHING
                """)
    }

    @Test(arguments: [
        "SELECT :a", "UPDATE a SET b = :b", "INSERT INTO a (b) SELECT :b", "INSERT INTO a DEFAULT VALUES",
        "INSERT INTO a (b) VALUES (:b), (:c)", "INSERT INTO a (b) VALUES (:b) ON CONFLICT (b) DO UPDATE SET b = 1",
        "INSERT INTO a (b) VALUES (:b) ON CONFLICT DO NOTHING RETURNING :c", "INSERT INTO a (b) VALUES (:b",
        "WITH x AS (SELECT :a) INSERT INTO a (b) VALUES (:b)", "",
    ])
    func `any other statement is left alone`(sql: String) {
        #expect((MultiRowInsert(sql) == nil))
    }
}
