package import Domain
import OutboundHTTP

extension OdooConnector {
    package func check() async -> [CheckStep] {
        if let failure = await connectionFailure() {
            let failure = failure.callFailure(isRepeatable: true, scope: .connection, destination: "Odoo")
            return [.failed(.reach, failure)]
        }
        let reached = CheckStep.passed(.reach, en: "Odoo can be reached.", es: "Se puede conectar con Odoo.")
        // What was found out before may have changed.
        api.memory.forget()
        let credential = await credentialStep()
        guard credential.isPassed else { return [reached, credential] }
        return [reached, credential, await permissionStep(), await fieldStep(), limitStep]
    }

    // MARK: - Steps

    private func credentialStep() async -> CheckStep {
        do throws(CallFailure) {
            let session = try await api.session()
            let interface = session.interface == .json2 ? "JSON-2" : "JSON-RPC"
            if let end = await keyEnd(session), end.days <= Self.warningDays {
                return Self.keyEnds(on: end.date, days: end.days, api.settings.place)
            }
            return .passed(
                .credential, en: "Odoo \(session.majorVersion) accepts the key (\(interface), user \(session.uid)).",
                es: "Odoo \(session.majorVersion) acepta la clave (\(interface), usuario \(session.uid)).")
        } catch {
            return .failed(.credential, error)
        }
    }

    /// Of the first key of the user that ends.
    package func credentialEnd() async throws(CallFailure) -> CivilDate? {
        let session = try await api.session()
        guard let end = await keyEnd(session) else { return nil }
        return OdooTime.seconds(end.date + " 00:00:00").flatMap { CivilDate(Timestamp(seconds: $0)) }
    }

    private static let warningDays: Int64 = 30

    /// When the first key of the user ends; nil where no key does, or Odoo does not say (before 18).
    private func keyEnd(_ session: OdooSession) async -> (date: String, days: Int64)? {
        let call = OdooCall.searchRead(
            "res.users.apikeys", [["user_id", "=", .integer(session.uid)]], fields: ["expiration_date"], limit: 20)
        let now: [[String: OdooValue]]
        do throws(CallFailure) {
            now = try await api.call(call)
        } catch {
            return nil  // an older version, or not for this user: nothing is known of an end
        }
        let ends = now.compactMap { $0["expiration_date"]?.text }.compactMap { text in
            OdooTime.seconds(text).map { (text: text, seconds: $0) }
        }
        guard let first = ends.min(by: { $0.seconds < $1.seconds }), let today = await serverTime() else { return nil }
        return (String(first.text.prefix(10)), (first.seconds - today) / 86_400)
    }

    /// Odoo's own clock, by the newest change of a partner: close enough for days.
    private func serverTime() async -> Int64? {
        // Without it nothing is warned of; the key's end is told again by the failure itself.
        try? await partners([], order: "write_date desc", limit: 1).first?.writtenAt
    }

    /// Asked of Odoo, not tried.
    private func permissionStep() async -> CheckStep {
        do throws(CallFailure) {
            let session = try await api.session()
            var lacking: [String] = []
            for (model, operation) in [("res.partner", "create"), ("res.partner", "write"), ("mail.message", "create")]
            {
                let isAllowed = try await isAllowed(operation, on: model, session)
                if !isAllowed { lacking.append("\(model) (\(operation))") }
            }
            guard lacking.isEmpty else {
                return .failed(.permissions, OdooAdvice.forbidden("rights", lacking.joined(separator: ", ")))
            }
            guard try await isAllowed("write", on: "mail.message", session) else { return Self.cannotChangeNotes }
        } catch {
            return .failed(.permissions, error)
        }
        return .passed(
            .permissions, en: "Contacts and notes can be read and written.",
            es: "Se pueden leer y escribir contactos y notas.")
    }

    private func isAllowed(
        _ operation: String, on model: String, _ session: OdooSession
    ) async throws(CallFailure) -> Bool {
        let call =
            session.majorVersion >= 18
            ? OdooCall(
                model: model, method: "has_access", ids: [], inOrder: [("operation", .text(operation))], effect: .read)
            : OdooCall(
                model: model, method: "check_access_rights",
                inOrder: [("operation", .text(operation)), ("raise_exception", false)], effect: .read)
        let answer: OdooValue = try await api.call(call)
        return answer.flag == true
    }

    private func fieldStep() async -> CheckStep {
        do throws(CallFailure) {
            let existing = try await partnerFields()
            let missing = OdooField.allCases.map(\.rawValue).filter { !existing.contains($0) }
            if !missing.isEmpty { return Self.missingFields(missing, api.settings.place) }
            if !existing.contains("phone_sanitized") { return Self.noNumbers }
        } catch {
            return .failed(.fields, error)
        }
        return .passed(
            .fields, en: "Every field that Puente writes exists.", es: "Existen todos los campos que Puente escribe.")
    }

    private var limitStep: CheckStep {
        .passed(
            .limits,
            en:
                "Odoo states no limits. Puente makes \(OdooPacer.maxCalls) calls at once at most, and waits when asked to.",
            es:
                "Odoo no indica límites. Puente hace como máximo \(OdooPacer.maxCalls) llamadas a la vez y espera si se lo piden."
        )
    }
}
