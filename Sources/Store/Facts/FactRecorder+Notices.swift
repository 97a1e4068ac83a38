import Crypto
import Domain
import FoundationEssentials

extension FactRecorder {
    /// News that is kept: of accounts, numbers, templates, preferences. What an operator should know of stands on the
    /// page "Connections". A repeat has the same digest.
    /// - Returns: whether it is no repeat.
    @discardableResult
    mutating func recordNotice(_ update: Update, workspace: WorkspaceID) throws -> Bool {
        guard let notice = update.noticeRow else {
            count("others", "unrouted", workspace: workspace)
            return false
        }
        let detail = try notice.detail()
        let isNew = try connection.execute(
            """
            INSERT INTO notice (id, workspace_id, waba_id, field, event, subject, at, stored_at, detail, digest)
            VALUES (:id, :workspace_id, :waba_id, :field, :event, :subject, :at, :stored_at, :detail, :digest)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": store.ids.next(NoticeRow.self), "workspace_id": workspace, "waba_id": update.wabaID,
                "field": update.field, "event": notice.event, "subject": notice.subject, "at": notice.at,
                "stored_at": now, "detail": detail, "digest": notice.digest(of: update, detail: detail),
            ])
        count("others", isNew == 1 ? "stored" : "duplicates", workspace: workspace)
        guard isNew == 1 else { return false }
        if NoticeSummary.isShown(update.field) { report.noticed.insert(workspace) }
        try apply(update, workspace: workspace)
        return true
    }

    private func apply(_ update: Update, workspace: WorkspaceID) throws {
        switch update.fact {
        case .template(let template): try apply(template, wabaID: update.wabaID, workspace: workspace)
        case .notice(let news):
            if let standing = news.standing {
                try AccountAlarm(connection: connection, workspace: workspace, wabaID: update.wabaID).apply(
                    standing, at: news.at ?? now, id: store.ids.next())
            }
            guard let limit = news.messagingLimit else { return }
            try connection.setMessagingLimit(limit, ofPortfolioOf: update.wabaID, at: news.at ?? now, in: workspace)
        default: return
        }
    }

    /// A template's new state counts at once: the send gate reads it in the transaction that marks a send. What is
    /// older than the newest that is known of the same changes nothing.
    private func apply(_ notice: TemplateNotice, wabaID: String, workspace: WorkspaceID) throws {
        let (columns, known): (String, String)
        switch notice.kind {
        case .status: (columns, known) = ("status = :value, status_at = :at, reason = :reason", "status_at")
        case .category: (columns, known) = ("category = :value, category_at = :at", "category_at")
        case .quality, .components: return
        }
        try connection.execute(
            """
            UPDATE template SET \(columns), updated_at = :now
            WHERE workspace_id = :workspace_id AND waba_id = :waba_id AND \(notice.condition)
                AND COALESCE(\(known), 0) <= :at
            """,
            [
                "value": notice.valueAsListed, "at": notice.at ?? now, "reason": notice.reason, "now": now,
                "workspace_id": workspace, "waba_id": wabaID, "name": notice.name, "language": notice.language,
                "meta_id": notice.templateID,
            ])
    }
}

extension TemplateNotice {
    /// Which template it speaks of: by name and language, or by Meta's id where it names only that.
    fileprivate var condition: String {
        name.isEmpty || language.isEmpty ? "meta_id = :meta_id" : "name = :name AND language = :language"
    }
}

/// The columns of a notice, whatever kind of update it comes from.
private struct NoticeContent {
    let event: String
    let subject: String?
    let at: Timestamp?
    let detail: () throws -> String

    func digest(of update: Update, detail: String) -> String {
        let parts = [
            update.wabaID, update.field, event, subject ?? "", at.map { "\($0.milliseconds)" } ?? "", detail,
        ]
        let hash = SHA256.hash(data: Data(parts.joined(separator: "\u{1F}").utf8))
        return hash.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension Update {
    fileprivate var noticeRow: NoticeContent? {
        switch fact {
        case .notice(let notice):
            NoticeContent(event: notice.event, subject: notice.subject, at: notice.at) { notice.detail }
        case .template(let notice):
            NoticeContent(
                event: "\(notice.kind.rawValue): \(notice.value)", subject: "\(notice.name) (\(notice.language))",
                at: notice.at
            ) { notice.detail }
        case .preference(let preference):
            NoticeContent(
                event: "\(preference.category): \(preference.value)",
                subject: preference.participant.waID ?? preference.participant.userID, at: preference.at
            ) { try JSONText.encode(preference.participant) }
        default: nil
        }
    }
}
