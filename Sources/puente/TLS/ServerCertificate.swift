import Crypto
import Domain
import FoundationEssentials
import NIOSSL

/// A certificate with its chain and its key, read and found to fit together: what connections are served with.
struct ServerCertificate: Sendable {
    /// At least one, the server's own first.
    let chain: [NIOSSLCertificate]
    let context: NIOSSLContext
    let ends: Timestamp
    private let digest: SHA256Digest

    /// - Throws: what is wrong with the files, as a sentence with the configuration key's name.
    init(_ files: Configuration.TLSFiles) throws(ConfigurationProblem) {
        let certificate = try CertificateFile(.tlsCertificate, path: files.certificate)
        let key = try CertificateFile(.tlsKey, path: files.key)
        chain = try certificate.certificates()
        context = try Self.context(chain: chain, key: try key.privateKey(), certificate: certificate, keyFile: key)
        ends = Timestamp(seconds: Int64(chain[0].notValidAfter))
        digest = Self.digest(certificate, key)
    }

    /// Hexadecimal, as browsers and `openssl x509 -serial` show it.
    var serial: String {
        chain[0].serialNumber.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    /// Whether both files hold the same as this was read from.
    func isSame(as other: Self) -> Bool { digest == other.digest }

    private static func context(
        chain: [NIOSSLCertificate], key: NIOSSLPrivateKey, certificate: CertificateFile, keyFile: CertificateFile
    ) throws(ConfigurationProblem) -> NIOSSLContext {
        do {
            return try NIOSSLContext(configuration: configuration(chain: chain, key: key))
        } catch {
            throw ConfigurationProblem(
                keyFile.key.pattern, at: nil,
                en:
                    "is not the key of \(certificate.key.pattern): \(keyFile.path) and \(certificate.path) do not fit together",
                es: "no es la clave de \(certificate.key.pattern): \(keyFile.path) y \(certificate.path) no casan")
        }
    }

    private static func configuration(chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        // Meta and every browser of the last ten years speak it; what is older is broken.
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    private static func digest(_ certificate: CertificateFile, _ key: CertificateFile) -> SHA256Digest {
        var hash = SHA256()
        hash.update(data: Data(certificate.text.utf8))
        hash.update(data: Data([0]))
        hash.update(data: Data(key.text.utf8))
        return hash.finalize()
    }
}
