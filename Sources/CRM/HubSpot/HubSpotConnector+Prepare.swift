package import Domain

extension HubSpotConnector {
    package var ownFields: Set<String> { Set(HubSpotField.allCases.map(\.rawValue)) }

    package func prepare() async throws(CallFailure) -> [String] {
        let existing = try await properties()
        var created: [String] = []
        for field in HubSpotField.allCases where existing[field.rawValue] == nil {
            do throws(CallFailure) {
                let _: HubSpotProperty = try await api.post(
                    api.paths.contactProperties, field.definition, effect: .repeatable)
                created.append(field.rawValue)
            } catch {
                // Somebody made it meanwhile, or our own lost answer did.
                if error.code == CallFailure.RecordCode.conflict { continue }
                // The plan, or the token, allows no more: the check names what is missing.
                guard field.isOffer, error.kind == .permanent || error.kind == .accountWide else { throw error }
                break
            }
        }
        described.forget()
        return created
    }
}
