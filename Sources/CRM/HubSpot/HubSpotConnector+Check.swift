package import Domain
import OutboundHTTP

extension HubSpotConnector {
    package func check() async -> [CheckStep] {
        if let failure = await connectionFailure() {
            let failure = failure.callFailure(isRepeatable: true, scope: .connection, destination: "HubSpot")
            return [.failed(.reach, failure)]
        }
        let reached = CheckStep.passed(
            .reach, en: "HubSpot can be reached.", es: "Se puede conectar con HubSpot.")
        let credential = await credentialStep()
        guard credential.isPassed else { return [reached, credential] }
        return [reached, credential, await permissionStep(), await fieldStep(), limitStep()]
    }

    private func credentialStep() async -> CheckStep {
        do throws(CallFailure) {
            let account: HubSpotAccount = try await api.get(api.paths.account)
            let name = "\(account.portalId) (\(account.accountType ?? "?"), \(account.timeZone ?? "?"))"
            return .passed(
                .credential, en: "The token belongs to account \(name).", es: "El token es de la cuenta \(name).")
        } catch {
            return .failed(.credential, error)
        }
    }

    /// Reading is tried; writing is asked of a record that cannot exist (ids begin above 0): HubSpot looks at the
    /// permission before it looks for the record.
    private func permissionStep() async -> CheckStep {
        do throws(CallFailure) {
            let _: HubSpotPage = try await api.get("\(api.paths.contacts)?limit=1")
            let _: HubSpotPage = try await api.get("\(api.paths.communications)?limit=1")
            try await tryWriting(api.paths.contacts)
            try await tryWriting(api.paths.communications)
        } catch {
            return .failed(.permissions, error)
        }
        return .passed(
            .permissions, en: "Contacts and messages can be read and written.",
            es: "Se pueden leer y escribir contactos y mensajes.")
    }

    private func tryWriting(_ path: String) async throws(CallFailure) {
        let write = HubSpotWrite(id: "0", objectWriteTraceId: "check", properties: [:])
        do throws(CallFailure) {
            let _: HubSpotBatchAnswer = try await api.post(
                "\(path)/batch/update", HubSpotBatch(inputs: [write]), effect: .repeatable)
        } catch {
            guard error.kind == .permanent, error.scope == .message else { throw error }
        }
    }

    private func fieldStep() async -> CheckStep {
        do throws(CallFailure) {
            let existing = try await properties()
            let missing = HubSpotField.allCases.filter { existing[$0.rawValue] == nil }
            let (names, place) = (missing.map(\.rawValue), api.settings.place)
            if missing.contains(where: { !$0.isOffer }) { return Self.missingFields(names, place) }
            if existing[HubSpotField.puenteID.rawValue]?.hasUniqueValue != true { return Self.keyIsNotUnique(place) }
            let labels: HubSpotLabels = try await api.get(api.paths.communicationLabels)
            guard labels.results.contains(where: { $0.typeId == Self.contactAssociation }) else {
                return Self.noAssociation
            }
            if !missing.isEmpty { return Self.missingOffers(names, place) }
        } catch {
            return .failed(.fields, error)
        }
        return .passed(
            .fields, en: "Every field that Puente writes exists.", es: "Existen todos los campos que Puente escribe.")
    }

    private func limitStep() -> CheckStep {
        guard let headroom else {
            return .passed(
                .limits, en: "HubSpot does not state its limits here.", es: "HubSpot no indica aquí sus límites.")
        }
        if headroom.isDailyReserveReached() {
            return .failed(
                .limits,
                cause: LocalizedText(
                    en: "Less than a fifth of today's calls is left.",
                    es: "Queda menos de una quinta parte de las llamadas de hoy."),
                remedy: LocalizedText(
                    en: "Find out which other app uses them up, or raise the limit in HubSpot.",
                    es: "Averigüe qué otra app las gasta o amplíe el límite en HubSpot."))
        }
        let seconds = headroom.interval.wholeMilliseconds / 1000
        return .passed(
            .limits, en: "\(headroom.limit) calls in \(seconds) s, \(headroom.remaining) left.",
            es: "\(headroom.limit) llamadas cada \(seconds) s, quedan \(headroom.remaining).")
    }

    func properties() async throws(CallFailure) -> [String: HubSpotProperty] {
        let list: HubSpotProperties = try await api.get(api.paths.contactProperties)
        return Dictionary(list.results.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

struct HubSpotLabels: Decodable {
    struct Label: Decodable { let typeId: Int }
    let results: [Label]
}
