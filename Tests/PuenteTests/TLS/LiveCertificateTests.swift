import Crypto
import Foundation
import Logging
import ServiceLifecycle
import Testing
import X509

@testable import puente

/// Renewal while it serves.
@Suite struct LiveCertificateTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority
    private let live: LiveCertificate

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority("Root")
        live = try LiveCertificate(authority.issue(for: [.dnsName("a.example.com")]).write(to: folder))
    }

    private func renew() throws -> IssuedCertificate {
        let issued = try authority.issue(for: [.dnsName("a.example.com")])
        _ = try issued.write(to: folder)
        return issued
    }

    @Test func `files that stayed the same change nothing`() {
        let before = live.current.serial

        #expect(live.look() == .unchanged)
        #expect(live.current.serial == before)
    }

    @Test func `a new pair is served from then on`() throws {
        let before = live.current.serial

        _ = try renew()

        #expect(live.look() == .renewed)
        #expect(live.current.serial != before)
        #expect(live.look() == .unchanged)
    }

    @Test func `a pair that does not fit is refused, said once, and the old one serves on`() throws {
        let before = live.current.serial
        try folder.write("privkey.pem", try authority.issue(for: []).key.pemRepresentation)

        guard case .refused(let problem, isNew: true) = live.look() else {
            Issue.record("it was taken")
            return
        }

        #expect(problem.key == "server.tls.key")
        #expect(live.look() == .refused(problem, isNew: false))
        #expect(live.refusal == problem)
        #expect(live.current.serial == before)
    }

    @Test func `what was refused is taken once it fits, and the refusal is over`() throws {
        try folder.write("privkey.pem", "nothing")
        _ = live.look()

        _ = try renew()

        #expect(live.look() == .renewed)
        #expect(live.refusal == nil)
    }

    @Test func `the watch looks by itself, and ends with the server`() async throws {
        let before = live.current.serial
        var watch = CertificateWatch(certificate: live, logger: .silent)
        watch.interval = .milliseconds(5)
        let group = ServiceGroup(services: [watch], logger: .silent)
        let running = Task { try await group.run() }

        _ = try renew()
        for _ in 0..<2000 where live.current.serial == before { try await Task.sleep(for: .milliseconds(5)) }

        #expect(live.current.serial != before)
        await group.triggerGracefulShutdown()
        try await running.value
    }
}
