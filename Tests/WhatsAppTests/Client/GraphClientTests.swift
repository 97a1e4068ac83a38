import Crypto
import Foundation
import NIOCore
import Synchronization
import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct GraphClientTests {
    @Test func `every kind of message inside the window is accepted`() async throws {
        try await CloudAPIHarness.run { api in
            let inbound = try await api.customerWrites()
            let picture = try await api.upload(Self.png, name: "a.png")
            let contents: [MessageContent] = [
                .text(TextContent(body: "Hola 😀", previewURL: true)),
                .media(MediaContent(kind: .image, mediaID: picture, caption: "Foto")),
                .media(MediaContent(kind: .document, link: "https://example.com/a.pdf", filename: "a.pdf")),
                .location(LocationContent(latitude: 40.4, longitude: -3.7, name: "Tienda", address: "Calle 1")),
                .contacts(
                    ContactsContent(cards: [ContactCard(formattedName: "Ana", phones: [.init(phone: "+346000")])])),
                .reaction(ReactionContent(messageID: inbound, emoji: "👍")),
                .interactive(
                    InteractiveContent(
                        header: .media(MediaContent(kind: .image, mediaID: picture)), body: "¿Sí?", footer: "Pie",
                        action: .buttons([.init(id: "a", title: "Sí"), .init(id: "b", title: "No")]))),
                .interactive(
                    InteractiveContent(
                        body: "¿Cuál?",
                        action: .list(
                            button: "Ver", sections: [.init(title: "A", rows: [.init(id: "1", title: "Uno")])]))),
                .interactive(
                    InteractiveContent(body: "Vea", action: .link(text: "Abrir", url: "https://example.com"))),
                .interactive(InteractiveContent(body: "¿Dónde?", action: .locationRequest)),
                .interactive(InteractiveContent(body: "¿Su teléfono?", action: .contactRequest)),
            ]

            for content in contents {
                let receipt = try await api.send(content)
                #expect(receipt.messageID.hasPrefix("wamid."))
            }
            #expect(try await api.sentCount() == contents.count)
        }
    }

    @Test func `templates of the account are listed to the end and can be sent filled`() async throws {
        try await CloudAPIHarness.run { api in
            let templates = try await api.client.templates(
                wabaID: CloudAPIHarness.waba, token: CloudAPIHarness.token)
            let order = try #require(templates.first { $0.name == "pedido_en_camino" && $0.language == "es" })
            let visit = try #require(templates.first { $0.name == "recordatorio_cita" && $0.language == "es" })
            let invoice = try #require(templates.first { $0.name == "factura_disponible" })
            let code = try #require(templates.first { $0.name == "codigo_verificacion" })
            let content = TemplateContent(
                name: "pedido_en_camino", language: "es",
                body: ["Ana", "A-1042", "martes"].map { .init(value: .text($0)) },
                buttons: [.init(subType: "url", index: 0, parameters: [.init(value: .text("A-1042"))])])

            #expect(order.facts.bodyVariables == ["1", "2", "3"])
            #expect(order.facts.buttonSlots == [.init(index: 0, subType: "url")])
            #expect(visit.facts.isNamed)
            #expect(invoice.facts.header == .document)
            #expect(code.facts.bodyVariables == ["1"])
            #expect(order.facts.isFilled(by: content))
            #expect(try await api.send(.template(content)).hold == nil)
        }
    }

    @Test func `paging goes on until the last page`() async throws {
        try await CloudAPIHarness.run { api in
            for index in 0..<60 {
                try await api.createTemplate("extra_\(index)")
            }
            let templates = try await api.client.templates(
                wabaID: CloudAPIHarness.waba, token: CloudAPIHarness.token)

            #expect(templates.filter { $0.name.hasPrefix("extra_") }.count == 60)
            #expect(Set(templates.map(\.id)).count == templates.count)
        }
    }

    @Test func `a file comes back as it was sent`() async throws {
        try await CloudAPIHarness.run { api in
            let token = CloudAPIHarness.token
            let number = CloudAPIHarness.number
            let id = try await api.upload(Self.png, name: "ñ\".png")
            let info = try await api.client.mediaInfo(id, of: number, token: token)
            let received = Mutex<[UInt8]>([])
            let type = try await api.client.downloadMedia(info, token: token) { chunk in
                received.withLock { $0 += chunk.readableBytesView }
            }
            let bytes = received.withLock { $0 }

            #expect(bytes == Self.png)
            #expect(type?.hasPrefix("image/png") == true)
            #expect(info.fileSize == Int64(Self.png.count))
            #expect(MediaChecksum.isMatch(SHA256.hash(data: bytes), announced: info.sha256) == true)

            try await api.client.deleteMedia(id, of: number, token: token)
            let gone = await #expect(throws: CallFailure.self) { try await api.client.mediaInfo(id, token: token) }
            #expect(gone?.kind == .permanent)
        }
    }

    @Test func `a file of many pieces arrives whole, and one that is gone was certainly not sent`() async throws {
        try await CloudAPIHarness.run { api in
            let token = CloudAPIHarness.token
            var large = Self.png
            while large.count < 3_000_000 { large += Self.png }
            let id = try await api.upload(large, name: "large.png")
            let info = try await api.client.mediaInfo(id, token: token)
            #expect(info.fileSize == Int64(large.count))
            #expect(MediaChecksum.isMatch(SHA256.hash(data: large), announced: info.sha256) == true)

            let gone = await #expect(throws: CallFailure.self) {
                try await api.client.uploadMedia(
                    "/nowhere/a.png", byteCount: 100, kind: .image, mimeType: "image/png", fileName: "a.png",
                    to: CloudAPIHarness.number, token: token)
            }
            #expect(gone?.kind != .unknown)
        }
    }

    @Test func `a file that is longer than allowed ends the download, and so does an error of ours`() async throws {
        struct DiskFull: Error {}
        try await CloudAPIHarness.run { api in
            let token = CloudAPIHarness.token
            let id = try await api.upload(Self.png, name: "a.png")
            let info = try await api.client.mediaInfo(id, token: token)

            let long = await #expect(throws: CallFailure.self) {
                try await api.client.downloadMedia(info, token: token, maxBytes: Self.png.count - 1) { _ in }
            }
            #expect(long?.kind == .permanent)
            await #expect(throws: DiskFull.self) {
                try await api.client.downloadMedia(info, token: token) { _ in throw DiskFull() }
            }
        }
    }

    @Test func `a number, a token and a subscription can be checked`() async throws {
        try await CloudAPIHarness.run { api in
            let token = CloudAPIHarness.token
            let number = try await api.client.phoneNumber(CloudAPIHarness.number, token: token)
            let info = try await api.client.checkToken(token)
            try await api.client.subscribeApp(wabaID: CloudAPIHarness.waba, token: token)
            let apps = try await api.client.subscribedApps(wabaID: CloudAPIHarness.waba, token: token)

            #expect(number.id == CloudAPIHarness.number)
            #expect(number.status == "CONNECTED")
            #expect(info.isValid)
            #expect(info.missingScopes.isEmpty)
            #expect(!apps.isEmpty)
        }
    }

    @Test func `a message is marked as read, with and without typing`() async throws {
        try await CloudAPIHarness.run { api in
            let id = try await api.customerWrites()

            try await api.client.markRead(id, from: CloudAPIHarness.number, token: CloudAPIHarness.token)
            try await api.client.markRead(
                id, isTyping: true, from: CloudAPIHarness.number, token: CloudAPIHarness.token)
            let empty = await #expect(throws: CallFailure.self) {
                try await api.client.markRead("", from: CloudAPIHarness.number, token: CloudAPIHarness.token)
            }
            #expect(empty?.kind == .permanent)
        }
    }

    @Test func `a dead token stops its credential and is named nowhere`() async throws {
        try await CloudAPIHarness.run { api in
            let failure = try await api.failure(token: "EAAGdeadTOKEN1234567890")

            #expect(failure.kind == .accountWide)
            #expect(failure.scope == .credential)
            #expect(!"\(failure)".contains("EAAGdeadTOKEN1234567890"))
        }
    }

    @Test(arguments: ["", "a b", "a\r\nX: y", "ñ"])
    func `a token that cannot be one is not sent`(token: String) async throws {
        try await CloudAPIHarness.run { api in
            let failure = try await api.failure(token: token)

            #expect(failure.code == "token-unusable")
            #expect(failure.kind == .accountWide)
        }
    }

    @Test(arguments: [
        OutgoingMessage(
            recipient: .phone("34600000001"), content: .text(TextContent(body: "x")), replyTo: nil,
            callbackData: "\(MessageID(rawValue: 2))"),
        OutgoingMessage(
            recipient: .phone("34600000002"), content: .text(TextContent(body: "x")), replyTo: nil,
            callbackData: "\(MessageID.ofTests)"),
        OutgoingMessage(
            recipient: .phone("34600000001"), content: .location(LocationContent(latitude: 1, longitude: 2)),
            replyTo: nil, callbackData: "\(MessageID.ofTests)"),
    ])
    func `nothing leaves with another's permit`(message: OutgoingMessage) async throws {
        try await CloudAPIHarness.run { api in
            _ = try await api.customerWrites()
            let permit = SendPermit.forTests(.text(TextContent(body: "x")), to: .phone("34600000001"))

            let failure = await #expect(throws: CallFailure.self) {
                try await api.client.send(
                    message, from: CloudAPIHarness.number, token: CloudAPIHarness.token, permit: permit)
            }

            #expect(failure?.code == "permit-mismatch")
            #expect(failure?.kind == .permanent)
            #expect(try await api.sentCount() == 0)
        }
    }

    @Test func `a number that does not exist stops the number`() async throws {
        try await CloudAPIHarness.run { api in
            let message = OutgoingMessage(
                recipient: .phone("34600000001"), content: .text(TextContent(body: "x")), replyTo: nil,
                callbackData: "\(MessageID.ofTests)")
            let failure = await #expect(throws: CallFailure.self) {
                try await api.client.send(
                    message, from: "999", token: CloudAPIHarness.token, permit: .forTests(to: message.recipient))
            }

            #expect(failure?.kind == .accountWide)
            #expect(failure?.scope == .number)
        }
    }

    @Test(arguments: [
        (
            #"{"target":"whatsapp","kind":"graph_code","code":131056}"#,
            CallFailure.Kind.throttled(retryAfter: .seconds(4)), 0
        ),
        (#"{"target":"whatsapp","kind":"graph_code","code":131042}"#, .accountWide, 0),
        (#"{"target":"whatsapp","kind":"graph_code","code":131026}"#, .permanent, 0),
        (#"{"target":"whatsapp","kind":"status","status":502}"#, .unknown, 0),
        (
            #"{"target":"whatsapp","kind":"status","status":503,"retry_after":9}"#, .throttled(retryAfter: .seconds(9)),
            0
        ),
        (#"{"target":"whatsapp","kind":"drop_answer"}"#, .unknown, 1),
        (#"{"target":"whatsapp","kind":"drop_request"}"#, .unknown, 0),
        (#"{"target":"whatsapp","kind":"truncate"}"#, .unknown, 1),
    ])
    func `what goes wrong on the way is classified once`(fault: String, kind: CallFailure.Kind, sent: Int) async throws
    {
        try await CloudAPIHarness.run { api in
            _ = try await api.customerWrites()
            try await api.breakDown(fault)

            #expect(try await api.failure().kind == kind)
            #expect(try await api.sentCount() == sent)
        }
    }

    @Test func `what breaks a limit never leaves`() async throws {
        try await CloudAPIHarness.run { api in
            _ = try await api.customerWrites()
            let long = try await api.failure(.text(TextContent(body: String(repeating: "x", count: 4097))))
            let odd = try await api.failure(.system(SystemContent(kind: "a", body: "b")))

            #expect(long.kind == .permanent)
            #expect(long.code == "text_too_long")
            #expect(odd.code == "cannot_be_sent")
            #expect(try await api.sentCount() == 0)
        }
    }

    @Test func `nobody there is unreachable, and no attempt`() async throws {
        try await CloudAPIHarness.run { api in
            let away = GraphClient(graphURL: "http://127.0.0.1:1", apiVersion: "v25.0", http: api.client.http)
            let failure = await #expect(throws: CallFailure.self) {
                try await away.phoneNumber("1", token: CloudAPIHarness.token)
            }

            #expect(failure?.kind == .unreachable)
        }
    }

    /// The smallest PNG: one transparent pixel.
    private static let png = Array(
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
            ?? Data())
}
