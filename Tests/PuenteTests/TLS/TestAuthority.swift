import Crypto
import Foundation
import SwiftASN1
import X509

@testable import puente

/// Issues certificates for tests, valid around ``now``.
struct TestAuthority {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)

    let certificate: Certificate
    private let key: P256.Signing.PrivateKey
    private let isRoot: Bool
    private let above: [Certificate]

    /// - Parameter issuer: nil for a root.
    init(_ name: String, issuer: TestAuthority? = nil) throws {
        key = P256.Signing.PrivateKey()
        let subject = try DistinguishedName { CommonName(name) }
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: Self.now.addingTimeInterval(-86_400), notValidAfter: Self.now.addingTimeInterval(1e8),
            issuer: issuer?.certificate.subject ?? subject, subject: subject,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true))
            }, issuerPrivateKey: .init(issuer?.key ?? key))
        isRoot = issuer == nil
        above = issuer?.shown ?? []
    }

    /// What a server shows of it and those above it.
    private var shown: [Certificate] { isRoot ? [] : [certificate] + above }

    /// A certificate for these names, with its key.
    func issue(
        for names: [GeneralName], days: Double = 90, from begins: Date = now.addingTimeInterval(-86_400),
        hasSubject: Bool = true
    ) throws -> IssuedCertificate {
        let own = P256.Signing.PrivateKey()
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(own.publicKey),
            notValidBefore: begins, notValidAfter: Self.now.addingTimeInterval(days * 86_400),
            issuer: certificate.subject,
            subject: hasSubject ? try DistinguishedName { CommonName("server") } : DistinguishedName(),
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                if hasSubject { SubjectAlternativeNames(names) } else { Critical(SubjectAlternativeNames(names)) }
            }, issuerPrivateKey: .init(key))
        return IssuedCertificate(leaf: leaf, chain: shown, key: own)
    }

    /// One that nobody else vouches for.
    static func selfSigned(for name: String) throws -> IssuedCertificate {
        let key = P256.Signing.PrivateKey()
        let subject = try DistinguishedName { CommonName(name) }
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: now.addingTimeInterval(-86_400), notValidAfter: now.addingTimeInterval(90 * 86_400),
            issuer: subject, subject: subject,
            extensions: try Certificate.Extensions { SubjectAlternativeNames([.dnsName(name)]) },
            issuerPrivateKey: .init(key))
        return IssuedCertificate(leaf: leaf, chain: [], key: key)
    }
}

struct IssuedCertificate {
    let leaf: Certificate
    /// Those that a server shows beside it: without the root.
    var chain: [Certificate]
    let key: P256.Signing.PrivateKey

    /// - Parameter mode: of the private key.
    func write(to folder: TemporaryFolder, mode: Int = 0o600) throws -> Configuration.TLSFiles {
        let texts = try ([leaf] + chain).map { try $0.serializeAsPEM().pemString }
        let files = Configuration.TLSFiles(
            certificate: try folder.write("fullchain.pem", texts.joined(separator: "\n")),
            key: try folder.write("privkey.pem", key.pemRepresentation))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: files.key)
        return files
    }
}
