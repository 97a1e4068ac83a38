import Domain
import OutboundHTTP
import Testing
import WhatsApp

@testable import puente

/// A number's check asks our own address as Meta does.
@Suite struct OwnAddressTests {
    @Test func `a number's check finds Puente at its address, and another verify token out`() async throws {
        try await Installation.run { puente in
            let right = try await lines(of: puente, verifyToken: "sandbox-verify")
            let wrong = try await lines(of: puente, verifyToken: "another one & more")

            #expect(
                right.contains { $0.hasPrefix("Puente answers at \(puente.url)/webhooks/whatsapp/main") }, "\(right)")
            #expect(right.contains("Meta calls \(puente.url)/webhooks/whatsapp."))
            #expect(wrong.contains { $0.contains("has another verify_token") }, "\(wrong)")
        }
    }

    private func lines(of puente: Installation, verifyToken: String) async throws -> [String] {
        let http = puente.server.parts.http
        let number = NumberUnderCheck(
            name: "main", phoneNumberID: "106540352242922", wabaID: "102290129340398", displayNumber: "+15550783881",
            accessToken: "sandbox-token",
            app: NumberUnderCheck.App(
                name: "main", id: "670843887433847", secret: "sandbox-secret", verifyToken: verifyToken),
            publicURL: puente.url, isMetaSimulated: true)
        let check = NumberCheck(number: number, client: puente.server.parts.client, http: http)
        return await check.lines().map { line in
            switch line.line.outcome {
            case .passed(let text), .warned(let text), .failed(let text, _): text.en
            }
        }
    }
}
