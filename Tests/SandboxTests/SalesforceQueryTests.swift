import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct SalesforceQueryTests {
    static let conditions: [(String, [Int])] = [
        ("LastName = 'lópez'", [0]), ("LastName != 'López'", [1, 2]), ("LastName LIKE '_u%'", [1]),
        ("LastName IN ('López','Ruiz') AND NOT FirstName = 'Ana'", [1]), ("Email = 'MEI@x.example'", [2]),
        ("(FirstName = 'Ana' OR FirstName = 'Mei') AND Email != null", [2]), ("MobilePhone = '+34600111222'", [0]),
        ("FirstName NOT IN ('Ana','Mei')", [1]), ("DoNotCall = true", [1]), ("DoNotCall = false", [0, 2]),
        ("Title = 'O\\'Neill'", [2]), ("SystemModstamp >= 2020-01-01T00:00:00Z", [0, 1, 2]),
        ("SystemModstamp < 2020-01-01T00:00:00.000+0000", []), ("Title = null", [0, 1]),
    ]

    @Test(arguments: conditions)
    func `a condition finds its records`(condition: String, expected: [Int]) async throws {
        try await SalesforceAPI.run { salesforce in
            let ids = try await salesforce.made(
                ["FirstName": "Ana", "LastName": "López", "MobilePhone": "+34600111222"],
                ["FirstName": "Jorge", "LastName": "Ruiz", "DoNotCall": true],
                ["FirstName": "Mei", "LastName": "Lin", "Email": "mei@x.example", "Title": "O'Neill"])

            let found = try await salesforce.ids("SELECT Id FROM Contact WHERE \(condition) ORDER BY Id")

            #expect(found == expected.map { ids[$0] }, "\(condition)")
        }
    }

    static let refusals = [
        ("SELECT Nonsense FROM Contact", "INVALID_FIELD"), ("SELECT Id FROM Nonsense", "INVALID_TYPE"),
        ("SELECT Id FROM Contact WHERE SystemModstamp > '2020-01-01T00:00:00Z'", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE Description LIKE 'a'", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE", "MALFORMED_QUERY"), ("SELECT Id FROM Contact LIMIT x", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE LastName = 'a", "MALFORMED_QUERY"), ("SELECT", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR"),
    ]

    @Test(arguments: refusals)
    func `a wrong query is refused with its code`(query: String, code: String) async throws {
        try await SalesforceAPI.run { salesforce in
            let reply = try await salesforce.query(query)

            #expect(reply.status == 400)
            #expect(try reply.json.at("0/errorCode")?.text == code, "\(reply.text)")
        }
    }

    @Test func `brackets without end do not end the sandbox`() async throws {
        try await SalesforceAPI.run { salesforce in
            let brackets = String(repeating: "(", count: 3000)
            let reply = try await salesforce.query("SELECT Id FROM Contact WHERE \(brackets)")
            #expect(try reply.json.at("0/errorCode")?.text == "QUERY_TOO_COMPLICATED")
        }
    }

    @Test func `changes are seen at once, the search lags`() async throws {
        try await SalesforceAPI.run {
            $0.searchIndexDelay = .seconds(60)
        } _: { salesforce in
            let ids = try await salesforce.made(["LastName": "López", "Phone": "(600) 111-222"])
            let search = "/search?q=FIND+%7B600111222%7D+IN+PHONE+FIELDS+RETURNING+Contact(Id,Phone+LIMIT+5)"

            let before = try await salesforce.call("GET", search).json
            _ = try await salesforce.api.post("/sandbox/clock", ["advance_seconds": 61])
            let after = try await salesforce.call("GET", search).json

            #expect(try await salesforce.ids("SELECT Id FROM Contact") == ids)
            #expect(before["searchRecords"]?.items?.isEmpty == true)
            #expect(after["searchRecords"]?.items?.compactMap { $0["Id"]?.text } == ids)
        }
    }

    @Test func `deleted records are in queryAll alone, the merged with their master`() async throws {
        try await SalesforceAPI.run { salesforce in
            let ids = try await salesforce.made(["LastName": "A"], ["LastName": "B"], ["LastName": "C"])
            _ = try await salesforce.call("DELETE", "/sobjects/Contact/\(ids[2])")
            _ = try await salesforce.api.post(
                "/sandbox/crm/salesforce/merge", ["primary": JSON(ids[0]), "other": JSON(ids[1])])

            let query = "SELECT Id, IsDeleted, MasterRecordId FROM Contact ORDER BY Id"
            let all = try await salesforce.query(query, all: true).json["records"]?.items ?? []

            #expect(try await salesforce.ids(query) == [ids[0]])
            #expect(all.map { $0["IsDeleted"]?.flag } == [false, true, true])
            #expect(all.map { $0["MasterRecordId"]?.text } == [nil, ids[0], nil])
        }
    }

    @Test func `times have whole seconds, and the latest change is last`() async throws {
        try await SalesforceAPI.run { salesforce in
            let ids = try await salesforce.made(["LastName": "A"], ["LastName": "B"])
            _ = try await salesforce.api.post("/sandbox/clock", ["advance_seconds": 3])
            _ = try await salesforce.call("PATCH", "/sobjects/Contact/\(ids[0])", ["Title": "CEO"])

            let records =
                try await salesforce.query("SELECT Id, SystemModstamp FROM Contact ORDER BY SystemModstamp, Id")
                .json["records"]?.items ?? []

            #expect(records.compactMap { $0["Id"]?.text } == [ids[1], ids[0]])
            for record in records { #expect(record["SystemModstamp"]?.text?.hasSuffix(".000+0000") == true) }
        }
    }

    @Test func `the log of changes is thinned, and loses none`() {
        var table = SObjectTable(SObjectSchema("X", "a00", []), capacity: 100)
        for number in 0..<10 { table.insert(at: Int64(number)) { _ in } }
        for round in 0..<20_000 { table.update(round % 10, at: Int64(100 + round)) { _ in } }

        #expect(table.log.entries.count < 5000)
        #expect(Set(table.log.since(20_090).map(\.number)) == Set(0..<10))
        #expect(table.log.since(30_000).isEmpty)
    }
}
