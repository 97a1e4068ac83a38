import Domain
import Foundation
import Testing
import X509

@testable import puente

/// Files that cannot be used are one sentence with the configuration key's name.
@Suite struct CertificateFileTests {
    private let folder: TemporaryFolder
    private let files: Configuration.TLSFiles
    private let authority: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority("Root")
        files = try authority.issue(for: [.dnsName("puente.example.com")]).write(to: folder)
    }

    private func problem(_ files: Configuration.TLSFiles? = nil) -> (en: String, es: String)? {
        do throws(ConfigurationProblem) {
            _ = try ServerCertificate(files ?? self.files)
            return nil
        } catch {
            func short(_ text: String) -> String { text.replacing("\(folder.path)/", with: "") }
            return (short(error.message.en), short(error.message.es))
        }
    }

    @Test func `two that fit together are taken`() throws {
        let certificate = try ServerCertificate(files)

        #expect(certificate.chain.count == 1)
        #expect(certificate.ends.date == TestAuthority.now.addingTimeInterval(90 * 86_400))
    }

    @Test func `a file that is not there is named with its key`() {
        let missing = problem(.init(certificate: folder.file("none.pem"), key: files.key))
        let keyless = problem(.init(certificate: files.certificate, key: folder.file("none.pem")))

        #expect(missing?.en == "server.tls.certificate cannot be read: none.pem: No such file or directory.")
        #expect(keyless?.en == "server.tls.key cannot be read: none.pem: No such file or directory.")
        #expect(keyless?.es == "server.tls.key no se puede leer: none.pem: No such file or directory.")
    }

    @Test func `a file without what it should hold is named with its key`() {
        let swapped = problem(.init(certificate: files.key, key: files.certificate))
        let twice = problem(.init(certificate: files.certificate, key: files.certificate))

        #expect(swapped?.en == "server.tls.certificate holds no certificate in PEM form: privkey.pem.")
        #expect(twice?.en == "server.tls.key holds no private key in PEM form: fullchain.pem.")
    }

    @Test func `a key of another certificate is refused`() throws {
        let other = try TemporaryFolder()
        let foreign = try authority.issue(for: [.dnsName("puente.example.com")]).write(to: other)

        let found = problem(.init(certificate: files.certificate, key: foreign.key))

        #expect(found?.en.hasPrefix("server.tls.key is not the key of server.tls.certificate: ") == true)
        #expect(found?.es.hasPrefix("server.tls.key no es la clave de server.tls.certificate: ") == true)
    }

    @Test func `a key with a passphrase is refused without asking for it`() throws {
        try folder.write(
            "privkey.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGj\n-----END ENCRYPTED PRIVATE KEY-----\n")

        #expect(
            problem()?.en
                == "server.tls.key is protected by a passphrase; a server needs it without: privkey.pem.")
    }
}
