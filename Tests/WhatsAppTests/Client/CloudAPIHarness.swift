import Foundation
import Logging
import OutboundHTTP
import Sandbox
import Testing

@testable import Domain
@testable import WhatsApp

/// The client against the sandbox's Cloud API on loopback, which was not written from this target's code.
struct CloudAPIHarness: Sendable {
    static let number = "106540352242922"
    static let waba = "102290129340398"
    static let token = "sandbox-token"
    static let customer = "34600000001"

    let client: GraphClient
    private let http: OutboundClient
    private let base: String

    static func run(_ body: @escaping @Sendable (CloudAPIHarness) async throws -> Void) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        // The server's complaints when a test ends with a connection open are nobody's concern.
        let silent = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        try await SandboxServer.withRunning(configuration, logger: silent) { sandbox in
            let http = OutboundClient(logger: Logger(label: "test"))
            let base = try await sandbox.baseURL
            let client = GraphClient(graphURL: base, apiVersion: "v25.0", http: http)
            do {
                try await body(CloudAPIHarness(client: client, http: http, base: base))
            } catch {
                try await http.shutdown()
                throw error
            }
            try await http.shutdown()
        }
    }

    @discardableResult
    func control(_ method: String, _ path: String, _ body: String? = nil) async throws -> JSON {
        let request = OutboundRequest(
            method: method, url: "\(base)/sandbox/\(path)", headers: [("Content-Type", "application/json")],
            body: body.map { Array($0.utf8) }, deadline: .seconds(10))
        let response = try await http.send(request)
        #expect(response.isSuccess)
        return try JSONParser.parse(response.body)
    }

    /// The customer writes, which opens the 24-hour window. Returns the wamid.
    func customerWrites(_ text: String = "Hola") async throws -> String {
        let answer = try await control(
            "POST", "customers/\(Self.customer)/messages", #"{"type":"text","text":{"body":"\#(text)"}}"#)
        return try #require(answer["id"].text)
    }

    /// Uploads the bytes by way of a file, as the courier does.
    func upload(_ bytes: [UInt8], name: String) async throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "puente-upload-\(UUID().uuidString)").path()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await client.uploadMedia(
            path, byteCount: bytes.count, kind: .image, mimeType: "image/png", fileName: name, to: Self.number,
            token: Self.token)
    }

    func breakDown(_ fault: String) async throws {
        try await control("PUT", "faults", #"{"faults":[\#(fault)]}"#)
    }

    /// How many messages the sandbox's customers were sent.
    func sentCount() async throws -> Int {
        try await control("GET", "messages")["data"].items.count
    }

    func send(
        _ content: MessageContent, to recipient: Recipient = .phone(customer), token: String = token
    ) async throws(CallFailure) -> SendReceipt {
        let message = OutgoingMessage(
            recipient: recipient, content: content, replyTo: nil, callbackData: "\(MessageID.ofTests)")
        return try await client.send(
            message, from: Self.number, token: token, permit: .forTests(content, to: recipient))
    }

    func createTemplate(_ name: String) async throws {
        let body =
            #"{"name":"\#(name)","language":"es","category":"UTILITY","components":[{"type":"BODY","text":"Hola."}]}"#
        let request = OutboundRequest(
            method: "POST", url: "\(base)/v25.0/\(Self.waba)/message_templates",
            headers: [("Authorization", "Bearer \(Self.token)"), ("Content-Type", "application/json")],
            body: Array(body.utf8), deadline: .seconds(10))
        let response = try await http.send(request)
        #expect(response.isSuccess)
    }

    func failure(
        _ content: MessageContent = .text(TextContent(body: "x")), token: String = token
    ) async throws -> CallFailure {
        let error = await #expect(throws: CallFailure.self) { try await send(content, token: token) }
        return try #require(error)
    }
}

extension MessageID {
    static let ofTests = MessageID(rawValue: 1)
}

extension SendPermit {
    /// What the gate gives inside an open window; for what it would refuse, the permit of a plain text.
    static func forTests(
        _ content: MessageContent = .text(TextContent(body: "x")), to recipient: Recipient
    ) -> SendPermit {
        let facts = SendFacts(
            isHeld: false, isNumberUsable: true, recipient: recipient, standing: .stranger, owner: .queue,
            lastInbound: nil, isWindowOpen: true, template: content.template.map(TemplateFacts.init(filledBy:)),
            sender: SenderName(["Ejemplo S.A."]), isSenderKnown: true, rules: SendGateRules())
        let request = SendRequest(author: .staff, content: content)
        switch SendGate.permit(request, facts: facts, message: .ofTests, epoch: 1) {
        case .success(let permit): return permit
        case .failure: return forTests(to: recipient)
        }
    }
}

extension MessageContent {
    fileprivate var template: TemplateContent? {
        if case .template(let template) = self { template } else { nil }
    }
}

extension TemplateFacts {
    /// An approved template whose slots are those that were filled.
    fileprivate init(filledBy content: TemplateContent) {
        let names = content.body.compactMap(\.name)
        self.init(
            status: "APPROVED", category: "UTILITY", header: content.header.isEmpty ? nil : .text,
            bodyVariables: names.isEmpty ? content.body.indices.map { "\($0 + 1)" } : names, isNamed: !names.isEmpty,
            buttonSlots: [], bodyText: "", footerText: "Ejemplo S.A.")
    }
}
