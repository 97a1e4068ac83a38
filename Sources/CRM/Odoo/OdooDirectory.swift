import Domain

/// Finds the partners that our external ids point to: after a merge the survivor, where the loser is gone.
struct OdooDirectory {
    let api: OdooAPI

    private struct Row: Decodable {
        let name: String
        let res_id: Int64
    }

    /// What stands behind our external ids.
    struct Standing {
        /// The partner of each of our contacts.
        var active: [String: Int64] = [:]
        /// Those whose partner people archived: its name is taken.
        var archived: Set<String> = []
    }

    func standing(of puenteIDs: [String]) async throws(CallFailure) -> Standing {
        var standing = Standing()
        guard !puenteIDs.isEmpty else { return standing }
        let named = try await partners(of: puenteIDs)
        let there = try await active(Set(named.values))
        for (puenteID, id) in named {
            if there.contains(id) { standing.active[puenteID] = id } else { standing.archived.insert(puenteID) }
        }
        guard !standing.archived.isEmpty, api.memory.known.mayUseExternalIDs else { return standing }
        // Those were made anew before: the newest of each counts.
        let later = try await rows(madeAnewFor: standing.archived.sorted())
        let alsoThere = try await active(Set(later.map(\.res_id)))
        for row in later where alsoThere.contains(row.res_id) {
            if let puenteID = OdooExternalID.puenteID(in: row.name) { standing.active[puenteID] = row.res_id }
        }
        return standing
    }

    /// Those that are there and not archived.
    func active(_ ids: Set<Int64>) async throws(CallFailure) -> Set<Int64> {
        guard !ids.isEmpty else { return [] }
        let found: [Int64] = try await api.call(
            .search("res.partner", [["id", "in", .ids(ids.sorted())]], limit: ids.count, isWithArchived: false))
        return Set(found)
    }

    private func partners(of puenteIDs: [String]) async throws(CallFailure) -> [String: Int64] {
        guard api.memory.known.mayUseExternalIDs else { return try await oneByOne(puenteIDs) }
        do throws(CallFailure) {
            let named = try await rows(of: puenteIDs).compactMap { row in
                OdooExternalID.puenteID(in: row.name).map { ($0, row.res_id) }
            }
            return Dictionary(named, uniquingKeysWith: { $1 })
        } catch {
            guard OdooFailure.isLackOfRights(error) else { throw error }
            api.memory.learn { $0.mayUseExternalIDs = false }
            return try await oneByOne(puenteIDs)
        }
    }

    /// Gives partners that were there before us their external id, so that a merge can be followed. Where the user may
    /// not, the field `x_puente_id` has to do.
    func name(_ partners: [(puenteID: String, id: Int64)]) async throws(CallFailure) {
        guard api.memory.known.mayUseExternalIDs, !partners.isEmpty else { return }
        do throws(CallFailure) {
            let named = Set(try await rows(of: partners.map(\.puenteID)).map(\.name))
            let open = partners.filter { !named.contains(OdooExternalID.name($0.puenteID)) }
            guard !open.isEmpty else { return }
            let values = open.map { partner -> OdooValue in
                [
                    "module": .text(OdooExternalID.module), "name": .text(OdooExternalID.name(partner.puenteID)),
                    "model": "res.partner", "res_id": .integer(partner.id), "noupdate": true,
                ]
            }
            let _: OdooValue = try await api.call(.create("ir.model.data", values, effect: .batch))
        } catch {
            // Named meanwhile by somebody else, or not allowed: both leave the partner as findable as before.
            if OdooFailure.isLackOfRights(error) { api.memory.learn { $0.mayUseExternalIDs = false } }
            let isAboutThem = error.kind == .permanent && error.scope == .message
            guard OdooFailure.isLackOfRights(error) || isAboutThem else { throw error }
        }
    }

    private func rows(of puenteIDs: [String]) async throws(CallFailure) -> [Row] {
        try await rows([["name", "in", .texts(puenteIDs.map { OdooExternalID.name($0) })]], limit: puenteIDs.count)
    }

    /// With an occasion behind the name; oldest first.
    private func rows(madeAnewFor puenteIDs: [String]) async throws(CallFailure) -> [Row] {
        let terms: [OdooValue] = puenteIDs.map { id in
            ["name", "=like", .text(Self.escaped(OdooExternalID.name(id, "")) + "%")]
        }
        return try await rows(
            [OdooValue](repeating: "|", count: terms.count - 1) + terms, limit: 10 * puenteIDs.count)
    }

    private func rows(_ domain: [OdooValue], limit: Int) async throws(CallFailure) -> [Row] {
        let ours: [OdooValue] = [["module", "=", .text(OdooExternalID.module)], ["model", "=", "res.partner"]]
        return try await api.call(
            .searchRead("ir.model.data", ours + domain, fields: ["name", "res_id"], limit: limit))
    }

    /// Underscores stand for any character in a pattern.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "_", omittingEmptySubsequences: false).joined(separator: "\\_")
    }

    /// Everybody may ask for a single one.
    private func oneByOne(_ puenteIDs: [String]) async throws(CallFailure) -> [String: Int64] {
        let answers = await OdooRounds().run(puenteIDs) { index async throws(CallFailure) in
            try await self.partner(of: puenteIDs[index])
        }
        var found: [String: Int64] = [:]
        for (id, answer) in zip(puenteIDs, answers) {
            switch answer {
            case .done(let partner): found[id] = Int64(partner)
            case .failed(let failure):
                guard failure.kind == .permanent, failure.scope == .message else { throw failure }
            }
        }
        return found
    }

    /// - Throws: permanent where there is no such external id, or its record is none that this user may see.
    private func partner(of puenteID: String) async throws(CallFailure) -> String {
        let call = OdooCall(
            model: "ir.model.data", method: "check_object_reference",
            inOrder: [("module", .text(OdooExternalID.module)), ("xml_id", .text(OdooExternalID.name(puenteID)))],
            // An archived partner is looked for as well: it would be taken for one that was never there.
            context: ["active_test": false], effect: .read)
        let answer: OdooValue = try await api.call(call)
        guard let pair = answer.list, pair.count == 2, let partner = pair[1].integer else { throw OdooAdvice.gone("") }
        return String(partner)
    }
}
