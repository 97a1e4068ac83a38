import Domain
import Foundation
import Synchronization

/// Webhooks about contacts, as HubSpot's app subscriptions send them.
extension HubSpot {
    /// Who changed a record.
    enum ChangeSource: Sendable {
        /// A call with the token: our own write, seen from the bridge.
        case integration
        /// A person in HubSpot's pages.
        case person
    }

    enum Event: Sendable {
        case created
        case changed(CRMRecord)
        case deleted
        case erased
        case merged(primary: Int64, other: Int64, moved: Int)
    }

    /// Tells the callbacks; only contacts are subscribed to.
    func announce(_ event: Event, _ type: ObjectType, _ records: [CRMRecord], source: ChangeSource) {
        guard type == .contacts, !records.isEmpty else { return }
        if source == .integration { count(event, records.count) }
        guard !office.couriers(of: .hubspot).isEmpty else { return }
        let now = clock.now.milliseconds
        let updates = state.withLock { state in
            records.flatMap { record in
                Self.bodies(of: event, record, state.book(type)).map { body in
                    state.lastEventID += 1
                    return Self.update(body, eventID: state.lastEventID, source, now, configuration)
                }
            }
        }
        office.send(updates, from: .hubspot)
    }

    private func count(_ event: Event, _ records: Int) {
        state.withLock { state in
            switch event {
            case .created: state.contactWrites.created += records
            case .changed: state.contactWrites.updated += records
            case .deleted, .erased, .merged: break
            }
        }
    }

    /// The members that differ between events; `subscriptionType` first.
    private static func bodies(of event: Event, _ record: CRMRecord, _ book: PropertyBook) -> [JSON] {
        let id = JSON(record.id)
        switch event {
        case .created: return [["subscriptionType": "contact.creation", "objectId": id, "changeFlag": "CREATED"]]
        case .deleted: return [["subscriptionType": "contact.deletion", "objectId": id, "changeFlag": "DELETED"]]
        case .erased: return [["subscriptionType": "contact.privacyDeletion", "objectId": id]]
        case .merged(let primary, let other, let moved):
            return [
                [
                    "subscriptionType": "contact.merge", "objectId": JSON(primary), "primaryObjectId": JSON(primary),
                    "mergedObjectIds": [JSON(other)], "newObjectId": id, "numberOfPropertiesMoved": JSON(moved),
                ]
            ]
        case .changed(let before): return changes(from: before, to: record, book)
        }
    }

    private static func changes(from before: CRMRecord, to after: CRMRecord, _ book: PropertyBook) -> [JSON] {
        book.all.compactMap { definition in
            guard !definition.isReadOnly, let number = book.number(of: definition.name),
                before[number] != after[number]
            else { return nil }
            return [
                "subscriptionType": "contact.propertyChange", "objectId": JSON(after.id),
                "propertyName": JSON(definition.name), "propertyValue": JSON(value(after[number], definition.kind)),
            ]
        }
    }

    /// Webhooks carry times in milliseconds.
    private static func value(_ text: String?, _ kind: PropertyDefinition.Kind) -> String {
        guard let text else { return "" }
        return kind == .datetime ? ISOTime.milliseconds(text).map { String($0) } ?? text : text
    }

    private static func update(
        _ body: JSON, eventID: Int64, _ source: ChangeSource, _ now: Int64, _ configuration: SandboxConfiguration
    ) -> WebhookUpdate {
        var event: JSON = [
            "eventId": JSON(eventID), "subscriptionId": JSON(subscription(body)),
            "portalId": JSON(configuration.portalID), "appId": JSON(configuration.hubSpotAppID),
            "occurredAt": JSON(now),
        ]
        for member in body.members?.members ?? [] { event[member.key] = member.value }
        switch source {
        case .integration:
            event["changeSource"] = "INTEGRATION"
            event["sourceId"] = JSON(String(configuration.hubSpotAppID))
        case .person:
            event["changeSource"] = "CRM_UI"
            event["sourceId"] = "userId:5712547"
        }
        return WebhookUpdate(kind: .event, bytes: Array(JSONWriter.bytes(event).dropLast()))
    }

    private static func subscription(_ body: JSON) -> Int {
        let kinds = ["contact.creation", "contact.propertyChange", "contact.merge", "contact.deletion"]
        return 12_345 + (kinds.firstIndex(of: body["subscriptionType"]?.text ?? "") ?? kinds.count)
    }
}
