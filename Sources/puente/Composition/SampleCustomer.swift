import Domain
import OutboundHTTP

/// A customer of the sandbox who writes when somebody at the console asks for it.
struct SampleCustomer: Sendable {
    let sandboxURL: String
    let http: OutboundClient

    /// - Throws: ``PuenteError`` when the sandbox does not take the message.
    @Sendable func write() async throws {
        let body = #"{"name":"Valeria Campos","text":"Hola, ¿tienen citas para esta semana?"}"#
        let answer = try? await http.send(  // Why it failed is in the log of the sandbox, which runs beside us.
            OutboundRequest(
                method: "POST", url: "\(sandboxURL)/sandbox/customers/5215550100200/messages",
                headers: [("Content-Type", "application/json")], body: Array(body.utf8), deadline: .seconds(5),
                destination: "sandbox"))
        guard let answer, answer.isSuccess else { throw Self.silent }
    }

    private static let silent = PuenteError(
        .unavailable, en: "The sandbox did not answer. Start the demo anew.",
        es: "El entorno de pruebas no respondió. Inicie de nuevo la demostración.")
}
