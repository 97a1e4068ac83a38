import CRM
import Domain

extension ConfigurationReader {
    static var salesforceKeys: [ConfigurationKey] {
        [
            .crmClientID, .crmClientSecret, .crmUsername, .crmPrivateKey, .crmCertificateFile, .crmAudience,
            .crmVersion, .crmSweepEvery,
        ]
    }

    /// By client secret, or by user name and private key: one of the two.
    mutating func salesforce(_ name: String) -> CRMAccount {
        for key in [ConfigurationKey.crmBaseURL, .crmClientID] where !isWritten(key, name) { requireMissing(key, name) }
        let isJWT = isWritten(.crmUsername, name) || isWritten(.crmPrivateKey, name)
        let needed: [ConfigurationKey] = isJWT ? [.crmUsername, .crmPrivateKey] : [.crmClientSecret]
        for key in needed where !isWritten(key, name) { requireMissing(key, name) }
        if isJWT, isWritten(.crmClientSecret, name) {
            complain(
                .crmClientSecret, name, en: "goes without username and private_key: choose one way to sign in",
                es: "va sin username ni private_key: elija una forma de acceso")
        }
        var account = CRMAccount(
            baseURL: webAddress(.crmBaseURL, name) ?? "",
            vendor: .salesforce(
                CRMAccount.Salesforce(
                    clientID: optionalWord(.crmClientID, name) ?? "",
                    secret: (isJWT ? privateKey(name) : optionalSecret(.crmClientSecret, name)) ?? Secret(""),
                    username: isJWT ? optionalWord(.crmUsername, name) ?? "" : nil,
                    audience: isWritten(.crmAudience, name) ? webAddress(.crmAudience, name) : nil,
                    version: salesforceVersion(name),
                    sweepEvery: isWritten(.crmSweepEvery, name) ? duration(.crmSweepEvery, name) : .minutes(5))))
        account.expiresOn = certificateEnd(name, isJWT: isJWT)
        return account
    }

    /// The last day of the certificate that belongs to the private key, which itself knows of no end.
    private mutating func certificateEnd(_ name: String, isJWT: Bool) -> CivilDate? {
        guard let path = optionalText(.crmCertificateFile, name) else { return nil }
        guard isJWT else {
            complain(
                .crmCertificateFile, name, en: "goes with username and private_key",
                es: "va con username y private_key")
            return nil
        }
        do throws(ConfigurationProblem) {
            let file = try CertificateFile(.crmCertificateFile, name, path: source.resolve(path))
            return CivilDate(try file.end())
        } catch {
            note(error)
            return nil
        }
    }

    private mutating func privateKey(_ name: String) -> Secret? {
        guard let written = written(.crmPrivateKey, name) else { return nil }
        guard SalesforceSettings.isPrivateKey(written.text) else {
            complain(
                written, en: "must be the PEM of an RSA key of 2048 bits or more",
                es: "debe ser el PEM de una clave RSA de 2048 bits o más")
            return nil
        }
        return Secret(written.text)
    }

    private mutating func salesforceVersion(_ name: String) -> String {
        guard let written = written(.crmVersion, name) else { return SalesforceSettings.defaultVersion }
        if !SalesforceSettings.isVersion(written.text) {
            complain(
                written, en: "must be written like v66.0, from v64.0 on",
                es: "debe escribirse como v66.0, desde v64.0")
        }
        return written.text
    }
}
