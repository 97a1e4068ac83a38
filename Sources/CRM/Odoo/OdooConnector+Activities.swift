package import Domain

extension OdooConnector {
    package func ping() async throws(CallFailure) {
        let _: [Int64] = try await api.call(.search("mail.message", [["model", "=", "res.partner"]], limit: 1))
    }

    package func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome] {
        let session = try await api.session()
        let contacts = activities.map { $0.contact.remoteID ?? "" }
        return try await OdooRounds().run(contacts) { index async throws(CallFailure) in
            let activity = activities[index]
            guard let partner = activity.contact.remoteID.flatMap(Self.recordID) else { throw .notLinked }
            let note = OdooNote(activity: activity, language: api.settings.language)
            return try await post { takesDates in
                note.post(on: partner, majorVersion: session.majorVersion, takesDates: takesDates)
            }
        }.unlessAllFailedAlike()
    }

    /// Changes the note's text. Where the user may not, what went wrong is told by a note of its own.
    package func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome] {
        // Of several updates of one note only the last counts.
        let last = Dictionary(updates.indices.map { (updates[$0].remoteID, $0) }, uniquingKeysWith: { $1 })
        let kept = updates.indices.filter { last[updates[$0].remoteID] == $0 }
        let results = await OdooRounds().run(kept.map { updates[$0].remoteID }) { place async throws(CallFailure) in
            let update = updates[kept[place]]
            try await self.update(update)
            return update.remoteID
        }
        let outcomes = Dictionary(uniqueKeysWithValues: zip(kept, results))
        return try updates.map { update in
            last[update.remoteID].flatMap { outcomes[$0] } ?? .failed(OdooAdvice.notTried)
        }.unlessAllFailedAlike()
    }

    private func update(_ update: ActivityUpdate) async throws(CallFailure) {
        guard let id = Self.recordID(update.remoteID) else { throw OdooAdvice.gone("") }
        let html = OdooNote(activity: update.activity, language: api.settings.language).html
        do throws(CallFailure) {
            let _: OdooValue = try await api.call(.write("mail.message", [id], ["body": .text(html)]))
        } catch {
            guard error.code.hasSuffix("AccessError") else { throw error }
            try await follow(update.activity)
        }
    }

    /// A note under the first one, once for each state that a person has to know of; other states are left out.
    private func follow(_ activity: Activity) async throws(CallFailure) {
        switch activity.status {
        case .failed, .refused, .uncertain: break
        case .queued, .sending, .accepted, .sent, .delivered, .read, .played, .received: return
        }
        guard let partner = activity.contact.remoteID.flatMap(Self.recordID) else { return }
        let id = "\(activity.puenteID).\(activity.status.rawValue)"
        var short = activity
        short.text = String(activity.text.prefix(80))
        short.media = []
        let html = OdooNote(activity: short, language: api.settings.language).html
        try await post(line: html, id: id, on: partner)
    }

    /// Writes a line unless it is there.
    func post(line html: String, id: String, on partner: Int64) async throws(CallFailure) {
        let session = try await api.session()
        let there: [Int64] = try await api.call(
            .search("mail.message", [["message_id", "=", .text(OdooNote.messageID(id))]], limit: 1))
        guard there.isEmpty else { return }
        _ = try await post { takesDates in
            OdooNote.line(html, id: id, on: partner, majorVersion: session.majorVersion, takesDates: takesDates)
        }
    }

    /// - Parameter call: made with and, where Odoo does not take them, without the original time and our id.
    private func post(_ call: @Sendable (_ takesDates: Bool) -> OdooCall) async throws(CallFailure) -> String {
        let known = api.memory.known
        do throws(CallFailure) {
            return try await posted(call(known.takesDates))
        } catch {
            if known.takesDates, error.vendorText.contains("not supported when posting") {
                api.memory.learn { $0.takesDates = false }
            } else if !known.namesSender, error.vendorText.contains("sender's email address") {
                api.memory.learn { $0.namesSender = true }
            } else {
                throw error
            }
            return try await posted(call(api.memory.known.takesDates))
        }
    }

    /// From 19 on the answer is a list of one id, before it is the id.
    private func posted(_ call: OdooCall) async throws(CallFailure) -> String {
        var call = call
        if api.memory.known.namesSender { call.named["email_from"] = .text(OdooNote.sender) }
        let answer: OdooValue = try await api.call(call)
        guard let id = answer.integer else {
            throw OdooFailure(secrets: api.secrets, effect: .once).unreadable(WireFault(text: "no id"))
        }
        return String(id)
    }

    // MARK: - Finding

    /// By our id of the message, else by the marker in the text on the contact's own chatter.
    package func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?] {
        guard !activities.isEmpty else { return [] }
        var found: [String: String] = [:]
        let ids = activities.map { OdooNote.messageID($0.puenteID) }
        for row in try await notes([["message_id", "in", .texts(ids)]], limit: 4 * ids.count) {
            guard let id = row["id"]?.integer, let marker = row["message_id"]?.text else { continue }
            let puenteID = String(marker.dropFirst().prefix { $0 != "@" })
            found[puenteID] = found[puenteID] ?? String(id)
        }
        let open = activities.filter { found[$0.puenteID] == nil }
        for activity in open {
            guard let partner = activity.contact.remoteID.flatMap(Self.recordID) else { continue }
            let mark = CommunicationBody.mark + activity.puenteID
            let domain: [OdooValue] = [
                ["model", "=", "res.partner"], ["res_id", "=", .integer(partner)], ["body", "ilike", .text(mark)],
            ]
            found[activity.puenteID] = try await notes(domain, limit: 1).first?["id"]?.integer.map { String($0) }
        }
        return activities.map { found[$0.puenteID] }
    }

    private func notes(_ domain: [OdooValue], limit: Int) async throws(CallFailure) -> [[String: OdooValue]] {
        try await api.call(.searchRead("mail.message", domain, fields: ["message_id"], limit: limit))
    }
}
