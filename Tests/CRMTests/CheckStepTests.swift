import Domain
import Foundation
import NIOCore
import Testing

@testable import CRM
@testable import OutboundHTTP

/// A check is read by somebody who is connecting a CRM, and nothing of it is tried again by itself.
@Suite struct CheckStepTests {
    private static func words(_ step: CheckStep) -> LocalizedText? {
        guard case .failed(let cause, let remedy) = step.outcome else { return nil }
        return LocalizedText(cause, then: remedy)
    }

    @Test func `a closed port is said in words, and what to look at`() throws {
        let refused = TransportFailure(
            cause: IOError(errnoCode: ECONNREFUSED, reason: "connection reset (error set)"), hasBody: false,
            wasBodyTaken: false)
        let failure = refused.callFailure(isRepeatable: true, scope: .connection, destination: "HubSpot")
        let text = try #require(Self.words(.failed(.reach, failure)))

        #expect(text.en.hasPrefix("No connection could be made (connection refused). → Check the address"))
        #expect(text.es.hasPrefix("No se pudo conectar"))
        #expect(!text.en.contains("errno") && !text.en.contains("tried again"))
    }

    @Test func `what answers with something else is not the CRM`() throws {
        let answer = HubSpotFailure(secrets: [], effect: .repeatable).failure(OutboundResponse(status: 400))
        let text = try #require(Self.words(.failed(.credential, answer)))

        #expect(text.en.hasPrefix("The answer was HTTP 400. → What answers at this address is not the API"))
        #expect(text.es.hasPrefix("La respuesta fue HTTP 400."))
    }

    @Test func `a failure without the vendor's words is its sentence, once`() throws {
        let failure = OdooAdvice.loginMissing(.form)

        #expect(Self.words(.failed(.credential, failure)) == failure.advice)
    }

    @Test func `what passes by itself is tested again by whoever tests`() throws {
        let away = HubSpotFailure(secrets: [], effect: .repeatable).failure(OutboundResponse(status: 503))
        let text = try #require(Self.words(.failed(.permissions, away)))

        #expect(text.en.contains("Test again in a moment") && !text.en.contains("by itself"))
        #expect(text.es.contains("Pruebe de nuevo") && !text.es.contains("automáticamente"))
    }

    @Test func `the vendor's own words stay`() throws {
        let failure = HubSpotAdvice.credential("INVALID_AUTHENTICATION", "Authentication credentials not found", .form)
        let text = try #require(Self.words(.failed(.credential, failure)))

        #expect(text.en == "Authentication credentials not found → \(failure.advice.en)")
    }
}
