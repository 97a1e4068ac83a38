import Testing

@testable import Domain
@testable import WhatsApp

/// The JSON that leaves, held against the shapes of Meta's reference.
@Suite struct SendBodyTests {
    private func body(
        _ content: MessageContent, to recipient: Recipient = .phone("16505551234"), replyTo: String? = nil
    ) throws -> JSON {
        let message = OutgoingMessage(recipient: recipient, content: content, replyTo: replyTo, callbackData: "JOB")
        return try #require(SendBody.json(of: message))
    }

    /// Compares as JSON, so that order and spaces do not matter.
    private func expect(_ json: JSON, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let expected = try JSONParser.parse(Array(text.utf8))
        #expect(json.sortedText == expected.sortedText, sourceLocation: sourceLocation)
    }

    @Test func `a text goes to a phone with its plus and carries our job`() throws {
        try expect(
            try body(.text(TextContent(body: "Hola \"Ana\"\n😀", previewURL: true))),
            #"""
            {"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"text",
             "text":{"body":"Hola \"Ana\"\n😀","preview_url":true},"biz_opaque_callback_data":"JOB"}
            """#)
    }

    @Test func `a BSUID is addressed as recipient, never as to`() throws {
        let json = try body(.text(TextContent(body: "x")), to: .userID("US.13491208655302741918"))

        #expect(json["recipient"] == "US.13491208655302741918")
        #expect(json["to"].isNull)
        #expect(json["text"]["preview_url"].isNull)
    }

    @Test func `a plus that is there already stays one`() throws {
        #expect(try body(.text(TextContent(body: "x")), to: .phone("+34600000000"))["to"] == "+34600000000")
    }

    @Test func `a reply quotes its message, a reaction does not`() throws {
        let reaction = ReactionContent(messageID: "wamid.A", emoji: "")

        #expect(try body(.text(TextContent(body: "x")), replyTo: "wamid.Q")["context"] == ["message_id": "wamid.Q"])
        let json = try body(.reaction(reaction), replyTo: "wamid.Q")
        #expect(json["context"].isNull)
        #expect(json["reaction"] == ["message_id": "wamid.A", "emoji": ""])
    }

    @Test func `media go by id, by link only without one, and each with what its kind takes`() throws {
        let full = MediaContent(
            kind: .document, mediaID: "1", link: "https://x", mimeType: "application/pdf", caption: "c",
            filename: "f.pdf")
        func object(_ kind: MediaContent.Kind, _ change: (inout MediaContent) -> Void = { _ in }) throws -> JSON {
            var media = full
            media.kind = kind
            change(&media)
            return try body(.media(media))[kind.rawValue]
        }

        #expect(try object(.document) == ["id": "1", "caption": "c", "filename": "f.pdf"])
        #expect(try object(.image) == ["id": "1", "caption": "c"])
        #expect(try object(.video) == ["id": "1", "caption": "c"])
        #expect(try object(.sticker) == ["id": "1"])
        #expect(try object(.audio) == ["id": "1"])
        #expect(try object(.audio) { $0.isVoice = true } == ["id": "1", "voice": true])
        #expect(
            try object(.image) {
                $0.mediaID = nil; $0.caption = ""
            } == ["link": "https://x"])
    }

    @Test func `a location carries its place as numbers`() throws {
        let location = LocationContent(
            latitude: 37.44221496582, longitude: -122.5, name: "Philz Coffee", address: "101 Forest Ave",
            url: "https://x")

        try expect(
            try body(.location(location))["location"],
            #"{"latitude":37.44221496582,"longitude":-122.5,"name":"Philz Coffee","address":"101 Forest Ave"}"#)
    }

    @Test func `a contact has a part of the name beside the formatted one`() throws {
        let cards = [
            ContactCard(
                formattedName: "Barbara J. Johnson", firstName: "Barbara", lastName: "Johnson",
                phones: [.init(phone: "+14155550829", waID: "14155550829", type: "MOBILE")], emails: ["b@example.com"],
                organization: "Social Tsunami"),
            ContactCard(formattedName: "Taller Ruiz"),
        ]

        try expect(
            try body(.contacts(ContactsContent(cards: cards)))["contacts"],
            """
            [{"name":{"formatted_name":"Barbara J. Johnson","first_name":"Barbara","last_name":"Johnson"},
              "phones":[{"phone":"+14155550829","wa_id":"14155550829","type":"MOBILE"}],
              "emails":[{"email":"b@example.com"}],"org":{"company":"Social Tsunami"}},
             {"name":{"formatted_name":"Taller Ruiz","first_name":"Taller Ruiz"}}]
            """)
    }

    @Test func `buttons with a picture above`() throws {
        let content = InteractiveContent(
            header: .media(MediaContent(kind: .image, mediaID: "7", caption: "not here")), body: "Change it?",
            footer: "Lucky Shrub", action: .buttons([.init(id: "a", title: "Change"), .init(id: "b", title: "Cancel")]))

        try expect(
            try body(.interactive(content))["interactive"],
            """
            {"type":"button","header":{"type":"image","image":{"id":"7"}},"body":{"text":"Change it?"},
             "footer":{"text":"Lucky Shrub"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"Change"}},
             {"type":"reply","reply":{"id":"b","title":"Cancel"}}]}}
            """)
    }

    @Test func `a list with sections`() throws {
        let content = InteractiveContent(
            header: .text("Shipping"), body: "Which?",
            action: .list(
                button: "Options",
                sections: [.init(title: "Fast", rows: [.init(id: "x", title: "Express", description: "1 day")])]))

        try expect(
            try body(.interactive(content))["interactive"],
            """
            {"type":"list","header":{"type":"text","text":"Shipping"},"body":{"text":"Which?"},"action":{"button":"Options",
             "sections":[{"title":"Fast","rows":[{"id":"x","title":"Express","description":"1 day"}]}]}}
            """)
    }

    @Test(arguments: [
        (
            InteractiveContent.Action.link(text: "See", url: "https://example.com/a?b=c"),
            """
            {"type":"cta_url","body":{"text":"B"},
             "action":{"name":"cta_url","parameters":{"display_text":"See","url":"https://example.com/a?b=c"}}}
            """
        ),
        (
            .locationRequest,
            #"{"type":"location_request_message","body":{"text":"B"},"action":{"name":"send_location"}}"#
        ),
        (
            .contactRequest,
            #"{"type":"request_contact_info","body":{"text":"B"},"action":{"name":"request_contact_info"}}"#
        ),
    ])
    func `a link and the two requests`(action: InteractiveContent.Action, expected: String) throws {
        try expect(try body(.interactive(InteractiveContent(body: "B", action: action)))["interactive"], expected)
    }

    @Test func `a template with every kind of value`() throws {
        let template = TemplateContent(
            name: "order_ready", language: "en_US",
            header: [
                .init(value: .media(MediaContent(kind: .document, mediaID: "9", caption: "x", filename: "a.pdf")))
            ],
            body: [
                .init(name: "first_name", value: .text("Ana")),
                .init(value: .currency(fallback: "$10.99", code: "USD", amount1000: 10_990)),
                .init(value: .dateTime(fallback: "25 February")),
            ],
            buttons: [
                .init(subType: "url", index: 0, parameters: [.init(value: .text("abc"))]),
                .init(subType: "quick_reply", index: 1, parameters: [.init(value: .payload("STOP"))]),
                .init(subType: "copy_code", index: 2, parameters: [.init(value: .couponCode("25OFF"))]),
            ], rendered: "not sent")

        try expect(
            try body(.template(template))["template"],
            """
            {"name":"order_ready","language":{"code":"en_US","policy":"deterministic"},"components":[
              {"type":"header","parameters":[{"type":"document","document":{"id":"9","filename":"a.pdf"}}]},
              {"type":"body","parameters":[{"type":"text","parameter_name":"first_name","text":"Ana"},
                {"type":"currency","currency":{"fallback_value":"$10.99","code":"USD","amount_1000":10990}},
                {"type":"date_time","date_time":{"fallback_value":"25 February"}}]},
              {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"abc"}]},
              {"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"STOP"}]},
              {"type":"button","sub_type":"copy_code","index":"2","parameters":[{"type":"coupon_code","coupon_code":"25OFF"}]}
            ]}
            """)
    }

    @Test func `a template without values has no components, and a place can be its header`() throws {
        let bare = TemplateContent(name: "hello", language: "es")
        let place = TemplateContent(
            name: "store", language: "es",
            header: [.init(value: .location(LocationContent(latitude: 1, longitude: 2, name: "Tienda")))])

        #expect(try body(.template(bare))["template"]["components"].isNull)
        #expect(
            try body(.template(place))["template"]["components"].items[0]["parameters"].items[0]["location"]["name"]
                == "Tienda")
    }

    @Test func `what only customers send has no body`() {
        for content in [
            MessageContent.choice(ChoiceContent(kind: .button, id: "a", title: "b")),
            .order(OrderContent(catalogID: nil, text: nil, items: [])), .system(SystemContent(kind: "a", body: "b")),
            .unsupported(UnsupportedContent(kind: "a")),
        ] {
            let message = OutgoingMessage(recipient: .phone("1"), content: content, replyTo: nil, callbackData: "JOB")
            #expect(SendBody.json(of: message) == nil)
        }
    }
}
