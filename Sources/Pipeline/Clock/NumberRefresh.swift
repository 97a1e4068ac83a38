package import Domain
import Logging
package import Store
package import WhatsApp

/// Reads what Meta says of each number (name, quality, limit): at the start and hourly. News of them comes by webhook;
/// this is for what was missed.
package struct NumberRefresh: Sendable {
    private let context: CourierContext
    private let client: GraphClient

    package init(context: CourierContext, client: GraphClient) {
        self.context = context
        self.client = client
    }

    /// - Returns: what went wrong, by phone number ID.
    @discardableResult
    package func run() async throws -> [String: CallFailure] {
        var failures: [String: CallFailure] = [:]
        for number in try await context.store.numberAccounts() where number.state == "connected" {
            guard let token = number.accessToken else { continue }
            let askedAt = context.store.now()
            do {
                let info = try await client.phoneNumber(number.phoneNumberID, token: token)
                try await context.store.note(
                    NumberNews(info), of: number.id, askedAt: askedAt, in: number.workspace)
            } catch let failure as CallFailure {
                failures[number.phoneNumberID] = failure
                context.logger.warning(
                    "a number could not be read",
                    metadata: ["number": "\(number.phoneNumberID)", "code": "\(failure.code)"])
            }
        }
        return failures
    }
}

extension NumberNews {
    fileprivate init(_ info: PhoneNumberInfo) {
        self.init(
            verifiedName: info.verifiedName, qualityRating: info.qualityRating,
            messagingLimit: info.messagingLimit.flatMap(MessagingLimit.init))
    }
}
