package import Domain
import Logging
import Store
package import WhatsApp

/// Reads the templates of every account from Meta: at the start, hourly, and when a person asks. News of them comes by
/// webhook; this is for what was missed.
package struct TemplateRefresh: Sendable {
    private let context: CourierContext
    private let client: GraphClient

    package init(context: CourierContext, client: GraphClient) {
        self.context = context
        self.client = client
    }

    /// - Returns: what went wrong, by WABA.
    @discardableResult
    package func run() async throws -> [String: CallFailure] {
        var failures: [String: CallFailure] = [:]
        var done: Set<String> = []
        for number in try await context.store.numberAccounts() where number.state == "connected" {
            guard let token = number.accessToken, done.insert(number.wabaID).inserted else { continue }
            let askedAt = context.store.now()
            do {
                let templates = try await client.templates(wabaID: number.wabaID, token: token)
                try await context.store.replaceTemplates(
                    try templates.map { try $0.stored }, waba: number.wabaID, askedAt: askedAt, in: number.workspace)
            } catch let failure as CallFailure {
                failures[number.wabaID] = failure
                context.logger.warning(
                    "templates could not be read", metadata: ["waba": "\(number.wabaID)", "code": "\(failure.code)"])
            }
        }
        return failures
    }
}

extension TemplateDefinition {
    fileprivate var stored: StoredTemplate {
        get throws {
            try StoredTemplate(
                metaID: id, name: name, language: language, reason: rejectedReason, facts: facts,
                components: components)
        }
    }
}
