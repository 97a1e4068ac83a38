import Domain
import Sandbox
import Store

/// The sample company: everything that a server needs to talk to a sandbox with its defaults.
enum DemoPlan {
    /// - Parameters:
    ///   - folder: where the data lies.
    static func plan(port: Int, sandboxURL: String, crm: DemoCRM, folder: String) throws -> ServerPlan {
        var plan = ServerPlan(
            nodeName: "127.0.0.1:\(port)", provision: try provision(sandboxURL: sandboxURL, crm: crm))
        plan.port = port
        plan.publicURL = "http://127.0.0.1:\(port)"
        plan.graphURL = sandboxURL
        plan.sandboxURL = sandboxURL
        // Whoever tries webhooks has their receiver on the same machine.
        plan.namedPrivateHosts = ["127.0.0.1"]
        plan.mediaFolder = "\(folder)/media"
        plan.databaseFolder = folder
        plan.region = "MX"
        plan.apiRates = ["demo": APITier.enterprise.perMinute]
        return plan
    }

    private static func provision(sandboxURL: String, crm: DemoCRM) throws -> Provision {
        let sandbox = SandboxConfiguration()
        let number = SandboxNumber()
        var provision = Provision(workspaceName: "Ejemplo S.A.", region: "MX", language: "es")
        provision.apps["main"] = Provision.App(
            appID: sandbox.appID, secret: sandbox.appSecret, previousSecret: nil, verifyToken: sandbox.verifyToken)
        provision.numbers["main"] = Provision.Number(
            app: "main", phoneNumberID: number.id, wabaID: sandbox.wabaID, portfolioID: sandbox.portfolioID,
            displayNumber: number.display, accessToken: sandbox.accessToken)
        provision.connections[crm.name] = try crm.account(at: sandboxURL).provision
        provision.apiKeys["demo"] = Provision.APIKey(key: "pk_demo", scopes: "read write admin")
        return provision
    }
}
