import Domain

/// `GET|PUT /sandbox/faults`: what goes wrong on purpose. A PUT replaces all faults.
extension Controls {
    func faults(_ call: Call) throws(ControlError) -> Answer {
        switch call.method {
        case .get: break
        case .put: try replaceFaults(Self.body(call))
        case .delete: world.faults.reset()
        default: throw ControlError("GET, PUT or DELETE.", status: 405)
        }
        return .json(world.faults.json)
    }

    private func replaceFaults(_ body: JSON) throws(ControlError) {
        guard let members = body.members else { throw ControlError("The body is an object.") }
        if let unknown = members.keys.first(where: { !["faults", "vendor_limits"].contains($0) }) {
            throw ControlError("'\(unknown)' is not known here: there are 'faults' and 'vendor_limits'.")
        }
        guard let list = (body["faults"] ?? []).items, list.count <= 100 else {
            throw ControlError("'faults' is a list of at most 100.")
        }
        var faults: [Fault] = []
        for item in list { faults.append(try Fault(item)) }
        world.faults.replace(faults: faults, vendorLimits: try Self.limits(body["vendor_limits"]))
    }

    /// `true`, `false`, or an object that switches single vendors.
    private static func limits(_ json: JSON?) throws(ControlError) -> [Fault.Target: Bool] {
        guard let json else { return [:] }
        if let flag = json.flag {
            return Dictionary(uniqueKeysWithValues: Fault.Target.limited.map { ($0, flag) })
        }
        let problem = ControlError("'vendor_limits' is true, false, or {\"whatsapp\": …, \"hubspot\": …}.")
        guard let members = json.members?.members else { throw problem }
        var limits: [Fault.Target: Bool] = [:]
        for member in members {
            guard let target = Fault.Target(rawValue: member.key), Fault.Target.limited.contains(target),
                let flag = member.value.flag
            else { throw problem }
            limits[target] = flag
        }
        return limits
    }
}
