import Domain
import Synchronization

/// `GET /sandbox/summary`: every count.
extension Controls {
    var summary: JSON {
        let (whatsapp, templates) = world.cloudAPI.state.withLock { state in
            (Self.whatsapp(state), state.templates.templates.count)
        }
        return [
            "now": JSON(world.clock.now.milliseconds), "whatsapp": whatsapp, "templates": JSON(templates),
            "whatsapp_answers": world.answerCounts(of: .whatsapp), "webhooks": world.office.json,
            "hubspot": hubSpot, "own": own, "odoo": odooSummary, "salesforce": salesforceCounts,
            "zoho": zohoSummary,
            "simulated_customers": world.customers.json, "load": world.loads.json,
            "planned_actions": JSON(world.timetable.waiting), "faults": world.faults.json,
        ]
    }

    private static func whatsapp(_ state: CloudState) -> JSON {
        var (statuses, refusals) = (JSONObject(), JSONObject())
        for (name, count) in state.counters.statuses.sorted(by: { $0.key < $1.key }) {
            statuses.append(name, JSON(count))
        }
        for (code, count) in state.counters.refusals.sorted(by: { $0.key < $1.key }) {
            refusals.append(String(code), JSON(count))
        }
        return [
            "customers": JSON(state.customers.count), "inbound": JSON(state.counters.inbound),
            "inbound_refused": JSON(state.counters.inboundRefused), "accepted": JSON(state.sent.accepted),
            "kept": JSON(state.sent.list.count), "repeated_callback_data": JSON(state.sent.repeatedCallbackData),
            "statuses": .object(statuses), "refusals": .object(refusals), "read_marks": JSON(state.counters.readMarks),
            "typing_marks": JSON(state.counters.typingMarks), "media": JSON(state.media.count),
        ]
    }

    private var hubSpot: JSON {
        world.hubSpot.state.withLock { state in
            var counts = JSONObject()
            for type in ObjectType.allCases { counts.append(type.name, JSON(state.table(type).count)) }
            counts.append("contact_writes", state.contactWrites.json)
            counts.append("tokens", JSON(state.tokens.issued))
            counts.append("least_calls_left", world.hubSpot.leastCallsLeft.map { JSON($0) } ?? .null)
            counts.append("answers", world.answerCounts(of: .hubspot))
            return .object(counts)
        }
    }

    private var salesforceCounts: JSON {
        var counts = JSONObject()
        let (objects, writes) = world.salesforce.state.withLock { ($0.objects, $0.contactWrites) }
        for object in objects { counts.append(object.schema.name, JSON(object.table.records.count)) }
        counts.append("contact_writes", writes.json)
        counts.append("answers", world.answerCounts(of: .salesforce))
        return .object(counts)
    }

    private var own: JSON {
        var own = world.ownSystem.json
        own["answers"] = world.answerCounts(of: .own)
        return own
    }
}
