import Domain

/// What the own system has taken: contacts and messages, each once however often it was told of. An event is known by
/// its id; the thing it tells of by `data.id`.
struct OwnState: Sendable {
    enum Kind: Sendable {
        case contacts, activities
    }

    private struct Place {
        let kind: Kind
        let number: Int
    }

    private var contacts: RecentList<OwnItem>
    private var activities: RecentList<OwnItem>
    private var places: [String: Place] = [:]
    private var seenEvents: [String: Place] = [:]
    private var eventOrder = FIFOQueue<String>()
    private let capacity: Int
    private var lastRemoteID = 70_000
    private var repetitions = 0
    private var tests = 0
    var requests = 0
    var unverified = 0

    init(capacity: Int) {
        self.capacity = capacity
        contacts = RecentList(capacity: capacity)
        activities = RecentList(capacity: capacity)
    }

    static func isRecording(_ type: String) -> Bool { type == "message.received" || type == "message.sent" }

    /// Takes an event and gives the id under which this system knows what it tells of.
    mutating func take(eventID: String, type: String, data: JSON, webhookID: String, now: Timestamp) -> String {
        if type == "webhook.test" {
            tests += 1
            return eventID
        }
        if let place = seenEvents[eventID] {
            repetitions += 1
            return change(place) { $0.repetitions += 1 }
        }
        let kind: Kind = type.hasPrefix("contact.") ? .contacts : .activities
        let id = data["id"]?.identifier ?? eventID
        let place = places[key(id, kind)]
        if let place {
            remember(eventID, place)
            return change(place) { $0.take(type: type, data: data, now: now) }
        }
        lastRemoteID += 1
        let item = OwnItem(
            id: id, type: type, data: data, remoteID: data["external_id"]?.identifier ?? "own-\(lastRemoteID)",
            webhookID: webhookID, receivedAt: now, updatedAt: now, recordings: Self.isRecording(type) ? 1 : 0)
        remember(eventID, keep(item, kind))
        return item.remoteID
    }

    func page(_ kind: Kind, after: Int, limit: Int) -> (items: [JSON], next: Int?) {
        let list = kind == .contacts ? contacts : activities
        let start = max(list.numbers.lowerBound, after)
        let end = min(start + limit, list.numbers.upperBound)
        guard start < end else { return ([], nil) }
        return ((start..<end).compactMap { list[$0]?.json }, end < list.numbers.upperBound ? end : nil)
    }

    var json: JSON {
        [
            "contacts": JSON(contacts.count), "activities": JSON(activities.count), "requests": JSON(requests),
            "repetitions": JSON(repetitions), "unverified": JSON(unverified), "tests": JSON(tests),
        ]
    }

    private func key(_ id: String, _ kind: Kind) -> String { kind == .contacts ? "c/\(id)" : "a/\(id)" }

    private mutating func keep(_ item: OwnItem, _ kind: Kind) -> Place {
        let (number, evicted) = kind == .contacts ? contacts.append(item) : activities.append(item)
        let place = Place(kind: kind, number: number)
        places[key(item.id, kind)] = place
        if let evicted { places[key(evicted.id, kind)] = nil }
        return place
    }

    private mutating func remember(_ eventID: String, _ place: Place) {
        seenEvents[eventID] = place
        eventOrder.append(eventID)
        if eventOrder.count > capacity * 2, let oldest = eventOrder.popFirst() { seenEvents[oldest] = nil }
    }

    private mutating func change(_ place: Place, _ change: (inout OwnItem) -> Void) -> String {
        let withAnswer: (inout OwnItem) -> String = { item in
            change(&item)
            return item.remoteID
        }
        switch place.kind {
        case .contacts: return contacts.update(place.number, withAnswer) ?? ""
        case .activities: return activities.update(place.number, withAnswer) ?? ""
        }
    }
}
