/// A key of one of our rows: 63 bits, roughly ordered by the time the row was made.
///
/// Layout: 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of node number, 12 bits of sequence.
/// Outside the database it is written as 13 characters of Crockford base 32.
/// The `Row` parameter only keeps ids of different tables apart.
package struct Identifier<Row>: Hashable, Comparable, Sendable, RawRepresentable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}

extension Identifier: CustomStringConvertible, LosslessStringConvertible {
    package var description: String {
        CrockfordBase32.encode(rawValue)
    }

    /// Reads the 13 characters that `description` writes; nil for anything else.
    package init?(_ description: String) {
        guard let value = CrockfordBase32.decode(description) else { return nil }
        self.init(rawValue: value)
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id: 13 characters expected")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

// What the ids belong to. These types carry no values; they only name the row.
package enum WorkspaceRow {}
package enum AppRow {}
package enum NumberRow {}
package enum ContactRow {}
package enum HandleRow {}
package enum ConversationRow {}
package enum MessageRow {}
package enum MediaRow {}
package enum JobRow {}
package enum IntakeRow {}
package enum UnroutedRow {}
package enum ConnectionRow {}
package enum StaffRow {}
package enum APIKeyRow {}
package enum AlarmRow {}
package enum TemplateRow {}
package enum NoticeRow {}
package enum LabelRow {}
package enum FieldRow {}
package enum SegmentRow {}
package enum LabelRuleRow {}
package enum ConsentEntryRow {}
package enum OptInRow {}
package enum ChangeRow {}
package enum ImportRow {}
package enum DuplicateRow {}
package enum MergeBatchRow {}
package enum PersonExportRow {}
package enum ErasureRow {}
package enum SyncChangeRow {}
package enum SyncConflictRow {}
package enum WebhookEndpointRow {}
package enum WebhookEventRow {}
package enum WebhookDeliveryRow {}
package enum BackfillRow {}
package enum SyncPutBackRow {}

package typealias WorkspaceID = Identifier<WorkspaceRow>
package typealias AppID = Identifier<AppRow>
package typealias NumberID = Identifier<NumberRow>
package typealias ContactID = Identifier<ContactRow>
package typealias HandleID = Identifier<HandleRow>
package typealias ConversationID = Identifier<ConversationRow>
package typealias MessageID = Identifier<MessageRow>
package typealias MediaID = Identifier<MediaRow>
package typealias JobID = Identifier<JobRow>
package typealias IntakeID = Identifier<IntakeRow>
package typealias UnroutedID = Identifier<UnroutedRow>
package typealias ConnectionID = Identifier<ConnectionRow>
package typealias StaffID = Identifier<StaffRow>
package typealias APIKeyID = Identifier<APIKeyRow>
package typealias AlarmID = Identifier<AlarmRow>
package typealias TemplateID = Identifier<TemplateRow>
package typealias NoticeID = Identifier<NoticeRow>
package typealias LabelID = Identifier<LabelRow>
package typealias FieldID = Identifier<FieldRow>
package typealias SegmentID = Identifier<SegmentRow>
package typealias LabelRuleID = Identifier<LabelRuleRow>
package typealias ConsentEntryID = Identifier<ConsentEntryRow>
package typealias OptInID = Identifier<OptInRow>
package typealias ChangeID = Identifier<ChangeRow>
package typealias ImportID = Identifier<ImportRow>
package typealias DuplicateID = Identifier<DuplicateRow>
package typealias MergeBatchID = Identifier<MergeBatchRow>
package typealias PersonExportID = Identifier<PersonExportRow>
package typealias ErasureID = Identifier<ErasureRow>
package typealias SyncChangeID = Identifier<SyncChangeRow>
package typealias SyncConflictID = Identifier<SyncConflictRow>
package typealias WebhookEndpointID = Identifier<WebhookEndpointRow>
package typealias WebhookEventID = Identifier<WebhookEventRow>
package typealias WebhookDeliveryID = Identifier<WebhookDeliveryRow>
package typealias BackfillID = Identifier<BackfillRow>
package typealias SyncPutBackID = Identifier<SyncPutBackRow>
