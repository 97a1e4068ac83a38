import Domain
import NIOSSL

/// A PEM file that the configuration names: one of the two of `server.tls`, or a CRM's certificate. What is wrong with it
/// is a sentence with the key's name.
struct CertificateFile {
    /// A chain has some kilobytes.
    private static let maxBytes = 1 << 20

    /// The configuration's key: `server.tls.certificate`.
    let key: ConfigurationKey
    /// What stands where the key says `NAME`.
    private let name: String?
    let path: String
    /// Of the key file a secret.
    let text: String

    init(_ key: ConfigurationKey, _ name: String? = nil, path: String) throws(ConfigurationProblem) {
        self.key = key
        self.name = name
        self.path = path
        do throws(TextFile.Problem) {
            text = try TextFile.read(path, maxBytes: Self.maxBytes)
        } catch {
            throw ConfigurationProblem(
                key.text(name), at: nil, en: "cannot be read: \(path): \(error.reason)",
                es: "no se puede leer: \(path): \(error.reason)")
        }
    }

    /// - Returns: at least one, the server's own first.
    func certificates() throws(ConfigurationProblem) -> [NIOSSLCertificate] {
        do {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(text.utf8))
            if !chain.isEmpty { return chain }
        } catch {
            // Told below, like a file that holds none.
        }
        throw ConfigurationProblem(
            key.text(name), at: nil, en: "holds no certificate in PEM form: \(path)",
            es: "no contiene ningún certificado en formato PEM: \(path)")
    }

    /// Until when the first of its certificates is good.
    func end() throws(ConfigurationProblem) -> Timestamp {
        Timestamp(seconds: Int64(try certificates()[0].notValidAfter))
    }

    func privateKey() throws(ConfigurationProblem) -> NIOSSLPrivateKey {
        // Asked for before it is read: who reads a protected key is asked for its passphrase on the terminal.
        if text.contains("ENCRYPTED") {
            throw ConfigurationProblem(
                key.pattern, at: nil, en: "is protected by a passphrase; a server needs it without: \(path)",
                es: "está protegida con una contraseña; un servidor la necesita sin ella: \(path)")
        }
        do {
            return try NIOSSLPrivateKey(bytes: Array(text.utf8), format: .pem)
        } catch {
            throw ConfigurationProblem(
                key.pattern, at: nil, en: "holds no private key in PEM form: \(path)",
                es: "no contiene ninguna clave privada en formato PEM: \(path)")
        }
    }
}
