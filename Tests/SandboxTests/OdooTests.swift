import Foundation
import NIOCore
import Testing

@testable import Sandbox

/// Calls to the sandbox's Odoo.
struct OdooHands: Sendable {
    let api: TestAPI

    static func run(
        version: Int = 19, _ change: @escaping @Sendable (inout SandboxConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (OdooHands) async throws -> Void
    ) async throws {
        try await TestSandbox.run {
            $0.odoo.version = version
            change(&$0)
        } _: { api in
            try await body(OdooHands(api: api))
        }
    }

    func json2(_ model: String, _ method: String, _ body: JSON = [:]) async throws -> TestAPI.Reply {
        try await api.post("/odoo/json/2/\(model)/\(method)", body)
    }

    func rpc(_ service: String, _ method: String, _ arguments: [JSON]) async throws -> JSON {
        let body: JSON = [
            "jsonrpc": "2.0", "method": "call", "id": 7,
            "params": ["service": JSON(service), "method": JSON(method), "args": .array(arguments)],
        ]
        let reply = try await api.post("/odoo/jsonrpc", body, token: nil)
        #expect(reply.status == 200)
        #expect(try reply.json["id"] == 7)
        return try reply.json
    }

    func execute(_ model: String, _ method: String, _ arguments: [JSON], _ named: JSON = [:]) async throws -> JSON {
        try await rpc(
            "object", "execute_kw",
            ["sandbox", 4, "sandbox-token", JSON(model), JSON(method), .array(arguments), named])
    }

    func make(_ values: JSON) async throws -> JSON {
        try #require(try await json2("res.partner", "create", ["vals_list": [values]]).json.at("0"))
    }
}

@Suite(.timeLimit(.minutes(1))) struct OdooInterfaceTests {
    @Test(arguments: [16, 17, 18, 19])
    func `each version says which it is`(version: Int) async throws {
        try await OdooHands.run(version: version) { odoo in
            let info = try await odoo.rpc("common", "version", [])
            let page = try await odoo.api.get("/odoo/web/version", token: nil)

            #expect(info.at("result/server_version_info/0") == JSON(version))
            #expect(page.status == (version == 19 ? 200 : 404))
            if version == 19 { #expect(try page.json.at("version_info/0") == 19) }
        }
    }

    @Test func `JSON-RPC signs in with database, user and key`() async throws {
        try await OdooHands.run(version: 16) { odoo in
            let uid = try await odoo.rpc(
                "common", "authenticate", ["sandbox", "bridge@example.com", "sandbox-token", [:]])
            let wrong = try await odoo.rpc("common", "authenticate", ["sandbox", "bridge@example.com", "x", [:]])
            let elsewhere = try await odoo.rpc("common", "authenticate", ["acme", "bridge@example.com", "x", [:]])

            #expect(uid["result"] == 4)
            #expect(wrong["result"] == false)
            #expect(elsewhere.at("error/data/name")?.text == "psycopg2.OperationalError")
        }
    }

    @Test func `a refusal of JSON-RPC is an answer of 200`() async throws {
        try await OdooHands.run(version: 17) { odoo in
            let refused = try await odoo.execute("res.partner", "write", [[999], ["name": "x"]])

            #expect(refused.at("error/code") == 200)
            #expect(refused.at("error/message")?.text == "Odoo Server Error")
            #expect(refused.at("error/data/name")?.text == "odoo.exceptions.MissingError")
            #expect(
                refused.at("error/data/message")?.text
                    == "Record does not exist or has been deleted.\n(Record: res.partner(999,), User: 4)")
        }
    }

    @Test func `JSON-2 has statuses`() async throws {
        try await OdooHands.run { odoo in
            #expect(try await odoo.json2("res.partnerx", "search").status == 404)
            #expect(try await odoo.json2("res.partner", "search_read", ["fields": ["mobile"]]).status == 500)
            #expect(try await odoo.json2("res.partner", "write", ["ids": [999], "vals": [:]]).status == 404)
            #expect(try await odoo.json2("res.partner", "create", ["vals_list": [["phone": "1"]]]).status == 422)
            let unauthorized = try await odoo.api.post("/odoo/json/2/res.partner/search", [:], token: "other")
            #expect(unauthorized.status == 401)
            #expect(try unauthorized.json["message"]?.text == "Invalid apikey")
        }
    }

    static let faults: [(kind: JSON, version: Int, status: Int, name: String?)] = [
        ("token_death", 19, 401, "werkzeug.exceptions.Unauthorized"), ("token_death", 17, 200, nil),
        ("status", 19, 503, nil), ("truncate", 19, 200, nil),
    ]

    @Test(arguments: faults)
    func `faults answer in Odoo's ways`(kind: JSON, version: Int, status: Int, name: String?) async throws {
        try await OdooHands.run(version: version) { odoo in
            _ = try await odoo.api.put(
                "/sandbox/faults", ["faults": [["target": "odoo", "kind": kind, "status": 503, "path": "j"]]])
            let path = version == 19 ? "/odoo/json/2/res.partner/search" : "/odoo/jsonrpc"
            let reply = try await odoo.api.post(path, [:])

            #expect(reply.status == status)
            if let name { #expect(try reply.json["name"]?.text == name) }
            if version == 17 {
                #expect(try reply.json.at("error/data/name")?.text == "odoo.exceptions.AccessDenied")
            }
        }
    }

    @Test func `XML-RPC is read and written`() {
        let call = """
            <?xml version='1.0'?>
            <methodCall><methodName>execute_kw</methodName><params>
            <param><value><string> a &lt;&amp;&#241; </string></value></param>
            <param><value><array><data><value><int>-4</int></value><value>b</value><value><nil/></value></data></array></value></param>
            <param><value><struct><member><name>x y</name><value><boolean>1</boolean></value></member></struct></value></param>
            <param><value><array><data></data></array></value></param>
            </params></methodCall>
            """
        let request = XMLRPCReader.read(call)
        #expect(request?.method == "execute_kw")
        #expect(request?.parameters == [" a <&ñ ", [-4, "b", .null], ["x y": true], []])
        for broken in ["", "<methodCall>", "<methodCall><methodName>x</methodName><params><param></params>", "<<<>>>"] {
            #expect(XMLRPCReader.read(broken) == nil)
        }
        let fault = XMLRPCWriter.fault(.denied)
        #expect(fault.contains("<name>faultCode</name>\n<value><int>3</int></value>"))
    }
}

@Suite(.timeLimit(.minutes(1))) struct OdooRecordTests {
    @Test func `an empty field is false, a relation a pair`() async throws {
        try await OdooHands.run { odoo in
            let acme = try await odoo.make(["name": "Acme", "is_company": true])
            let ana = try await odoo.make([
                "name": "Ana", "parent_id": acme, "phone": "600 11 12 22", "category_id": [[6, 0, [2]]],
            ])
            let read = try await odoo.json2(
                "res.partner", "read",
                [
                    "ids": [ana],
                    "fields": [
                        "email", "parent_id", "phone_sanitized", "category_id", "company_type", "write_uid", "active",
                    ],
                ]
            ).json

            #expect(read.at("0/email") == false)
            #expect(read.at("0/parent_id") == [acme, "Acme"])
            #expect(read.at("0/phone_sanitized") == "+34600111222")
            #expect(read.at("0/category_id") == [2])
            #expect(read.at("0/company_type") == "person")
            #expect(read.at("0/write_uid/1") == "WhatsApp Bridge")
            #expect(read.at("0/active") == true)
        }
    }

    @Test func `one call is one transaction`() async throws {
        try await OdooHands.run { odoo in
            let mixed = try await odoo.json2(
                "res.partner", "create", ["vals_list": [["name": "Ana"], ["name": false]]])
            let count = try await odoo.json2("res.partner", "search_count", ["domain": [["name", "=", "Ana"]]]).json
            let next = try await odoo.make(["name": "Luis"])

            #expect(mixed.status == 422)
            #expect(count == 0)
            #expect(next == 7, "the id of the record that was undone is used up")
        }
    }

    @Test func `single records are refused on demand`() async throws {
        try await OdooHands.run { odoo in
            _ = try await odoo.api.put(
                "/sandbox/faults", ["faults": [["target": "odoo", "kind": "item_error", "count": 1]]])
            let answer = try await odoo.json2(
                "res.partner", "load",
                ["fields": ["id", "name"], "data": [["puente.a", "Ana"], ["puente.b", "Luis"]]]
            ).json
            #expect(answer["ids"] == false)
            #expect(answer.at("messages/0/rows/from") == 0)
            #expect(answer["messages"]?.items?.count == 1)
        }
    }

    static let domains: [(domain: JSON, names: [String])] = [
        ([["city", "=", "Lima"]], ["Ana", "Eva"]), ([["city", "!=", "Lima"], ["ref", "=", "t"]], ["Luis"]),
        (["|", ["name", "=", "Ana"], ["name", "=", "Luis"]], ["Ana", "Luis"]),
        (["&", ["city", "=", "Lima"], "!", ["name", "=like", "A%"]], ["Eva"]),
        ([["name", "ilike", "V"], ["ref", "=", "t"]], ["Eva"]),
        ([["city", "in", ["Lima", "Quito"]]], ["Ana", "Eva"]),
        ([["category_id", "in", [2]]], ["Luis"]),
        ([["category_id", "=", false], ["ref", "=", "t"]], ["Ana", "Eva"]),
        ([["user_id", "ilike", "marta"]], ["Ana"]), ([["phone_mobile_search", "ilike", "111222"]], ["Luis"]),
        (["!", "|", ["name", "=", "Ana"], ["name", "=", "Eva"], ["ref", "=", "t"]], ["Luis"]),
    ]

    @Test(arguments: domains)
    func `a domain finds its records`(domain: JSON, names: [String]) async throws {
        try await OdooHands.run { odoo in
            _ = try await odoo.make(["name": "Ana", "city": "Lima", "ref": "t", "user_id": 2])
            _ = try await odoo.make(["name": "Luis", "ref": "t", "category_id": [2], "phone": "+34 600 111 222"])
            _ = try await odoo.make(["name": "Eva", "city": "Lima", "ref": "t"])
            _ = try await odoo.make(["name": "Pau", "city": "Lima", "ref": "t", "active": false])

            let found = try await odoo.json2("res.partner", "search_read", ["domain": domain, "fields": ["name"]]).json

            #expect(found.items?.compactMap { $0["name"]?.text } == names)
        }
    }

    static let malformed: [JSON] = [
        ["|"], ["|", ["name", "=", "Ana"]], [["name", "is", "Ana"]], [["name", "="]], ["x"], [["nonsense", "=", 1]],
        "x",
    ]

    @Test(arguments: malformed)
    func `a domain that is none is refused`(domain: JSON) async throws {
        try await OdooHands.run { odoo in
            let answer = try await odoo.json2("res.partner", "search", ["domain": domain])
            #expect(answer.status == 500)
        }
    }

    @Test func `patterns know their signs`() {
        #expect(SQLPattern("a%c_").matches("abbbcd"))
        #expect(!SQLPattern("a%c_").matches("abbbc"))
        #expect(SQLPattern(#"contact\_A\_%"#).matches("contact_A_7"))
        #expect(!SQLPattern(#"contact\_A\_%"#).matches("contactxA_7"))
        #expect(SQLPattern("%").matches(""))
    }
}

@Suite(.timeLimit(.minutes(1))) struct OdooChangeTests {
    @Test func `changes are read in the order of their time, page by page`() async throws {
        try await OdooHands.run { odoo in
            _ = try await odoo.api.post("/sandbox/clock", ["held": true])
            let first = try await odoo.make(["name": "Ana"])
            _ = try await odoo.api.post("/sandbox/clock", ["advance_seconds": 10])
            let second = try await odoo.make(["name": "Luis"])
            let time = try await odoo.json2("res.partner", "read", ["ids": [second], "fields": ["write_date"]]).json
            _ = try await odoo.api.post("/sandbox/clock", ["advance_seconds": 10])
            _ = try await odoo.json2("res.partner", "write", ["ids": [first], "vals": ["city": "Lima"]])

            let since = try #require(time.at("0/write_date"))
            let domain: JSON = [["write_date", ">=", since]]
            let order: JSON = "write_date asc, id asc"
            let all = try await odoo.json2("res.partner", "search", ["domain": domain, "order": order]).json
            let page = try await odoo.json2(
                "res.partner", "search", ["domain": domain, "order": order, "offset": 1, "limit": 1]
            ).json

            #expect(all == [second, first])
            #expect(page == [first])
        }
    }

    @Test func `thousands of partners are searched by index`() async throws {
        var state = OdooState(SandboxConfiguration(), options: SandboxConfiguration.Odoo(), now: 1_000_000)
        for number in 0..<5000 {
            state.now = 1_000_000 + Int64(number) * 1000
            _ = try state.create(
                "res.partner", ["name": JSON("P\(number)"), "phone": JSON("+3460000\(1000 + number)")])
        }
        state.commit()
        let table = try state.table("res.partner")
        let byPhone = try OdooDomainReader.read(
            [["phone_sanitized", "in", ["+34600001007"]]], book: table.book, model: table.model)
        let recent = try OdooDomainReader.read(
            [["write_date", ">=", JSON(OdooTime.text(1_000_000 + 4_990_000))]], book: table.book, model: table.model)

        #expect(table.candidates(byPhone)?.count == 1)
        #expect(state.matching(byPhone, in: table).count == 1)
        let order = [(field: OdooFieldBook.writeDate, isAscending: true), (field: OdooFieldBook.id, isAscending: true)]
        #expect(state.found(.init(domain: recent, order: order, limit: 3), in: table).count == 3)
    }

    @Test func `automation rules tell callbacks after the commit`() async throws {
        try await TestSandbox.runWithReceiver { _ in
        } _: { api, receiver, address in
            let odoo = OdooHands(api: api)
            _ = try await api.put("/sandbox/callbacks", ["odoo": JSON(address + "/webhooks/crm/odoo?secret=s")])
            _ = try await odoo.json2("res.partner", "create", ["vals_list": [["name": "Ana"], ["name": false]]])
            let ana = try await odoo.make(["name": "Ana"])
            let summary = try await api.get("/sandbox/summary").json

            #expect(ana == 7)
            #expect(summary.at("odoo/version") == 19)
            #expect(summary.at("webhooks/callbacks")?.items?.contains { $0["sender"] == "odoo" } == true)
        }
    }

    @Test func `people change it, and choose the version`() async throws {
        try await OdooHands.run { odoo in
            let made = try await odoo.api.post("/sandbox/crm/odoo/contacts", ["name": "Ana", "phone": "+34600111222"])
            let id = try #require(try made.json["id"])
            let wrong = try await odoo.api.post("/sandbox/crm/odoo/contacts", ["nonsense": 1])
            let listed = try await odoo.api.get("/sandbox/crm/odoo/contacts").json
            let older = try await odoo.api.put("/sandbox/crm/odoo", ["version": 16])
            let none = try await odoo.api.put("/sandbox/crm/odoo", ["version": 15])

            #expect(made.status == 201 && wrong.status == 422)
            #expect(listed.at("data/0/id") == id)
            #expect(listed.at("data/0/write_uid/1") == "Marta Gil")
            #expect(try older.json["version"] == 16)
            #expect(none.status == 400)
            #expect(try await odoo.api.get("/sandbox/crm/odoo/contacts").json["data"] == [])
        }
    }
}
