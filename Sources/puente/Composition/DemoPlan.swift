import Domain
import Sandbox
import Store

/// The sample company: everything that a server needs to talk to a sandbox with its defaults.
enum DemoPlan {
    /// - Parameters:
    ///   - crm: `hubspot` or `own`.
    ///   - folder: where the data lies.
    static func plan(port: Int, sandboxURL: String, crm: String, folder: String) -> ServerPlan {
        var plan = ServerPlan(nodeName: "127.0.0.1:\(port)", provision: provision(sandboxURL: sandboxURL, crm: crm))
        plan.port = port
        plan.publicURL = "http://127.0.0.1:\(port)"
        plan.graphURL = sandboxURL
        plan.sandboxURL = sandboxURL
        plan.mediaFolder = "\(folder)/media"
        plan.databaseFolder = folder
        plan.region = "MX"
        plan.apiRates = ["demo": APITier.enterprise.requestsPerMinute]
        return plan
    }

    private static func provision(sandboxURL: String, crm: String) -> Provision {
        let sandbox = SandboxConfiguration()
        let number = SandboxNumber()
        var provision = Provision(workspaceName: "Ejemplo S.A.", region: "MX", language: "es")
        provision.apps["main"] = Provision.App(
            appID: sandbox.appID, secret: sandbox.appSecret, previousSecret: nil, verifyToken: sandbox.verifyToken)
        provision.numbers["main"] = Provision.Number(
            app: "main", phoneNumberID: number.id, wabaID: sandbox.wabaID, portfolioID: sandbox.portfolioID,
            displayNumber: number.display, accessToken: sandbox.accessToken)
        provision.connections[crm] = connection(crm, sandbox: sandbox, at: sandboxURL)
        provision.apiKeys["demo"] = Provision.APIKey(key: "pk_demo", scopes: "read write admin")
        return provision
    }

    private static func connection(
        _ crm: String, sandbox: SandboxConfiguration, at url: String
    ) -> Provision.Connection {
        guard crm == "hubspot" else {
            return Provision.Connection(
                kind: "own", baseURL: "\(url)/own", settings: "{}",
                secrets: "{\"secret\":\"\(sandbox.ownSystemSecret)\"}")
        }
        return Provision.Connection(
            kind: "hubspot", baseURL: "\(url)/hubspot", settings: "{\"appID\":\"\(sandbox.hubSpotAppID)\"}",
            secrets: "{\"token\":\"\(sandbox.accessToken)\",\"clientSecret\":\"\(sandbox.hubSpotSecret)\"}")
    }
}
