import Console
import Domain
import Foundation
import Pipeline
import Store
import Testing
import X509

@testable import puente

/// What load balancers and people are told of the certificate that is served.
@Suite struct CertificateAlarmTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority("Root")
    }

    private func told(
        days: Double, _ change: (LiveCertificate) throws -> Void = { _ in }
    ) async throws -> (problems: [String], alarms: [String: LocalizedText]) {
        let issued = try authority.issue(for: [.dnsName("puente.example.com")], days: days, from: Self.begins)
        let certificate = try LiveCertificate(issued.write(to: folder))
        try change(certificate)
        return try await Installation().run { open, _ in
            let readiness = Readiness(
                intake: IntakeLog(
                    store: open.store, limits: IntakeLimits(), wakeBoard: WakeBoard(), onStorageFailure: { _ in }),
                database: DatabaseWatch(store: open.store, expectsFailOver: false, logger: .silent),
                certificate: certificate, media: MediaDisk(folder: "/", minFreeBytes: 0),
                connections: ConnectionWatch(store: open.store, logger: .silent),
                now: { Timestamp(seconds: Int64(TestAuthority.now.timeIntervalSince1970)) })
            let alarms = readiness.alarms.map { ($0.kind, $0.text) }
            return (readiness.problems.map(\.code), Dictionary(uniqueKeysWithValues: alarms))
        }
    }

    private static let begins = TestAuthority.now.addingTimeInterval(-60 * 86_400)

    @Test func `one with time left is no reason for anything`() async throws {
        let told = try await told(days: 30)

        #expect(told.alarms.isEmpty)
        #expect(!told.problems.contains("certificate_ended"))
    }

    @Test func `one that ends soon raises an alarm, and the node stays ready`() async throws {
        let told = try await told(days: 9.5)

        #expect(told.alarms["certificate_ending"]?.en.hasPrefix("The certificate ends in 9 days: renew it") == true)
        #expect(told.alarms["certificate_ending"]?.es.hasPrefix("El certificado caduca en 9 días") == true)
        #expect(!told.problems.contains("certificate_ended"))
    }

    @Test func `one that has ended makes the node not ready`() async throws {
        let told = try await told(days: -0.5)

        #expect(told.alarms["certificate_ending"]?.en.hasPrefix("The certificate has ended") == true)
        #expect(told.problems.contains("certificate_ended"))
    }

    @Test func `files that were refused raise an alarm that says why and until when there is time`() async throws {
        let told = try await told(days: 30) { certificate in
            try folder.write("privkey.pem", "nothing")
            _ = certificate.look()
        }

        let text = told.alarms["certificate_refused"]?.en ?? ""
        #expect(text.contains("server.tls.key holds no private key in PEM form"))
        #expect(text.hasSuffix("The old certificate is served on, until 2026-12-18T11:06:40Z."))
    }
}
