import Console
import Domain
import Foundation
import Pipeline
import Store

/// What a server is made of, once the configuration has been read and checked.
struct ServerPlan: Sendable {
    var host = "127.0.0.1"
    var port = 8080
    /// Where people and CRMs reach us; nil while nobody said.
    var publicURL: String?
    /// Nil where a proxy does TLS.
    var certificate: LiveCertificate?
    var graphURL = "https://graph.facebook.com"
    var apiVersion = "v25.0"
    /// Hosts that may lead into a private network although their names look public.
    var namedPrivateHosts: Set<String> = []
    var mediaFolder = "media"
    /// Where the SQLite file lies, for watching the disk; nil on PostgreSQL.
    var databaseFolder: String?
    /// Nobody else can be on this database.
    var isAlone = true
    var nodeName: String
    var region = "ES"
    var language = Language.english
    /// Of days and shown times; nil: the machine's, and on pages the reader's.
    var zone: TimeZone?
    var provision: Provision
    var intake = IntakeLimits()
    var sending = SendCourier.Settings()
    var crm = CRMCourier.Settings()
    /// How often changes are read, by the CRM's name.
    var sweepEvery: [String: Duration] = [:]
    /// How often everything is compared, by the CRM's name; the others do it as usual.
    var compareEvery: [String: Duration] = [:]
    /// What may be written to a CRM in a minute, by its name; the others take as much as their vendor does.
    var recordsPerMinute: [String: Int] = [:]
    /// The last day of a CRM's credentials, by its name, where the operator said so.
    var credentialEnds: [String: CivilDate] = [:]
    var clock = Clockwork.Settings()
    var hooks = HookCourier.Settings()
    /// Requests a minute, by the API key's name; the others get the usual rate.
    var apiRates: [String: Int] = [:]
    /// The database is to survive the loss of its server, so commits must wait for a second one.
    var expectsFailOver = false
    /// Networks whose machines may say for whom they ask (`X-Forwarded-For`).
    var trustedProxies: [IPNetwork] = []
    /// Where the console's templates and style sheets are; nil: looked for beside the program.
    var assetsFolder: String?
    /// The demonstration's sign-in, which its pages show.
    var demo: SignInPage.Demo?
    /// The sandbox that plays Meta and the CRM, when there is one: its customers can be asked to write.
    var sandboxURL: String?
}

extension ServerPlan {
    /// Hosts of Meta and the CRMs that may be called although they lead into a private network: those that were named so,
    /// and those whose addresses in the configuration say so themselves. For subscribers only the former count.
    var privateHosts: Set<String> {
        PrivateHosts.of([graphURL] + provision.connections.values.map(\.baseURL), and: namedPrivateHosts)
    }
}
