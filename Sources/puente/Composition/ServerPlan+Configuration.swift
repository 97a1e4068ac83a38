import Domain
import Pipeline

extension ServerPlan {
    /// - Parameter isAlone: nobody else can be on this database.
    /// - Throws: ``ConfigurationProblem`` when the certificate cannot be used.
    init(_ configuration: Configuration, isAlone: Bool) throws {
        self.init(nodeName: configuration.nodeName, provision: try configuration.provision)
        host = configuration.server.host
        port = configuration.server.port
        publicURL = configuration.server.publicURL
        certificate = try configuration.server.tls.map { try LiveCertificate($0) }
        trustedProxies = configuration.server.trustedProxies
        graphURL = configuration.whatsapp.graphURL
        apiVersion = configuration.whatsapp.apiVersion
        namedPrivateHosts = configuration.privateHosts
        mediaFolder = configuration.mediaFolder
        apiRates = configuration.apiKeys.mapValues(\.tier.perMinute)
        expectsFailOver = configuration.database.namesSeveralHosts
        if case .sqlite(let path) = configuration.database { databaseFolder = DatabaseAddress.folder(of: path) }
        self.isAlone = isAlone
        region = configuration.workspace.region
        language = configuration.workspace.language
        zone = configuration.workspace.timeZone
        intake = configuration.limits
        crm.busyCPU = Double(configuration.busyPercent) / 100
        sweepEvery = configuration.crm.compactMapValues(\.sweepEvery)
        compareEvery = configuration.crm.compactMapValues(\.compareEvery)
        credentialEnds = configuration.crm.compactMapValues(\.expiresOn)
        recordsPerMinute = configuration.crm.compactMapValues { $0.tier?.perMinute }
        clock.uncertainPatience = configuration.whatsapp.uncertainAfter
        clock.retention = configuration.retention
        hooks.offAfter = configuration.webhooksOffAfter
        sending.repeatsUncertain = configuration.whatsapp.onUncertain == .retry
    }
}
