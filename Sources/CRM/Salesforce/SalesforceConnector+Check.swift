import Domain
import OutboundHTTP

extension SalesforceConnector {
    package func check() async -> [CheckStep] {
        if let failure = await connectionFailure() {
            let failure = failure.callFailure(isRepeatable: true, scope: .connection, destination: "Salesforce")
            return [.failed(.reach, failure)]
        }
        let reached = CheckStep.passed(
            .reach, en: "Salesforce can be reached.", es: "Se puede conectar con Salesforce.")
        let credential = await credentialStep()
        guard credential.isPassed else { return [reached, credential] }
        do throws(CallFailure) {
            let schema = try await api.schema(isFresh: true)
            return [reached, credential, await permissionStep(schema), fieldStep(schema), limitStep()]
        } catch {
            return [reached, credential, .failed(.permissions, error)]
        }
    }

    private func credentialStep() async -> CheckStep {
        do throws(CallFailure) {
            let user: SalesforceUser = try await api.get(SalesforceAPI.userInfo)
            let name = "\(user.preferred_username ?? "?") (\(user.organization_id ?? "?"))"
            return .passed(.credential, en: "Signed in as \(name).", es: "Acceso como \(name).")
        } catch {
            return .failed(.credential, error)
        }
    }

    /// Reading is tried; whether contacts and tasks may be written, Salesforce says in its description of them.
    private func permissionStep(_ schema: SalesforceSchema) async -> CheckStep {
        do throws(CallFailure) {
            _ = try await api.page("SELECT Id FROM Contact LIMIT 1")
            _ = try await api.page("SELECT Id FROM Task LIMIT 1")
            if schema.place == .messages {
                _ = try await api.page("SELECT Id FROM \(SalesforceMessageField.object) LIMIT 1")
            }
        } catch {
            return .failed(.permissions, error)
        }
        guard schema.contact.isCreatable, schema.contact.isWritable("LastName") else {
            return .failed(
                .permissions,
                SalesforceAdvice.forbidden("INSUFFICIENT_ACCESS", "Contact: create, edit"))
        }
        return .passed(
            .permissions, en: "Contacts and messages can be read and written.",
            es: "Se pueden leer y escribir contactos y mensajes.")
    }

    private func limitStep() -> CheckStep {
        guard let headroom else {
            return .passed(
                .limits, en: "Salesforce does not state its limits here.",
                es: "Salesforce no indica aquí sus límites.")
        }
        if headroom.isDailyReserveReached() {
            return .failed(
                .limits,
                cause: LocalizedText(
                    en: "Less than a fifth of the calls of 24 hours is left.",
                    es: "Queda menos de una quinta parte de las llamadas de 24 horas."),
                remedy: LocalizedText(
                    en: "Find out in Setup, “API Usage”, which other app uses them up, or buy more calls.",
                    es: "Averigüe en Configuración, «Uso de la API», qué otra app las gasta, o compre más llamadas."))
        }
        return .passed(
            .limits, en: "\(headroom.limit) calls in 24 hours, \(headroom.remaining) left.",
            es: "\(headroom.limit) llamadas en 24 horas, quedan \(headroom.remaining).")
    }
}

/// Source: Salesforce Help, "User info endpoint".
struct SalesforceUser: Decodable {
    let user_id: String?
    let organization_id: String?
    let preferred_username: String?
}
