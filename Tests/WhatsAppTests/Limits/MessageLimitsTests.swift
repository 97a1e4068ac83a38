import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct MessageLimitsTests {
    private func detail(_ content: MessageContent) -> String? { MessageLimits.problem(in: content)?.detail }
    private func long(_ count: Int) -> String { String(repeating: "ñ", count: count) }

    @Test func `a text has from 1 to 4096 characters`() throws {
        #expect(detail(.text(TextContent(body: long(4096)))) == nil)
        #expect(detail(.text(TextContent(body: " \n"))) == "text_missing")
        let problem = try #require(MessageLimits.problem(in: .text(TextContent(body: long(4097)))))

        #expect(problem.code == .invalid)
        #expect(problem.detail == "text_too_long")
        #expect(problem.message.en == "The text is 4097 characters long; WhatsApp allows 4096. Shorten it.")
        #expect(problem.message.es == "El texto tiene 4097 caracteres; WhatsApp permite 4096 como máximo. Use menos.")
    }

    @Test func `media need a file, and some kinds take no caption`() {
        func media(
            _ kind: MediaContent.Kind, id: String? = "1", link: String? = nil, caption: String? = nil
        ) -> MessageContent {
            .media(MediaContent(kind: kind, mediaID: id, link: link, caption: caption))
        }

        #expect(detail(media(.image, caption: long(1024))) == nil)
        #expect(detail(media(.image, caption: long(1025))) == "text_too_long")
        #expect(detail(media(.audio, caption: "x")) == "caption_not_allowed")
        #expect(detail(media(.sticker, caption: "x")) == "caption_not_allowed")
        #expect(detail(media(.audio, caption: "")) == nil)
        #expect(detail(media(.image, id: nil)) == "media_missing")
        #expect(detail(media(.image, id: nil, link: "https://example.com/a.png")) == nil)
        #expect(detail(media(.image, id: nil, link: "ftp://example.com")) == "address_invalid")
        #expect(detail(media(.image, id: nil, link: "https://example.com/a b")) == "address_invalid")
    }

    @Test(arguments: [
        (90.0, 180.0, true), (-90, -180, true), (90.1, 0, false), (0, 180.1, false), (.nan, 0, false),
        (0, .infinity, false),
    ])
    func `a location lies on Earth`(latitude: Double, longitude: Double, isFine: Bool) {
        let problem = detail(.location(LocationContent(latitude: latitude, longitude: longitude)))

        #expect(problem == (isFine ? nil : "location_out_of_range"))
    }

    @Test func `contacts are counted and named`() {
        func contacts(_ count: Int, name: String = "Ana") -> MessageContent {
            .contacts(ContactsContent(cards: Array(repeating: ContactCard(formattedName: name), count: count)))
        }

        #expect(detail(contacts(257)) == nil)
        #expect(detail(contacts(258)) == "contacts_count")
        #expect(detail(contacts(0)) == "contacts_count")
        #expect(detail(contacts(1, name: "")) == "text_missing")
    }

    @Test(arguments: [("👍🏽", nil), ("", nil), ("👨‍👩‍👧", nil), ("👍👍", "reaction_emoji")] as [(String, String?)])
    func `a reaction is one emoji or none`(emoji: String, expected: String?) {
        #expect(detail(.reaction(ReactionContent(messageID: "wamid.A", emoji: emoji))) == expected)
        #expect(detail(.reaction(ReactionContent(messageID: "", emoji: emoji))) == "reaction_target_missing")
    }

    private func interactive(
        _ action: InteractiveContent.Action, body: String = "B", header: InteractiveContent.Header? = nil,
        footer: String? = nil
    ) -> MessageContent {
        .interactive(InteractiveContent(header: header, body: body, footer: footer, action: action))
    }

    private func buttons(_ titles: String...) -> InteractiveContent.Action {
        .buttons(titles.enumerated().map { .init(id: "\($0)", title: $1) })
    }

    @Test func `buttons are one to three, short and different`() {
        #expect(detail(interactive(buttons("a", "b", "c"))) == nil)
        #expect(detail(interactive(buttons("a", "b", "c", "d"))) == "buttons_count")
        #expect(detail(interactive(.buttons([]))) == "buttons_count")
        #expect(detail(interactive(buttons("a", "a"))) == "not_unique")
        #expect(detail(interactive(buttons(long(20)))) == nil)
        #expect(detail(interactive(buttons(long(21)))) == "text_too_long")
        #expect(detail(interactive(.buttons([.init(id: long(257), title: "a")]))) == "text_too_long")
        #expect(detail(interactive(.buttons([.init(id: "", title: "a")]))) == "text_missing")
    }

    @Test func `text, header and footer of an interactive message have their limits`() {
        let picture = InteractiveContent.Header.media(MediaContent(kind: .image, mediaID: "1"))

        #expect(detail(interactive(buttons("a"), body: long(1024), header: .text(long(60)), footer: long(60))) == nil)
        #expect(detail(interactive(buttons("a"), body: long(1025))) == "text_too_long")
        #expect(detail(interactive(buttons("a"), body: "")) == "text_missing")
        #expect(detail(interactive(buttons("a"), header: .text(long(61)))) == "text_too_long")
        #expect(detail(interactive(buttons("a"), footer: long(61))) == "text_too_long")
        #expect(detail(interactive(buttons("a"), header: picture)) == nil)
        let held = MediaContent(kind: .image, storedID: MediaID(rawValue: 1))
        #expect(detail(interactive(buttons("a"), header: .media(held))) == nil)
        #expect(detail(interactive(buttons("a"), header: .media(MediaContent(kind: .image)))) == "media_missing")
        #expect(
            detail(interactive(buttons("a"), header: .media(MediaContent(kind: .audio, mediaID: "1")))) == "header_kind"
        )
        #expect(detail(interactive(list(rows: 1), header: picture)) == "header_kind")
        #expect(detail(interactive(list(rows: 1), body: long(4096))) == nil)
    }

    private func list(rows: Int, sections: Int = 1, title: String? = "T") -> InteractiveContent.Action {
        .list(
            button: "See",
            sections: (0..<sections).map { section in
                .init(title: title, rows: (0..<rows).map { .init(id: "\(section).\($0)", title: "r") })
            })
    }

    @Test func `a list has ten rows in all`() {
        #expect(detail(interactive(list(rows: 10))) == nil)
        #expect(detail(interactive(list(rows: 11))) == "rows_count")
        #expect(detail(interactive(list(rows: 5, sections: 2))) == nil)
        #expect(detail(interactive(list(rows: 4, sections: 3))) == "rows_count")
        #expect(detail(interactive(list(rows: 0))) == "rows_count")
        #expect(detail(interactive(list(rows: 1, title: nil))) == nil)
        #expect(detail(interactive(list(rows: 1, sections: 2, title: nil))) == "text_missing")
        #expect(detail(interactive(list(rows: 1, title: long(25)))) == "text_too_long")
    }

    @Test func `a row's parts have their limits`() {
        func row(_ id: String, _ title: String, _ description: String? = nil) -> MessageContent {
            interactive(
                .list(
                    button: "See",
                    sections: [.init(title: nil, rows: [.init(id: id, title: title, description: description)])]))
        }

        #expect(detail(row(long(200), long(24), long(72))) == nil)
        #expect(detail(row(long(201), "t")) == "text_too_long")
        #expect(detail(row("a", long(25))) == "text_too_long")
        #expect(detail(row("a", "t", long(73))) == "text_too_long")
    }

    @Test func `a link needs a web address, a request stands alone`() {
        #expect(detail(interactive(.link(text: long(20), url: "https://example.com"))) == nil)
        #expect(detail(interactive(.link(text: "See", url: "javascript:alert(1)"))) == "address_invalid")
        #expect(detail(interactive(.link(text: long(21), url: "https://example.com"))) == "text_too_long")
        #expect(detail(interactive(.locationRequest)) == nil)
        #expect(detail(interactive(.locationRequest, footer: "f")) == "header_not_allowed")
        #expect(detail(interactive(.contactRequest, header: .text("h"))) == "header_not_allowed")
    }

    @Test(
        arguments: [
            ("Ana", nil), ("a    b", nil), ("a     b", "value_shape"), ("a\nb", "value_shape"),
            ("a\r\nb", "value_shape"),
            ("a\tb", "value_shape"), (" ", "text_missing"),
        ] as [(String, String?)])
    func `a template's value fits into one line`(text: String, expected: String?) {
        let template = TemplateContent(name: "a", language: "es", body: [.init(value: .text(text))])

        #expect(detail(.template(template)) == expected)
    }

    @Test func `a template is named as Meta names it`() {
        func template(
            _ name: String, _ language: String = "es", code: String = "25OFF", index: Int = 0
        ) -> MessageContent {
            .template(
                TemplateContent(
                    name: name, language: language,
                    buttons: [.init(subType: "copy_code", index: index, parameters: [.init(value: .couponCode(code))])])
            )
        }

        #expect(detail(template("order_ready_2")) == nil)
        #expect(detail(template("Order ready")) == "template_name")
        #expect(detail(template("a", "")) == "template_name")
        #expect(detail(template("")) == "text_missing")
        #expect(detail(template("a", code: long(16))) == "text_too_long")
        #expect(detail(template("a", index: 10)) == "button_index")
        #expect(detail(template("a", index: -1)) == "button_index")
    }

    @Test func `what only customers send is refused with the gate's reason`() {
        #expect(detail(.system(SystemContent(kind: "a", body: "b"))) == "cannot_be_sent")
    }
}
