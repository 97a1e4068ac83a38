import OutboundHTTP

/// Which hosts may lead into a private network. Everything else that was typed is refused where it does, whatever its
/// name turns into later.
enum PrivateHosts {
    /// - Parameters:
    ///   - urls: of the configuration. One on this machine, in a private network or with a name that cannot be public
    ///     says by itself where it leads.
    ///   - named: `outbound.private_hosts`.
    static func of(_ urls: [String], and named: Set<String>) -> Set<String> {
        named.union(urls.compactMap { WebAddress($0)?.host }.filter(PlainHTTP.isPrivate))
    }

    /// For commands that ask the CRMs of a configuration, and those that the console made: the server's own rule.
    static func of(_ configuration: Configuration) -> Set<String> {
        let urls = [configuration.whatsapp.graphURL] + configuration.crm.values.map(\.baseURL)
        return of(urls, and: configuration.privateHosts)
    }
}
