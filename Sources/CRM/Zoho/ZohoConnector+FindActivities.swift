package import Domain

extension ZohoConnector {
    private static let maxPages = 50
    /// Our clock and Zoho's: a note is never made earlier than this before its message.
    private static let clockSlack: Duration = .hours(1)

    /// COQL does not read notes, and their search lags: the notes of each contact are read, newest first, until all
    /// that is wanted was seen or they are older than the messages.
    package func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?] {
        var found: [String: String] = [:]
        if try await schema().hasMessages { found = try await messages(activities.map(\.puenteID)) }
        let open = activities.filter { found[$0.puenteID] == nil && $0.contact.remoteID.map(Self.isRecordID) == true }
        for (contact, wanted) in Dictionary(grouping: open, by: { $0.contact.remoteID ?? "" }) {
            let earliest = wanted.map(\.at).min().map { $0 - Self.clockSlack }
            let notes = try await notes(of: contact, marked: Set(wanted.map(\.puenteID)), since: earliest)
            found.merge(notes) { first, _ in first }
        }
        return activities.map { found[$0.puenteID] }
    }

    private func messages(_ markers: [String]) async throws(CallFailure) -> [String: String] {
        var found: [String: String] = [:]
        let field = ZohoMessageField.puenteID.rawValue
        for start in stride(from: 0, to: markers.count, by: 50) {
            let part = Array(markers[start..<min(start + 50, markers.count)])
            guard let condition = ZohoContactSearch.isOneOf(field, part) else { continue }
            let select = "select id, \(field) from \(ZohoMessageField.module) where \(condition) limit 200"
            for row in try await api.query(select, limit: 200).data {
                guard let marker = row[field]?.text, let id = row["id"]?.text else { continue }
                found[marker] = ZohoActivityID.message(id).text
            }
        }
        return found
    }

    /// By marker. Pages are counted up to record 2,000; behind that each page names the next.
    /// - Parameter since: older notes need not be looked at; nil for all of them.
    func notes(
        of contact: String, marked wanted: Set<String>, since: Timestamp?
    ) async throws(CallFailure) -> [String: String] {
        let path = "/Contacts/\(contact)/Notes?fields=Note_Content,Created_Time&sort_by=Created_Time&sort_order=desc"
        var found: [String: String] = [:]
        var next = "&page=1"
        for number in 1...Self.maxPages {
            guard let page = try await notePage("\(path)&per_page=200\(next)") else { return found }
            for row in page.data {
                guard let text = row["Note_Content"]?.text, let marker = CommunicationBody.marker(in: text),
                    wanted.contains(marker), let id = row["id"]?.text
                else { continue }
                found[marker] = id
            }
            if found.count == wanted.count || !page.isMore || Self.isBehind(page, since) { return found }
            next = page.info?.next_page_token.map { "&page_token=\(FormBody.escaped($0))" } ?? "&page=\(number + 1)"
        }
        throw ZohoAdvice.tooManyNotes
    }

    /// Nil: no notes, or no such contact.
    private func notePage(_ path: String) async throws(CallFailure) -> ZohoPage? {
        do throws(CallFailure) {
            return try await api.get(path)
        } catch {
            guard error.code == CallFailure.RecordCode.gone else { throw error }
            return nil
        }
    }

    /// Only where the rows are in the order that was asked for: then all that follow are older still.
    private static func isBehind(_ page: ZohoPage, _ since: Timestamp?) -> Bool {
        let times = page.data.compactMap { $0["Created_Time"]?.text.flatMap(Timestamp.init(zoho:)) }
        guard let since, times.count == page.data.count, let last = times.last else { return false }
        return zip(times, times.dropFirst()).allSatisfy { $0 >= $1 } && last < since
    }
}
