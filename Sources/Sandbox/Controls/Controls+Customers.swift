import Domain
import Synchronization

/// `/sandbox/customers/…`: who the customers are, and what they do.
extension Controls {
    func customers(_ call: Call) throws(ControlError) -> Answer {
        switch (call.method, call.segments.count, call.segments.last) {
        case (.get, 0, _): return list(call)
        case (.get, 1, let phone?): return .json(try customer(Self.digits(phone)).controlJSON)
        case (.put, 1, let phone?): return try change(Self.digits(phone), Self.body(call))
        case (.post, 2, "messages"): return try write(Self.digits(call.segments[0]), Self.body(call))
        case (.post, 2, "number"): return try move(Self.digits(call.segments[0]), Self.body(call))
        case (.post, 2, "preferences"): return try prefer(Self.digits(call.segments[0]), Self.body(call))
        default: throw ControlError("There is no such control; GET /sandbox lists them.", status: 404)
        }
    }

    private func list(_ call: Call) -> Answer {
        let limit = call.number("limit", in: 1...1000) ?? 100
        let page = world.cloudAPI.state.withLock { $0.customers.page(after: call.query["after"] ?? "", limit: limit) }
        return .json([
            "data": .array(page.map(\.controlJSON)),
            "next": page.count == limit ? page.last.map { JSON($0.key) } ?? .null : .null,
        ])
    }

    private func customer(_ digits: String) throws(ControlError) -> Customer {
        guard let customer = world.cloudAPI.state.withLock({ $0.customers.find(phone: digits) }) else {
            throw ControlError("Nobody with this number has written or been written to.", status: 404)
        }
        return customer
    }

    /// Makes or changes a customer: `name`, `username`, `identity`, `parent_user_id` (true or an id), `user_id`,
    /// `reads`, `on_whatsapp`, `reachable`.
    private func change(_ digits: String, _ body: JSON) throws(ControlError) -> Answer {
        let identity = try Self.identity(body)
        let customer = world.cloudAPI.state.withLock { state in
            let known = state.customers.customer(phone: digits) { Customer(phone: digits) }
            return state.customers.update(known.key) { customer in
                Self.apply(body, identity, to: &customer)
                return customer
            } ?? known
        }
        return .json(customer.controlJSON)
    }

    private static func identity(_ body: JSON) throws(ControlError) -> IdentityMode? {
        guard let text = body["identity"]?.text else { return nil }
        guard let mode = IdentityMode(rawValue: text) else {
            let modes = IdentityMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("'identity' is one of \(modes).")
        }
        return mode
    }

    private static func apply(_ body: JSON, _ identity: IdentityMode?, to customer: inout Customer) {
        if let identity { customer.identity = identity }
        if let name = body["name"]?.text { customer.name = name }
        if let username = body["username"]?.text { customer.username = username }
        if let id = body["user_id"]?.text { customer.bsuid = id }
        switch body["parent_user_id"] {
        case .bool(true): customer.parentBSUID = Customer.parentBSUID(of: customer.bsuid)
        case .bool(false), .null: customer.parentBSUID = nil
        case .string(let id): customer.parentBSUID = id
        default: break
        }
        if let reads = body["reads"] { customer.behaviour.reads = reads.flag }
        if let isOnWhatsApp = body["on_whatsapp"]?.flag { customer.behaviour.isOnWhatsApp = isOnWhatsApp }
        if let isReachable = body["reachable"]?.flag { customer.behaviour.isReachable = isReachable }
    }

    /// One message, or `{"messages": [ … ]}`. `name`, `username`, `identity` and `parent_user_id` set who writes.
    private func write(_ digits: String, _ body: JSON) throws(ControlError) -> Answer {
        let list = body["messages"]?.items ?? [body]
        guard (1...1000).contains(list.count) else { throw ControlError("From 1 to 1,000 messages at once.") }
        let identity = try Self.identity(body)
        let number = try number(body)
        var drafts: [InboundDraft] = []
        for item in list { drafts.append(try InboundDraft(item)) }
        var receipts: [CloudAPI.Receipt] = []
        for draft in drafts {
            receipts.append(
                world.cloudAPI.receive(draft, from: digits, number: number) { Self.apply(body, identity, to: &$0) })
        }
        guard receipts.allSatisfy(\.isQueued) else {
            throw ControlError("A callback's queue is full: the message was not sent.", status: 503)
        }
        let customer = receipts.last?.customer.controlJSON ?? .null
        return .json(
            [
                "id": receipts.count == 1 ? JSON(receipts[0].id) : nil, "ids": JSON(receipts.map(\.id)),
                "customer": customer,
            ], status: 201)
    }

    /// `{"new_phone": "+34…"}`: the customer keeps WhatsApp under another number.
    private func move(_ digits: String, _ body: JSON) throws(ControlError) -> Answer {
        let new = try Self.digits(body["new_phone"]?.identifier)
        guard let receipt = world.cloudAPI.changeNumber(from: digits, to: new, number: try number(body)) else {
            throw ControlError("Nobody with this number has written or been written to.", status: 404)
        }
        return .json(["id": JSON(receipt.id), "customer": receipt.customer.controlJSON], status: 201)
    }

    /// `{"marketing": "stop" | "resume"}`
    private func prefer(_ digits: String, _ body: JSON) throws(ControlError) -> Answer {
        guard let value = body["marketing"]?.text, ["stop", "resume"].contains(value) else {
            throw ControlError("'marketing' is stop or resume.")
        }
        let customer = world.cloudAPI.setMarketing(isStopped: value == "stop", of: digits, number: try number(body))
        guard let customer else { throw ControlError("Nobody with this number is known.", status: 404) }
        return .json(customer.controlJSON)
    }
}
