import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct TemplateTests {
    private static func template(_ components: JSON, name: String = "pedido_en_camino", language: String = "es") -> JSON
    {
        [
            "type": "template",
            "template": ["name": JSON(name), "language": ["code": JSON(language)], "components": components],
        ]
    }

    private static func texts(_ values: String...) -> JSON {
        ["type": "body", "parameters": .array(values.map { ["type": "text", "text": JSON($0)] })]
    }

    private static let link: JSON = [
        "type": "button", "sub_type": "url", "index": "0", "parameters": [["type": "text", "text": "A-1"]],
    ]

    @Test func `a template goes out to someone who never wrote`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let reply = try await api.send(Self.template([Self.texts("Ana", "A-1", "martes"), Self.link]))

            #expect(reply.status == 200, "\(reply.text)")
            #expect(try reply.json.at("messages/0/message_status")?.text == "accepted")
            let priced = try await receiver.statuses(count: 3).first { $0["pricing"] != nil }
            #expect(priced?.at("pricing/category")?.text == "utility")
        }
    }

    static let wrong: [(name: String, body: JSON, code: Int64)] = [
        ("two of three values", template([texts("Ana", "A-1"), link]), 132_000),
        ("no link value", template([texts("Ana", "A-1", "martes")]), 131_008),
        ("an empty value", template([texts("Ana", "", "martes"), link]), 131_008),
        ("a line break", template([texts("Ana\nB", "A-1", "martes"), link]), 132_018),
        ("five spaces", template([texts("Ana     B", "A-1", "martes"), link]), 132_018),
        ("another language", template([texts("Ana", "A-1", "martes"), link], language: "fr"), 132_001),
        (
            "an image for a text",
            template([
                [
                    "type": "body",
                    "parameters": [
                        ["type": "image", "image": ["link": "https://x.example/a.jpg"]], ["type": "text", "text": "b"],
                        ["type": "text", "text": "c"],
                    ],
                ], link,
            ]), 132_012
        ),
        ("no image in the header", template([texts("Ana", "20 %")], name: "oferta_temporada"), 132_012),
        (
            "wrong names",
            template(
                [
                    ["type": "header", "parameters": [["type": "text", "parameter_name": "place", "text": "Centro"]]],
                    [
                        "type": "body",
                        "parameters": .array(
                            ["first_name", "day", "time"].map {
                                ["type": "text", "parameter_name": JSON($0), "text": "x"]
                            }),
                    ],
                ], name: "recordatorio_cita"), 132_000
        ),
    ]

    @Test(arguments: wrong)
    func `a template filled wrongly is refused`(name: String, body: JSON, code: Int64) async throws {
        try await TestSandbox.run { api in
            let reply = try await api.send(body)

            #expect(try reply.json.at("error/code")?.wholeNumber == code, "\(name): \(reply.text)")
        }
    }

    @Test func `named variables are filled by name`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.send(
                Self.template(
                    [
                        [
                            "type": "header",
                            "parameters": [["type": "text", "parameter_name": "place", "text": "Centro"]],
                        ],
                        [
                            "type": "body",
                            "parameters": .array(
                                ["hour", "day", "first_name"].map {
                                    ["type": "text", "parameter_name": JSON($0), "text": "x"]
                                }),
                        ],
                    ], name: "recordatorio_cita"))

            #expect(reply.status == 200, "\(reply.text)")
        }
    }

    @Test func `the list is paged to its end`() async throws {
        try await TestSandbox.run { api in
            var names: [String] = []
            var next: String? = TestAPI.waba + "/message_templates?limit=5&fields=name,language&summary=total_count"
            var pages = 0
            while let path = next {
                let page = try await api.get(path).json
                names += (page["data"]?.items ?? []).compactMap { $0["name"]?.text }
                #expect(page.at("summary/total_count")?.wholeNumber == 14)
                #expect(page.at("data/0")?.members?.keys == ["name", "language", "id"])
                next = page.at("paging/next")?.text
                pages += 1
            }

            #expect(names.count == 14)
            #expect(pages == 3)
        }
    }

    @Test func `a new template is pending, then approved by webhook, then sent`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let created = try await api.post(
                TestAPI.waba + "/message_templates",
                [
                    "name": "aviso_nuevo", "language": "es", "category": "UTILITY",
                    "components": [
                        [
                            "type": "BODY", "text": "Hola {{1}}, tu trámite sigue adelante.",
                            "example": ["body_text": [["Ana"]]],
                        ]
                    ],
                ])

            #expect(try created.json["status"]?.text == "PENDING")
            let change = try #require(try await receiver.changes(count: 1).first)
            #expect(change["field"]?.text == "message_template_status_update")
            #expect(change.at("value/event")?.text == "APPROVED")
            let id = try created.json["id"]?.text
            #expect(change.at("value/message_template_id")?.identifier == id)
            let entry = try receiver.posts.first?.json.at("entry/0")
            #expect(entry?["time"] != nil)
            let reply = try await api.send(Self.template([Self.texts("Ana")], name: "aviso_nuevo"))
            #expect(reply.status == 200)
        }
    }

    @Test func `variables side by side are rejected by the review`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            _ = try await api.post(
                TestAPI.waba + "/message_templates",
                [
                    "name": "malo", "language": "es", "category": "UTILITY",
                    "components": [
                        [
                            "type": "BODY", "text": "Hola {{1}}{{2}}, tu trámite sigue adelante sin novedad.",
                            "example": ["body_text": [["Ana", "López"]]],
                        ]
                    ],
                ])

            let change = try #require(try await receiver.changes(count: 1).first)

            #expect(change.at("value/event")?.text == "REJECTED")
            #expect(change.at("value/reason")?.text == "INVALID_FORMAT")
        }
    }

    static let drafts: [(name: String, body: JSON, subcode: Int64)] = [
        ("a name with capitals", ["name": "Aviso"], 2_388_051),
        ("a name already taken", ["name": "pedido_en_camino"], 2_388_024),
        ("no body", ["components": [["type": "FOOTER", "text": "x"]]], 2_388_043),
        (
            "a variable at the end",
            ["components": [["type": "BODY", "text": "Hola {{1}}", "example": ["body_text": [["x"]]]]]], 2_388_299
        ),
        (
            "a gap in the numbers",
            [
                "components": [
                    ["type": "BODY", "text": "Tu pedido {{2}} va en camino hoy", "example": ["body_text": [["x"]]]]
                ]
            ],
            2_388_072
        ),
        (
            "no example", ["components": [["type": "BODY", "text": "Tu pedido {{1}} va en camino hoy"]]], 2_388_072
        ),
    ]

    @Test(arguments: drafts)
    func `a template against the rules is refused`(name: String, change: JSON, subcode: Int64) async throws {
        try await TestSandbox.run { api in
            var body: JSON = [
                "name": "aviso", "language": "es", "category": "UTILITY",
                "components": [["type": "BODY", "text": "Tu pedido va en camino."]],
            ]
            for member in change.members?.members ?? [] { body[member.key] = member.value }

            let reply = try await api.post(TestAPI.waba + "/message_templates", body)

            #expect(reply.status == 400)
            #expect(try reply.json.at("error/error_subcode")?.wholeNumber == subcode, "\(name): \(reply.text)")
        }
    }

    @Test func `a deleted name is blocked for thirty days`() async throws {
        try await TestSandbox.run { api in
            let path = TestAPI.waba + "/message_templates"
            let again: JSON = [
                "name": "seguimos_en_contacto", "language": "es", "category": "UTILITY",
                "components": [["type": "BODY", "text": "Seguimos aquí."]],
            ]
            #expect(try await api.call("DELETE", path + "?name=seguimos_en_contacto", nil).status == 200)

            #expect(try await api.post(path, again).json.at("error/error_subcode")?.wholeNumber == 2_388_023)
            _ = try await api.post("/sandbox/clock", ["advance_seconds": JSON(31 * 86_400)])
            #expect(try await api.post(path, again).status == 200)
        }
    }

    @Test func `a paused template is not sent`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let list = try await api.get(TestAPI.waba + "/message_templates?name=seguimos_en_contacto&language=es").json
            let id = try #require(list.at("data/0/id")?.text)
            _ = try await api.put("/sandbox/templates/\(id)", ["status": "PAUSED", "reason": "FIRST_PAUSE"])

            let reply = try await api.send(Self.template([], name: "seguimos_en_contacto"))

            #expect(try reply.json.at("error/code")?.wholeNumber == 132_015)
            #expect(try await receiver.changes(count: 1).first?.at("value/event")?.text == "PAUSED")
        }
    }
}
