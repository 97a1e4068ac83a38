import Crypto
import Domain
import FoundationEssentials

extension FactRecorder {
    /// News that is kept and shown: of accounts, numbers, templates, preferences. A repeat has the same digest.
    mutating func recordNotice(_ update: Update, workspace: WorkspaceID) throws {
        guard let notice = update.noticeRow else { return count("others", "unrouted", workspace: workspace) }
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
        guard isNew == 1 else { return }
        switch update.fact {
        case .template(let template): try apply(template, wabaID: update.wabaID, workspace: workspace)
        case .notice(let news):
            guard let limit = news.messagingLimit else { return }
            try connection.setMessagingLimit(limit, ofPortfolioOf: update.wabaID, in: workspace)
        default: return
        }
    }

    /// A template's new state counts at once: the send gate reads it in the transaction that marks a send.
    private func apply(_ notice: TemplateNotice, wabaID: String, workspace: WorkspaceID) throws {
        let column: String
        switch notice.kind {
        case .status: column = "status"
        case .category: column = "category"
        case .quality, .components: return
        }
        try connection.execute(
            """
            UPDATE template SET \(column) = :value, reason = :reason, updated_at = :now
            WHERE workspace_id = :workspace_id AND waba_id = :waba_id AND name = :name AND language = :language
            """,
            [
                "value": notice.value, "reason": notice.reason, "now": now, "workspace_id": workspace,
                "waba_id": wabaID, "name": notice.name, "language": notice.language,
            ])
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
