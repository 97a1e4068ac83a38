import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct MessageTests {
    private func message(_ name: String) throws -> ReceivedMessage {
        try #require(try Fixture.facts(name).first?.message)
    }

    @Test func `a text carries sender, name, number, account and Meta's time`() throws {
        let update = try #require(try Fixture.updates("message_text").first)
        let message = try #require(update.fact.message)

        #expect(update.wabaID == "102290129340398")
        #expect(update.phoneNumberID == "106540352242922")
        #expect(update.field == "messages")
        #expect(message.id == "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=")
        #expect(message.origin == .customer)
        #expect(message.isInbound)
        #expect(message.participant == Participant(waID: "16505551234", profileName: "Sheena Nelson"))
        #expect(message.at == Timestamp(milliseconds: 1_749_416_383_000))
        #expect(message.content == .text(TextContent(body: "Does it come in another color?")))
        #expect(message.context == nil)
        #expect(message.referral == nil)
    }

    @Test func `a timestamp that is a number reads like one that is a string`() throws {
        #expect(try message("alt_n_13_interactive").at == Timestamp(seconds: 1_669_233_778))
    }

    @Test(
        arguments: [
            ("message_image", MediaContent.Kind.image, "1003383421387256", "image/jpeg", "Taj Mahal", nil),
            ("message_video", .video, "731675419373506", "video/mp4", "Timelapse of growth", nil),
            ("message_document", .document, "622684793477189", "application/pdf", "my receipt", "receipt.pdf"),
            ("message_sticker", .sticker, "1908647269898587", "image/webp", nil, nil),
            ("message_audio", .audio, "1908647269898587", "audio/ogg; codecs=opus", nil, nil),
            (
                "alt_n_07_document", .document, "IMAGE_ID",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "CAPTION_TEXT", "FILENAME"
            ),
        ] as [(String, MediaContent.Kind, String, String, String?, String?)])
    func `media carry id, type, caption and name`(
        name: String, kind: MediaContent.Kind, id: String, mimeType: String, caption: String?, filename: String?
    ) throws {
        guard case .media(let media) = try message(name).content else { Issue.record("no media"); return }

        #expect(media.kind == kind)
        #expect(media.mediaID == id)
        #expect(media.mimeType == mimeType)
        #expect(media.caption == caption)
        #expect(media.filename == filename)
        #expect(media.sha256 != nil)
        #expect(media.link == nil)
    }

    @Test func `a voice note and an animated sticker are marked`() throws {
        guard case .media(let voice) = try message("message_voice").content,
            case .media(let sticker) = try message("message_sticker").content
        else { Issue.record("no media"); return }

        #expect(voice.isVoice == true)
        #expect(sticker.isAnimated == true)
        #expect(sticker.isVoice == nil)
    }

    @Test func `a location keeps its place to the last digit`() throws {
        let expected = LocationContent(
            latitude: 37.44221496582, longitude: -122.16165924072, name: "Philz Coffee",
            address: "101 Forest Ave, Palo Alto, CA 94301", url: "https://philzcoffee.com/")

        #expect(try message("message_location").content == .location(expected))
    }

    @Test func `a contact card carries names, phones, e-mail and company`() throws {
        guard case .contacts(let full) = try message("alt_n_11_contacts").content else {
            Issue.record("no contacts")
            return
        }

        #expect(
            full.cards == [
                ContactCard(
                    formattedName: "CONTACT_FORMATTED_NAME", firstName: "CONTACT_FIRST_NAME",
                    lastName: "CONTACT_LAST_NAME",
                    phones: [.init(phone: "CONTACT_PHONE", waID: "CONTACT_WA_ID", type: "HOME or WORK>")],
                    emails: ["CONTACT_EMAIL"], organization: "CONTACT_ORG_COMPANY")
            ])
    }

    @Test func `the answer to a contact request proves the number by its origin`() throws {
        let message = try message("message_contacts_request_contact_info_reply")
        guard case .contacts(let contacts) = message.content else { Issue.record("no contacts"); return }

        #expect(contacts.cards.first?.origin == "contact_request")
        #expect(contacts.cards.first?.phones == [.init(phone: "+16505551234", waID: "16505551234", type: "MOBILE")])
        #expect(message.participant.waID == nil)
        #expect(message.participant.userID == "US.13491208655302741918")
    }

    @Test func `the origin of a card may stand on the message`() throws {
        let item = """
            {"id":"a","from":"1","timestamp":"1749416383","type":"contacts","origin":"contact_request",
             "contacts":[{"name":{"first_name":"Ana","last_name":"Ruiz"}}]}
            """
        guard case .contacts(let contacts) = facts(ofMessage: item).first?.message?.content else {
            Issue.record("no contacts")
            return
        }

        #expect(contacts.cards.map(\.origin) == ["contact_request"])
        #expect(contacts.cards.map(\.formattedName) == ["Ana Ruiz"])
    }

    @Test(arguments: [
        ("message_interactive_button_reply", ChoiceContent(kind: .button, id: "change-button", title: "Change")),
        (
            "message_interactive_list_reply",
            ChoiceContent(
                kind: .list, id: "priority_express", title: "Priority Mail Express", description: "Next Day to 2 Days")
        ),
        ("message_callback_quick_reply", ChoiceContent(kind: .quickReply, id: "callback_data", title: "title")),
        ("message_button", ChoiceContent(kind: .quickReply, id: "Unsubscribe", title: "Unsubscribe")),
        ("alt_c_list_reply", ChoiceContent(kind: .list, id: "id_list_reply", title: "Yes")),
    ])
    func `a choice carries our id and what the customer saw`(name: String, choice: ChoiceContent) throws {
        #expect(try message(name).content == .choice(choice))
    }

    @Test func `a flow's answers stay the text that WhatsApp sent`() throws {
        guard case .choice(let choice) = try message("message_interactive_nfm_reply").content else {
            Issue.record("no choice")
            return
        }

        #expect(choice.kind == .flow)
        #expect(choice.id == "flow")
        #expect(choice.title == "Sent")
        #expect(choice.data?.contains(#""delivery_rating":"4""#) == true)
    }

    @Test func `a kind of reply that is new to us keeps its JSON`() {
        let choice = content("interactive", #"{"type":"poll_reply","poll_reply":{"b":1,"a":[2]}}"#)

        #expect(choice == .choice(ChoiceContent(kind: .other, id: nil, title: "poll_reply", data: #"{"a":[2],"b":1}"#)))
    }

    @Test func `an order keeps prices as they were written`() throws {
        guard case .order(let order) = try message("message_order").content,
            case .order(let single) = try message("message_order_from_template").content
        else { Issue.record("no order"); return }

        #expect(order.catalogID == "194836987003835")
        #expect(order.text == "Love these!")
        #expect(order.items.map(\.productRetailerID) == ["di9ozbzfi4", "nqryix03ez"])
        #expect(order.items.map(\.quantity) == ["2", "1"])
        #expect(order.items.map(\.itemPrice) == ["30", "25"])
        #expect(single.items.map(\.itemPrice) == ["99.99"])
        #expect(single.text == nil)
    }

    @Test func `a reaction names its message, and one taken back has no emoji`() throws {
        #expect(
            try message("message_reaction").content
                == .reaction(ReactionContent(messageID: "wamid.yzxyzx=", emoji: "😮")))
        #expect(
            try message("message_reaction_removed").content
                == .reaction(
                    ReactionContent(
                        messageID: "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=", emoji: "")))
    }

    @Test func `a reply quotes, a forward does not`() throws {
        #expect(try message("message_reply").context == .init(messageID: "wamid.xyzxyz=="))
        #expect(try message("message_forwarded").context == .init(isForwarded: true))
    }

    @Test func `a question about a product names it`() throws {
        let context = try message("message_text_referred_product").context

        #expect(context?.catalogID == "194836987003835")
        #expect(context?.productRetailerID == "di9ozbzfi4")
    }

    @Test func `the advertisement through which the customer came is kept`() throws {
        let referral = try message("message_text_referral_ctwa").referral

        #expect(referral?.sourceType == "ad")
        #expect(referral?.sourceID == "120226305854810726")
        #expect(referral?.headline == "Chat with us")
        #expect(referral?.mediaURL == "https://scontent.xx.fbcdn.net/v/t45.1...")
        #expect(referral?.clickID?.hasPrefix("Aff-n8ZTODiE79d22KtAwQKj9e") == true)
    }

    @Test func `a message in a group names group and sender`() throws {
        let message = try message("message_group_text")

        #expect(message.groupID == "HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA")
        #expect(message.participant.waID == "16505551234")
        #expect(message.participant.profileName == "Tiago Mingo")
    }

    @Test func `what WhatsApp would not pass on is a message with its reason`() throws {
        #expect(
            try message("message_unsupported").content
                == .unsupported(
                    UnsupportedContent(kind: "edit", reason: "Message type is currently not supported.")))
    }

    @Test(arguments: [
        ("text", "{}"), ("text", "7"), ("image", #"{"caption":"no id"}"#),
        ("location", #"{"latitude":91,"longitude":0}"#),
        ("location", #"{"latitude":"x","longitude":0}"#), ("contacts", "[]"), ("reaction", #"{"emoji":"x"}"#),
        ("interactive", "null"), ("button", "[]"), ("order", #""x""#), ("hologram", #"{"id":"1"}"#),
    ])
    func `a message that lacks what its type needs is kept as unsupported`(type: String, object: String) {
        #expect(content(type, object) == .unsupported(UnsupportedContent(kind: type, reason: nil)))
    }

    @Test func `numbers and strings are read alike`() {
        #expect(
            content("location", #"{"latitude":"37.5","longitude":-122}"#)
                == .location(LocationContent(latitude: 37.5, longitude: -122)))
    }

    @Test func `a message without a type is read by the object it has`() {
        let found = facts(ofMessage: #"{"id":"a","from":"1","timestamp":1749416383,"text":{"body":"hi"}}"#)

        #expect(found.first?.message?.content == .text(TextContent(body: "hi")))
    }

    @Test func `duplicates in one body both come out, for the store to refuse the second`() throws {
        let messages = try Fixture.facts("alt_c_duplicate").compactMap(\.message)

        #expect(messages.count == 2)
        #expect(messages[0] == messages[1])
    }
}
