import Foundation

@testable import Domain
@testable import WhatsApp

/// The payloads under Fixtures/webhooks: Meta's own samples and those of other gateways' tests. SOURCES.md says whence.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/webhooks").standardizedFileURL

    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: "\(name).json")))
    }

    static func updates(_ name: String) throws -> [Update] {
        WebhookDecoder.decode(try bytes(name)).updates
    }

    static func facts(_ name: String) throws -> [Update.Fact] {
        try updates(name).map(\.fact)
    }
}

/// What kind of fact a table expects.
enum FactKind: String {
    case message, status, edit, revocation, identityChange, preference, template, notice, unrouted

    init(_ fact: Update.Fact) {
        switch fact {
        case .message: self = .message
        case .status: self = .status
        case .edit: self = .edit
        case .revocation: self = .revocation
        case .identityChange: self = .identityChange
        case .preference: self = .preference
        case .template: self = .template
        case .notice: self = .notice
        case .unrouted: self = .unrouted
        }
    }
}

extension Update.Fact {
    var message: ReceivedMessage? { if case .message(let value) = self { value } else { nil } }
    var status: ReceivedStatus? { if case .status(let value) = self { value } else { nil } }
    var edit: MessageEdit? { if case .edit(let value) = self { value } else { nil } }
    var revocation: MessageRevocation? { if case .revocation(let value) = self { value } else { nil } }
    var identityChange: IdentityChange? { if case .identityChange(let value) = self { value } else { nil } }
    var preference: ContactPreference? { if case .preference(let value) = self { value } else { nil } }
    var template: TemplateNotice? { if case .template(let value) = self { value } else { nil } }
    var notice: AccountNotice? { if case .notice(let value) = self { value } else { nil } }
    var unrouted: UnroutedReason? { if case .unrouted(let reason, _) = self { reason } else { nil } }
    var excerpt: String? { if case .unrouted(_, let excerpt) = self { excerpt } else { nil } }
}

/// A webhook of one change, for what no fixture says.
func webhook(_ value: String, field: String = "messages") -> [UInt8] {
    Array(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"\(field)","value":\(value)}]}]}
        """.utf8)
}

/// The facts of a `messages` value with this one message item.
func facts(ofMessage item: String) -> [Update.Fact] {
    WebhookDecoder.decode(webhook("{\"metadata\":{\"phone_number_id\":\"9\"},\"messages\":[\(item)]}")).updates.map(
        \.fact)
}

/// The content of one message from 34600000000 whose type and object are these.
func content(_ type: String, _ object: String) -> MessageContent? {
    let item = """
        {"id":"wamid.A","from":"34600000000","timestamp":"1749416383","type":"\(type)","\(type)":\(object)}
        """
    return facts(ofMessage: item).first?.message?.content
}
