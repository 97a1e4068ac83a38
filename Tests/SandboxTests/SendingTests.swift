import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct SendingTests {
    @Test func `a text is accepted with the id and number Meta would give`() async throws {
        try await TestSandbox.run { api in
            try await api.customer("5215512345678")

            let reply = try await api.sendText("Hola", to: "+52 (55) 1234-5678")

            #expect(reply.status == 200)
            let json = try reply.json
            #expect(json["messaging_product"]?.text == "whatsapp")
            #expect(json.at("contacts/0/input")?.text == "+52 (55) 1234-5678")
            #expect(json.at("contacts/0/wa_id")?.text == "5215512345678")
            let id = try #require(json.at("messages/0/id")?.text)
            let record = try #require(Data(base64Encoded: String(id.dropFirst("wamid.".count))))
            #expect(record.prefix(3) == Data([0x1C, 0x18, 13]))
            #expect(record.dropFirst(3).prefix(13) == Data("5215512345678".utf8))
        }
    }

    @Test func `a token is asked for and checked`() async throws {
        try await TestSandbox.run { api in
            let body: JSON = ["messaging_product": "whatsapp", "to": "34600111222", "text": ["body": "Hola"]]

            let none = try await api.post(TestAPI.number + "/messages", body, token: nil)
            let wrong = try await api.post(TestAPI.number + "/messages", body, token: "wrong")

            #expect(none.status == 401)
            #expect(wrong.status == 401)
            #expect(try wrong.json.at("error/code")?.wholeNumber == 190)
            #expect(try wrong.json.at("error/fbtrace_id")?.text?.isEmpty == false)
        }
    }

    @Test func `the token may stand in the query`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.get(TestAPI.number + "?access_token=sandbox-token", token: nil)

            #expect(reply.status == 200)
        }
    }

    @Test(arguments: ["v20.0", "v27.0", "v25", "latest"])
    func `versions outside v21 to v26 do not exist`(version: String) async throws {
        try await TestSandbox.run { api in
            let reply = try await api.get("/\(version)/106540352242922")

            #expect(reply.status == 400)
            #expect(try reply.json.at("error/code")?.wholeNumber == 2500)
        }
    }

    @Test func `an unknown number id is an unknown object`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.post("/v25.0/999/messages", ["messaging_product": "whatsapp"])

            #expect(reply.status == 400)
            #expect(try reply.json.at("error/code")?.wholeNumber == 100)
            #expect(try reply.json.at("error/error_subcode")?.wholeNumber == 33)
        }
    }

    static let wrongMessages: [(name: String, body: JSON, code: Int64)] = [
        ("no body", ["type": "text", "text": [:]], 100),
        ("a text too long", ["type": "text", "text": ["body": JSON(String(repeating: "x", count: 4097))]], 100),
        ("an unknown type", ["type": "poll", "poll": [:]], 100),
        ("no number", ["to": "hello", "type": "text", "text": ["body": "x"]], 131_009),
        ("to itself", ["to": "+15550783881", "type": "text", "text": ["body": "x"]], 131_021),
        ("an image without a source", ["type": "image", "image": ["caption": "x"]], 131_008),
        (
            "an image with two sources", ["type": "image", "image": ["id": "1", "link": "https://x.example/a.jpg"]],
            131_009
        ),
        ("a caption on audio", ["type": "audio", "audio": ["link": "https://x.example/a.ogg", "caption": "x"]], 100),
        ("media nobody uploaded", ["type": "image", "image": ["id": "123"]], 100),
        ("a place off the earth", ["type": "location", "location": ["latitude": 91, "longitude": 0]], 131_009),
        (
            "a card without a second name part",
            ["type": "contacts", "contacts": [["name": ["formatted_name": "Ana"]]]], 131_009
        ),
        ("a reaction to nothing", ["type": "reaction", "reaction": ["message_id": "x", "emoji": "👍"]], 131_009),
        (
            "four buttons",
            [
                "type": "interactive",
                "interactive": [
                    "type": "button", "body": ["text": "x"],
                    "action": [
                        "buttons": .array(
                            (0..<4).map { ["type": "reply", "reply": ["id": JSON("\($0)"), "title": JSON("t\($0)")]] })
                    ],
                ],
            ], 131_009
        ),
        (
            "a button title too long",
            [
                "type": "interactive",
                "interactive": [
                    "type": "button", "body": ["text": "x"],
                    "action": [
                        "buttons": [
                            ["type": "reply", "reply": ["id": "1", "title": "twenty-one characters"]]
                        ]
                    ],
                ],
            ], 131_009
        ),
        (
            "eleven rows",
            [
                "type": "interactive",
                "interactive": [
                    "type": "list", "body": ["text": "x"],
                    "action": [
                        "button": "Ver",
                        "sections": .array(
                            (0..<2).map { section in
                                [
                                    "title": JSON("s\(section)"),
                                    "rows": .array(
                                        (0..<(6 - section)).map {
                                            ["id": JSON("\(section)-\($0)"), "title": JSON("r\($0)")]
                                        }),
                                ]
                            }),
                    ],
                ],
            ], 131_009
        ),
        ("a group nobody knows", ["recipient_type": "group", "to": "123456", "text": ["body": "x"]], 131_020),
        (
            "a template nobody made", ["type": "template", "template": ["name": "nope", "language": ["code": "es"]]],
            132_001
        ),
        (
            "callback data too long",
            ["text": ["body": "x"], "biz_opaque_callback_data": JSON(String(repeating: "x", count: 513))], 100
        ),
        ("an unknown user id", ["recipient": "ES.123", "text": ["body": "x"]], 131_009),
    ]

    @Test(arguments: wrongMessages)
    func `a message beyond Meta's limits is refused with Meta's code`(
        name: String, body: JSON, code: Int64
    ) async throws {
        try await TestSandbox.run { api in
            try await api.customer()

            let reply = try await api.send(body)

            #expect(try reply.json.at("error/code")?.wholeNumber == code, "\(name): \(reply.text)")
            #expect(try await api.get("/sandbox/messages").json["data"]?.items?.isEmpty == true)
        }
    }

    static let goodMessages: [(name: String, body: JSON)] = [
        ("text", ["text": ["body": "Hola", "preview_url": true]]),
        ("image by link", ["type": "image", "image": ["link": "https://x.example/a.jpg", "caption": "Foto"]]),
        (
            "location as strings",
            ["type": "location", "location": ["latitude": "19.43", "longitude": "-99.13", "name": "Casa"]]
        ),
        (
            "contacts",
            [
                "type": "contacts",
                "contacts": [
                    ["name": ["formatted_name": "Ana López", "first_name": "Ana"], "phones": [["phone": "+34600"]]]
                ],
            ]
        ),
        ("removal of a reaction", ["type": "reaction", "reaction": ["message_id": "wamid.x", "emoji": ""]]),
        (
            "buttons",
            [
                "type": "interactive",
                "interactive": [
                    "type": "button", "header": ["type": "text", "text": "H"], "body": ["text": "¿Sí?"],
                    "footer": ["text": "F"],
                    "action": ["buttons": [["type": "reply", "reply": ["id": "y", "title": "Sí"]]]],
                ],
            ]
        ),
        (
            "a link button",
            [
                "type": "interactive",
                "interactive": [
                    "type": "cta_url", "body": ["text": "Mira"],
                    "action": ["name": "cta_url", "parameters": ["display_text": "Ver", "url": "https://x.example"]],
                ],
            ]
        ),
        (
            "a request for the place",
            [
                "type": "interactive",
                "interactive": [
                    "type": "location_request_message", "body": ["text": "¿Dónde?"],
                    "action": ["name": "send_location"],
                ],
            ]
        ),
        (
            "a request for the number",
            [
                "type": "interactive",
                "interactive": [
                    "type": "request_contact_info", "body": ["text": "¿Tu número?"],
                    "action": ["name": "request_contact_info"],
                ],
            ]
        ),
    ]

    @Test(arguments: goodMessages)
    func `every kind of message is taken`(name: String, body: JSON) async throws {
        try await TestSandbox.run { api in
            try await api.customer()

            let reply = try await api.send(body)

            #expect(reply.status == 200, "\(name): \(reply.text)")
        }
    }

    @Test func `a customer is reached by the user id alone`() async throws {
        try await TestSandbox.run { api in
            let written = try await api.customer(writes: ["text": "Hola", "identity": "username"]).json
            let userID = try #require(written.at("customer/user_id")?.text)

            let reply = try await api.send(["recipient": JSON(userID), "text": ["body": "Hola"]])

            #expect(reply.status == 200)
            #expect(try reply.json.at("contacts/0/user_id")?.text == userID)
            #expect(try reply.json.at("contacts/0/wa_id") == nil)
        }
    }

    @Test func `a one-time code does not go to a user id`() async throws {
        try await TestSandbox.run { api in
            let written = try await api.customer().json
            let userID = try #require(written.at("customer/user_id")?.text)

            let reply = try await api.send([
                "recipient": JSON(userID), "type": "template",
                "template": [
                    "name": "codigo_verificacion", "language": ["code": "es"],
                    "components": [
                        ["type": "body", "parameters": [["type": "text", "text": "123456"]]],
                        [
                            "type": "button", "sub_type": "url", "index": "0",
                            "parameters": [["type": "text", "text": "123456"]],
                        ],
                    ],
                ],
            ])

            #expect(try reply.json.at("error/code")?.wholeNumber == 131_062)
        }
    }

    @Test func `one customer gets 45 at once, the next is too fast`() async throws {
        try await TestSandbox.run({ $0.enforcesVendorLimits = true }) { api in
            _ = try await api.post("/sandbox/clock", ["held": true])
            try await api.customer()
            for number in 0..<45 { #expect(try await api.sendText("\(number)").status == 200) }

            let reply = try await api.sendText("46")
            #expect(try reply.json.at("error/code")?.wholeNumber == 131_056)

            _ = try await api.post("/sandbox/clock", ["advance_seconds": 7])
            #expect(try await api.sendText("46").status == 200)
        }
    }

    @Test func `a number sends 80 a second and no more`() async throws {
        try await TestSandbox.run({ $0.enforcesVendorLimits = true }) { api in
            _ = try await api.post("/sandbox/clock", ["held": true])
            for index in 0..<80 {
                #expect(try await api.sendText("x", to: "+3460000\(1000 + index)").status == 200)
            }

            let reply = try await api.sendText("x", to: "+34600002000")
            #expect(try reply.json.at("error/code")?.wholeNumber == 130_429)

            _ = try await api.post("/sandbox/clock", ["advance_seconds": 1])
            #expect(try await api.sendText("x", to: "+34600002000").status == 200)
        }
    }

    @Test func `marking as read, with typing, is acknowledged`() async throws {
        try await TestSandbox.run { api in
            let id = try #require(try await api.customer().json["id"]?.text)

            let reply = try await api.post(
                TestAPI.number + "/messages",
                [
                    "messaging_product": "whatsapp", "status": "read", "message_id": JSON(id),
                    "typing_indicator": ["type": "text"],
                ])

            #expect(try reply.json["success"]?.flag == true)
            #expect(try await api.summary().at("whatsapp/typing_marks")?.wholeNumber == 1)
        }
    }

    @Test func `the same callback data accepted twice is seen`() async throws {
        try await TestSandbox.run { api in
            try await api.customer()
            for _ in 0..<2 { _ = try await api.send(["text": ["body": "x"], "biz_opaque_callback_data": "job-1"]) }
            _ = try await api.send(["text": ["body": "y"], "biz_opaque_callback_data": "job-2"])

            let messages = try await api.get("/sandbox/messages?callback_data=job-1").json

            #expect(messages["count"]?.wholeNumber == 2)
            #expect(messages["data"]?.items?.count == 2)
            #expect(try await api.summary().at("whatsapp/repeated_callback_data")?.wholeNumber == 1)
        }
    }
}
