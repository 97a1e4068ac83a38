import Domain
import OutboundHTTP

extension ZohoConnector {
    package func check() async -> [CheckStep] {
        if let failure = await unreachable() { return [.failed(.reach, failure)] }
        let reached = CheckStep.passed(.reach, en: "Zoho can be reached.", es: "Se puede conectar con Zoho.")
        let credential = await credentialStep()
        guard credential.isPassed else { return [reached, credential] }
        var steps = [reached, credential, await permissionStep(), await fieldStep(), limitStep()]
        if api.settings.notificationToken != nil { steps.append(await receiverStep()) }
        return steps
    }

    /// Both servers are needed: the one that gives tokens, and the API.
    private func unreachable() async -> CallFailure? {
        for url in [api.settings.accountsURL, probeURL] {
            if let failure = await api.client.reachabilityFailure(of: url) {
                return failure.callFailure(isRepeatable: true, scope: .connection, destination: "Zoho")
            }
        }
        return nil
    }

    private func credentialStep() async -> CheckStep {
        do throws(CallFailure) {
            let organisation = try await organisation()
            let users: ZohoUsers? = try await api.get("/users?type=CurrentUser")
            let name = "\(organisation?.company_name ?? "?") (\(organisation?.zgid?.text ?? "?"))"
            let user = users?.users.first?.full_name ?? "?"
            return .passed(
                .credential, en: "The token belongs to \(name), user \(user).",
                es: "El token es de \(name), usuario \(user).")
        } catch {
            return .failed(.credential, error)
        }
    }

    func organisation() async throws(CallFailure) -> ZohoOrganisation? {
        let answer: ZohoOrganisations? = try await api.get("/org")
        return answer?.org.first
    }

    /// Reading is tried; writing is asked of a record that cannot exist: Zoho looks at scope and profile first.
    private func permissionStep() async -> CheckStep {
        do throws(CallFailure) {
            _ = try await api.query("select id from Contacts where id is not null limit 1", limit: 1)
            for path in [
                "/Contacts?fields=id&per_page=1", "/Notes?fields=id&per_page=1", "/Contacts/search?phone=0000000",
                "/Contacts/deleted?type=all&per_page=1",
            ] {
                let _: ZohoPage? = try await api.get(path)
            }
            try await tryWriting("/Contacts", ["id": .text("1"), "Last_Name": .text("-")])
            try await tryWriting("/Notes", ["id": .text("1"), "Note_Content": .text("-")])
        } catch {
            return .failed(.permissions, error)
        }
        return .passed(
            .permissions, en: "Contacts and notes can be read and written.",
            es: "Se pueden leer y escribir contactos y notas.")
    }

    private func tryWriting(_ path: String, _ row: ZohoRow) async throws(CallFailure) {
        let run = ZohoBatchRun(api: api, method: "PUT", path: path, effect: .repeatable)
        guard case .failed(let failure)? = await run.outcomes(of: [row]).first else { return }
        guard failure.kind == .permanent, failure.scope == .message else { throw failure }
    }

    private func fieldStep() async -> CheckStep {
        let schema: ZohoSchema
        do throws(CallFailure) {
            schema = try await readSchema()
        } catch {
            return .failed(.fields, error)
        }
        let missing = ZohoField.allCases.map(\.rawValue).filter { schema.contacts[$0] == nil }
        if !missing.isEmpty { return Self.missingFields(missing, api.settings.place) }
        if schema.contacts[ZohoField.puenteID.rawValue]?.isUnique != true { return Self.keyIsNotUnique }
        guard schema.messages != nil, !schema.hasMessages else { return Self.fieldsAreThere(schema) }
        return Self.moduleIsIncomplete
    }

    private func limitStep() -> CheckStep {
        let headroom = api.meter.headroom(api.gate)
        guard let limit = headroom.dailyLimit, let left = headroom.dailyRemaining else {
            return .passed(
                .limits, en: "\(headroom.limit) calls at once; more than half of the day's credits are left.",
                es: "\(headroom.limit) llamadas a la vez; queda más de la mitad de los créditos del día.")
        }
        if headroom.isDailyReserveReached() {
            return .failed(
                .limits,
                cause: LocalizedText(
                    en: "\(left) of about \(limit) credits of 24 hours are left.",
                    es: "Quedan \(left) de unos \(limit) créditos de 24 horas."),
                remedy: LocalizedText(
                    en: "Find out which other app uses them up, or buy credits in Zoho.",
                    es: "Averigüe qué otra app los gasta o compre créditos en Zoho."))
        }
        return .passed(
            .limits, en: "\(headroom.limit) calls at once; \(left) of about \(limit) credits are left.",
            es: "\(headroom.limit) llamadas a la vez; quedan \(left) de unos \(limit) créditos.")
    }
}

struct ZohoOrganisations: Decodable, Sendable {
    let org: [ZohoOrganisation]
}

struct ZohoOrganisation: Decodable, Sendable {
    let company_name: String?
    /// In the addresses of its pages.
    let zgid: LooseText?
}

private struct ZohoUsers: Decodable, Sendable {
    struct User: Decodable, Sendable { let full_name: String? }
    let users: [User]
}
