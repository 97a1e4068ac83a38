import Domain
import Pipeline
import Store

/// A number or a CRM account that a command is about.
enum ConnectionSubject: Sendable {
    case number(NumberAccount)
    case crm(ConnectionAccount)

    var id: String {
        switch self {
        case .number(let account): account.id.description
        case .crm(let account): account.id.description
        }
    }

    /// In the configuration.
    var name: String {
        switch self {
        case .number(let account): account.slug
        case .crm(let account): account.slug
        }
    }

    /// Under which a person's pause of this one alone is kept.
    var ownPause: (PauseScope, String) {
        switch self {
        case .number(let account): (.number, account.phoneNumberID)
        case .crm(let account): (.connection, account.id.description)
        }
    }

    var pauseKeys: [PauseScope: String] {
        switch self {
        case .number(let account): account.pauseKeys
        case .crm(let account): account.pauseKeys
        }
    }

    var lanes: Set<Lane> {
        switch self {
        case .number(let account): [.number(account.id), .media(account.id)]
        case .crm(let account): [.connection(account.id)]
        }
    }
}
