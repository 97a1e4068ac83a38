import Domain
import Synchronization

/// `GET|PUT /sandbox/settings` and `GET|POST /sandbox/clock`.
extension Controls {
    func settings(_ call: Call) throws(ControlError) -> Answer {
        switch call.method {
        case .get: break
        case .put: try change(Self.body(call))
        default: throw ControlError("GET or PUT.", status: 405)
        }
        return .json(settingsJSON)
    }

    /// `{"advance_seconds": 86400}` moves the sandbox's own clock forward; `{"held": true}` holds it still.
    func clock(_ call: Call) throws(ControlError) -> Answer {
        if call.method == .post { try moveClock(Self.body(call)) }
        return .json([
            "now": JSON(world.clock.now.milliseconds), "advanced_milliseconds": JSON(world.clock.advanced),
            "held": JSON(world.clock.isHeld),
        ])
    }

    private func moveClock(_ body: JSON) throws(ControlError) {
        if let isHeld = body["held"]?.flag { world.clock.hold(isHeld) }
        if let advance = body["advance_seconds"] {
            guard let seconds = advance.decimal, (0...3e9).contains(seconds) else {
                throw ControlError("'advance_seconds' is a number from 0 to 3,000,000,000.")
            }
            world.clock.advance(milliseconds: Int64(seconds * 1000))
        }
        world.timetable.wake()
    }

    private func change(_ body: JSON) throws(ControlError) {
        var settings = world.cloudAPI.settings.withLock { $0 }
        for member in body.members?.members ?? [] {
            switch member.key {
            case "status_delays": try Self.change(&settings.statuses, member.value)
            case "read_share": settings.statuses.readShare = try Self.number(member, 0...1)
            case "webhook_version":
                settings.statuses.webhookVersion = try Self.version(member.value)
            case "window_refusal":
                settings.statuses.refusesClosedWindowInAnswer = member.value.text == "answer"
            case "failed_contacts": settings.statuses.failedCarryContacts = member.value.flag ?? false
            case "template_review_milliseconds":
                settings.templateReviewTakes = .milliseconds(Int64(try Self.number(member, 0...86_400_000)))
            case "updates_per_post": world.office.limit(updatesPerPost: Int(try Self.number(member, 1...1000)))
            default: throw ControlError("There is no setting '\(member.key)'; GET lists them.")
            }
        }
        world.cloudAPI.settings.withLock { [settings] in $0 = settings }
    }

    /// `{"sent": [50, 200], "delivered": [100, 900], "read": [1000, 6000]}`, in milliseconds.
    private static func change(
        _ statuses: inout SandboxConfiguration.Statuses, _ json: JSON
    ) throws(ControlError) {
        for member in json.members?.members ?? [] {
            let bounds = (member.value.items ?? []).compactMap(\.wholeNumber)
            guard bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1], bounds[1] <= 86_400_000 else {
                throw ControlError("A delay is [least, most] in milliseconds.")
            }
            let range: ClosedRange<Duration> = .milliseconds(bounds[0]) ... .milliseconds(bounds[1])
            switch member.key {
            case "sent": statuses.sent = range
            case "delivered": statuses.delivered = range
            case "read": statuses.read = range
            default: throw ControlError("Delays are of sent, delivered and read.")
            }
        }
    }

    private static func number(
        _ member: JSONObject.Member, _ range: ClosedRange<Double>
    ) throws(ControlError) -> Double {
        guard let number = member.value.decimal, range.contains(number) else {
            throw ControlError("'\(member.key)' is a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// `v23.0` or `23`.
    private static func version(_ json: JSON) throws(ControlError) -> Int {
        let text = json.identifier ?? ""
        guard let version = Int(text.drop { $0 == "v" }.prefix { $0 != "." }), (21...26).contains(version) else {
            throw ControlError("'webhook_version' is one of v21.0 to v26.0.")
        }
        return version
    }

    private var settingsJSON: JSON {
        let settings = world.cloudAPI.settings.withLock { $0 }
        let delays = [
            ("sent", settings.statuses.sent), ("delivered", settings.statuses.delivered),
            ("read", settings.statuses.read),
        ]
        var object = JSONObject()
        for (name, range) in delays {
            object.append(
                name, [JSON(range.lowerBound.wholeMilliseconds), JSON(range.upperBound.wholeMilliseconds)])
        }
        return [
            "status_delays": .object(object), "read_share": JSON(settings.statuses.readShare),
            "webhook_version": JSON("v\(settings.statuses.webhookVersion).0"),
            "window_refusal": JSON(settings.statuses.refusesClosedWindowInAnswer ? "answer" : "status"),
            "failed_contacts": JSON(settings.statuses.failedCarryContacts),
            "template_review_milliseconds": JSON(settings.templateReviewTakes.wholeMilliseconds),
        ]
    }
}
