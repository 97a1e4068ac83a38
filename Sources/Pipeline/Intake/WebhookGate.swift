package import Domain
package import Store
import Synchronization
import WhatsApp

/// Checks who speaks before anything is stored: Meta's handshake and the signature of each webhook.
package final class WebhookGate: Sendable {
    private struct App {
        let secrets: AppSecrets
        let signature: WebhookSignature
    }

    /// The bare path tries this many apps; more of them need a path of their own.
    private static let maxAppsOnBarePath = 8

    private let apps = Mutex<[App]>([])

    package init() {}

    package func use(_ secrets: [AppSecrets]) {
        let apps = secrets.map { App(secrets: $0, signature: WebhookSignature(secrets: $0.secrets)) }
        self.apps.withLock { $0 = apps }
    }

    /// The challenge to answer with, when the token is one of ours.
    /// - Parameter app: from the path; nil on the bare path.
    package func challenge(mode: String?, token: String?, challenge: String?, app: String?) -> String? {
        candidates(app).lazy.compactMap {
            WebhookSubscription.challenge(
                mode: mode, token: token, challenge: challenge, verifyToken: $0.secrets.verifyToken)
        }.first
    }

    /// The app whose current or previous secret signed these bytes.
    package func signer(of body: [UInt8], header: String?, app: String?) -> AppID? {
        candidates(app).first { $0.signature.match(header: header, body: body) != nil }?.secrets.id
    }

    private func candidates(_ app: String?) -> [App] {
        let apps = apps.withLock { $0 }
        guard let app else { return Array(apps.prefix(Self.maxAppsOnBarePath)) }
        return apps.filter { $0.secrets.slug == app }
    }
}
