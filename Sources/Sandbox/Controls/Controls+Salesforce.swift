import Domain
import JWTKit
import Synchronization

/// `/sandbox/crm/salesforce/…`: what the org holds, what people there do, and what its administrator sets up.
extension Controls {
    func salesforce(_ call: Call) async throws(ControlError) -> Answer {
        switch (call.method, call.segments.first, call.segments.dropFirst().first) {
        case (.get, "contacts", nil): return try salesforceList("Contact", call)
        case (.get, "activities", nil): return try salesforceActivities(call)
        case (.post, "contacts", nil): return try salesforcePerson(call, nil)
        case (.patch, "contacts", let id?), (.delete, "contacts", let id?): return try salesforcePerson(call, id)
        case (.post, "merge", nil): return try salesforceMerge(call)
        case (.post, "crowd", nil): return try crowd(call, salesforceCrowd)
        case (.post, "deploy", nil):
            world.salesforce.deploy()
            return .noContent
        case (.get, "org", nil): return .json(salesforceOrg)
        case (.put, "org", nil): return try await setSalesforceOrg(Self.body(call))
        case (.delete, "sessions", nil):
            world.salesforce.tokens.withLock { $0.endAll() }
            return .noContent
        default:
            throw ControlError(
                "Salesforce has contacts, activities, merge, crowd, deploy, org and sessions.", status: 404)
        }
    }

    /// Messages where their object was deployed, else tasks; `?object=Task` asks for those alone.
    private func salesforceActivities(_ call: Call) throws(ControlError) -> Answer {
        let hasObject = world.salesforce.state.withLock { $0.number(of: "WhatsApp_Message__c") != nil }
        return try salesforceList(call.query["object"] ?? (hasObject ? "WhatsApp_Message__c" : "Task"), call)
    }

    /// Records that are not deleted, oldest first, each with the moment when it came: Salesforce itself shows seconds.
    private func salesforceList(_ type: String, _ call: Call) throws(ControlError) -> Answer {
        let after = max(0, call.query["after"].flatMap { Int($0) } ?? 0)
        let limit = call.number("limit", in: 1...10_000) ?? 1000
        let answer: Answer? = world.salesforce.state.withLock { state in
            guard let object = state.number(of: type) else { return nil }
            let view = RecordView(object: object, state: state, version: "v66.0")
            let table = state[object].table
            var (records, next): ([JSON], Int?) = ([], nil)
            let numbers = table.records.numbers
            for number in max(after, numbers.lowerBound)..<max(after, numbers.upperBound) {
                guard let record = table[number], !record.isDeleted else { continue }
                if records.count == limit {
                    next = number
                    break
                }
                var row = view.json(record)
                row["received_at"] = JSON(record.createdAt)
                records.append(row)
            }
            return .json(["data": .array(records), "next": next.map { JSON($0) } ?? .null])
        }
        guard let answer else { throw ControlError("There is no object '\(type.prefix(60))'.", status: 404) }
        return answer
    }

    /// A person in Salesforce makes, changes or deletes a contact: `{"fields": {…}}`. No duplicate rule holds him up.
    private func salesforcePerson(_ call: Call, _ id: String?) throws(ControlError) -> Answer {
        let fields = try Self.body(call)["fields"] ?? [:]
        let now = world.clock.now.milliseconds
        do throws(SalesforceError) {
            return try world.salesforce.withState { state throws(SalesforceError) in
                let object = try state.object("Contact")
                func view(_ record: SObjectRecord) -> JSON {
                    RecordView(object: object, state: state, version: "v66.0").json(record)
                }
                switch (call.method, id) {
                case (.post, nil):
                    let draft = try SObjectDraft(fields, state[object].schema, isNew: true)
                    let record = try state.insert(draft, into: object, at: now)
                    return .json(view(record), status: 201)
                case (.patch, let id?):
                    let draft = try SObjectDraft(fields, state[object].schema, isNew: false)
                    let record = try state.live(id, of: object)
                    return .json(view(try state.update(record.number, of: object, draft, at: now)))
                case (.delete, let id?):
                    try state.delete(id, of: object, at: now)
                    return .noContent
                default: throw .method
                }
            }
        } catch {
            return error.answer
        }
    }

    /// `{"primary": ID, "other": ID}`
    private func salesforceMerge(_ call: Call) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        guard let primary = body["primary"]?.text, let other = body["other"]?.text else {
            throw ControlError("'primary' and 'other' are ids of contacts.")
        }
        let now = world.clock.now.milliseconds
        do throws(SalesforceError) {
            return try world.salesforce.withState { state throws(SalesforceError) in
                let object = try state.object("Contact")
                let record = try state.merge(other, into: primary, of: object, at: now)
                return .json(RecordView(object: object, state: state, version: "v66.0").json(record))
            }
        } catch {
            return error.answer
        }
    }

    /// As `PUT` takes it, without the key.
    private var salesforceOrg: JSON {
        let (rule, mayCustomise) = world.salesforce.state.withLock { ($0.duplicateRule.rawValue, $0.mayCustomise) }
        let daily = world.salesforce.limits.withLock { $0.daily }
        let timeout = world.salesforce.tokens.withLock { $0.timeout }
        return [
            "duplicate_rule": JSON(rule), "may_customise": JSON(mayCustomise), "daily_calls": JSON(daily),
            "session_seconds": JSON(timeout / 1000),
        ]
    }

    /// `{"duplicate_rule": "off|alert|block", "may_customise": false, "daily_calls": 15000, "session_seconds": 900,
    /// "public_key": PEM}`, any of them.
    private func setSalesforceOrg(_ body: JSON) async throws(ControlError) -> Answer {
        for member in body.members?.members ?? [] {
            switch member.key {
            case "duplicate_rule":
                guard let rule = member.value.text.flatMap(DuplicateRule.init(rawValue:)) else {
                    throw ControlError("'duplicate_rule' is off, alert or block.")
                }
                world.salesforce.state.withLock { $0.duplicateRule = rule }
            case "may_customise":
                world.salesforce.state.withLock { $0.mayCustomise = member.value.flag ?? true }
            case "daily_calls":
                world.salesforce.limits.withLock { $0.daily = Int(clamping: member.value.wholeNumber ?? 105_000) }
            case "session_seconds":
                let seconds = min(max(member.value.wholeNumber ?? 7200, 1), 86_400)
                world.salesforce.tokens.withLock { $0.timeout = seconds * 1000 }
            case "public_key": try await uploadCertificate(member.value.text ?? "")
            default: throw ControlError("There is no '\(member.key)' of the org.")
            }
        }
        return .noContent
    }

    private func uploadCertificate(_ pem: String) async throws(ControlError) {
        do {
            let keys = JWTKeyCollection()
            let uploaded = try Insecure.RSA.PublicKey(pem: pem)
            await keys.add(rsa: uploaded, digestAlgorithm: .sha256)
            let key = try await keys.getKey()
            world.salesforce.certificate.withLock { $0 = key }
        } catch {
            throw ControlError("'public_key' is the PEM of an RSA key of at least 2048 bits.")
        }
    }
}
