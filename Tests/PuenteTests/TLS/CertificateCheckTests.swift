import Domain
import Foundation
import SwiftASN1
import Testing
import X509

@testable import puente

/// What `puente check` says of the certificate.
@Suite struct CertificateCheckTests {
    private let folder: TemporaryFolder
    private let root: TestAuthority
    private let intermediate: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        root = try TestAuthority("Test Root")
        intermediate = try TestAuthority("Test R1", issuer: root)
    }

    private static let moment = Timestamp(seconds: Int64(TestAuthority.now.timeIntervalSince1970))

    private func lines(
        _ issued: IssuedCertificate, at publicURL: String = "https://puente.example.com", isRootKnown: Bool = true,
        mode: Int = 0o600
    ) async throws -> [String] {
        let roots = CertificateStore(isRootKnown ? [root.certificate] : [])
        let files = try issued.write(to: folder, mode: mode)
        let check = CertificateCheck(files: files, publicURL: publicURL, now: Self.moment, roots: roots)
        return try await check.lines().map { line in
            switch line.outcome {
            case .passed(let text): "ok \(text.en)"
            case .warned(let text): "note \(text.en)"
            case .failed(let cause, _): "FAILED \(cause.en)"
            }
        }
    }

    private func issue(_ names: String..., days: Double = 90) throws -> IssuedCertificate {
        try intermediate.issue(
            for: names.map { .dnsName($0) }, days: days, from: TestAuthority.now.addingTimeInterval(-60 * 86_400))
    }

    @Test func `one that is right is one line`() async throws {
        let lines = try await lines(issue("puente.example.com", "www.example.com"))

        #expect(lines == ["ok For puente.example.com, www.example.com, until 2027-02-16T11:06:40Z."])
    }

    @Test(arguments: [
        ("https://puente.example.com:8443", true), ("https://example.com", false),
        ("https://a.puente.example.com", false), ("https://puente.example.org", false),
    ])
    func `a wildcard stands for one label`(publicURL: String, isNamed: Bool) async throws {
        let lines = try await lines(issue("*.EXAMPLE.com"), at: publicURL)

        #expect(lines.contains { $0.hasPrefix("FAILED It is for *.example.com, not for ") } == !isNamed)
    }

    @Test func `an address is found among the addresses`() async throws {
        let issued = try intermediate.issue(for: [.ipAddress(ASN1OctetString(contentBytes: [203, 0, 113, 7]))])

        let right = try await lines(issued, at: "https://203.0.113.7")
        let wrong = try await lines(issued, at: "https://203.0.113.8")

        #expect(right == ["ok For 203.0.113.7, until 2027-02-16T11:06:40Z."])
        #expect(wrong.first?.hasPrefix("FAILED It is for 203.0.113.7, not for 203.0.113.8") == true)
    }

    @Test func `its end is announced two weeks before, and named when it is over`() async throws {
        let soon = try await lines(issue("puente.example.com", days: 13.5))
        let later = try await lines(issue("puente.example.com", days: 14.5))
        let over = try await lines(issue("puente.example.com", days: -0.5))

        #expect(soon.last == "note It ends in 13 days, at 2026-12-01T23:06:40Z: renew it.")
        #expect(later.count == 1)
        #expect(over == ["FAILED It ended at 2026-11-17T23:06:40Z: renew it. Meta and browsers refuse it."])
    }

    @Test func `the end of a short life is announced later`() async throws {
        let begins = TestAuthority.now.addingTimeInterval(-2 * 86_400)
        let fresh = try intermediate.issue(for: [.dnsName("puente.example.com")], days: 4, from: begins)
        let old = try intermediate.issue(for: [.dnsName("puente.example.com")], days: 0.5, from: begins)

        #expect(try await lines(fresh).count == 1)
        #expect(try await lines(old).last?.hasPrefix("note It ends within a day") == true)
    }

    @Test func `one without a subject, which insists on its names, is right`() async throws {
        let issued = try intermediate.issue(for: [.dnsName("puente.example.com")], hasSubject: false)

        #expect(try await lines(issued) == ["ok For puente.example.com, until 2027-02-16T11:06:40Z."])
    }

    @Test func `one that is not valid yet fails`() async throws {
        let issued = try intermediate.issue(
            for: [.dnsName("puente.example.com")], from: TestAuthority.now.addingTimeInterval(3600))

        #expect(try await lines(issued) == ["FAILED It is not valid yet: look at this machine's clock."])
    }

    @Test func `a chain without the one who signed it fails and names the file to use`() async throws {
        var issued = try issue("puente.example.com")
        issued.chain = []

        let lines = try await lines(issued)

        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("FAILED Its issuer, Test R1, is not in ") == true)
        #expect(lines.first?.contains("fullchain.pem") == true)
    }

    @Test func `a chain in disorder fails`() async throws {
        var issued = try issue("puente.example.com")
        issued.chain = [root.certificate] + issued.chain

        #expect(try await lines(issued).first?.hasPrefix("FAILED Certificate 2 in ") == true)
    }

    @Test func `an authority of one's own fails for a public name and is noted for a private one`() async throws {
        let unknown = try await lines(issue("puente.example.com"), isRootKnown: false)
        let own = try await lines(issue("puente.internal"), at: "https://puente.internal", isRootKnown: false)

        #expect(unknown.first?.hasPrefix("FAILED Its chain ends at Test Root") == true)
        #expect(own.last?.hasPrefix("note Its chain ends at Test Root") == true)
    }

    @Test func `a key that everybody can read is noted`() async throws {
        let own = try await lines(issue("puente.example.com"), mode: 0o640)
        let open = try await lines(issue("puente.example.com"), mode: 0o644)

        #expect(own.count == 1)
        #expect(open.last?.hasPrefix("note Every user of this machine can read the private key: chmod o-r /") == true)
    }

    @Test func `one that signed itself fails for a public name`() async throws {
        let own = try TestAuthority.selfSigned(for: "puente.example.com")

        #expect(try await lines(own).first?.hasPrefix("FAILED It is signed by itself") == true)
    }
}
