import CRM
import Domain
import OutboundHTTP
import Pipeline
import Store

/// A CRM connection to be checked, wherever it was made.
struct CRMUnderCheck {
    let name: String
    /// The last day of its credentials, where somebody said so.
    let expiresOn: CivilDate?
    /// Named in puente.yaml; else made in the console.
    let isInFile: Bool
    /// - Throws: `PuenteError` naming what is wrong with its settings.
    let connector: () throws -> any Connector
}

extension CRMUnderCheck {
    /// From the configuration.
    init(_ name: String, _ account: CRMAccount, client: OutboundClient, language: Language) {
        self.init(name: name, expiresOn: account.expiresOn, isInFile: true) {
            try account.connector(named: name, client: client, language: language, now: { .now })
        }
    }

    /// Made in the console.
    init(_ account: ConnectionAccount, client: OutboundClient, language: Language) {
        self.init(name: account.slug, expiresOn: StoredCRM.expiry(of: account), isInFile: false) {
            try ConnectorFactory(client: client, language: language, now: { .now }).connector(for: account)
        }
    }
}
