import Domain
import NIOCore
import Synchronization

/// `GET /sandbox/messages`, `POST /sandbox/statuses`, `POST /sandbox/webhooks`, `/sandbox/templates`, `/sandbox/load`.
extension Controls {
    /// What the business sent, oldest first: `?to=`, `?callback_data=`, `?after=`, `?limit=`.
    func messages(_ call: Call) throws(ControlError) -> Answer {
        guard call.method == .get, call.segments.isEmpty else { throw ControlError("GET.", status: 405) }
        let limit = call.number("limit", in: 1...10_000) ?? 1000
        let after = max(0, call.query["after"].flatMap { Int($0) } ?? 0)
        let key = call.query["to"].flatMap { WhatsAppNumber.digits(of: $0) }.map(Customer.key(ofPhone:))
        let callbackData = call.query["callback_data"]
        return world.cloudAPI.state.withLock { state in
            let numbers = state.sent.list.numbers
            var (found, next): ([JSON], Int?) = ([], nil)
            for number in max(after, numbers.lowerBound)..<max(after, numbers.upperBound) {
                guard let message = state.sent.list[number], key == nil || message.customerKey == key,
                    callbackData == nil || message.callbackData == callbackData
                else { continue }
                if found.count == limit {
                    next = number
                    break
                }
                let count = message.callbackData.flatMap { state.sent.countsByCallbackData[$0] }
                found.append(
                    message.controlJSON(customer: state.customers[message.customerKey], callbackCount: count))
            }
            let count = callbackData.map { JSON(state.sent.countsByCallbackData[$0] ?? 0) }
            return .json(["data": .array(found), "next": next.map { JSON($0) } ?? .null, "count": count])
        }
    }

    /// `{"message_id": …, "status": …, "code"?: 131026}`: a status now, whatever came before.
    func status(_ call: Call) throws(ControlError) -> Answer {
        let body = try Self.body(call)
        guard let id = body["message_id"]?.text, let status = body["status"]?.text.flatMap(DeliveryStatus.init) else {
            throw ControlError("'message_id' and 'status' (sent, delivered, read, played, failed) are needed.")
        }
        let code = Int(clamping: body["code"]?.wholeNumber ?? 131_026)
        let failure = status == .failed ? GraphError.messaging(code, "Asked for at the controls.") : nil
        guard world.cloudAPI.advance(id, to: status, failure) else {
            throw ControlError("The business sent no message with this id.", status: 404)
        }
        return .json(["success": true], status: 201)
    }

    /// Posts the body as it is, signed, to every WhatsApp callback. With `?wait=1` the answers come back; without, it
    /// is queued. `?signature=wrong` spoils the signature.
    func webhook(_ call: Call) async throws(ControlError) -> Answer {
        let bytes = Array(call.body.readableBytesView)
        guard !bytes.isEmpty else { throw ControlError("There is no body to send.") }
        let update = WebhookUpdate(kind: .whole(id: "control"), bytes: bytes)
        guard call.query["wait"] != nil || call.query["signature"] == "wrong" else {
            guard world.office.send([update], from: .whatsapp) else {
                throw ControlError("A callback's queue is full.", status: 503)
            }
            return .json(["queued": true], status: 202)
        }
        var results: [JSON] = []
        for courier in world.office.couriers(of: .whatsapp) {
            let shipment = WebhookShipment(updates: [update])
            let result = await courier.post(shipment, spoilsSignature: call.query["signature"] == "wrong")
            results.append([
                "url": JSON(courier.callback.url), "status": result.status.map { JSON(Int($0)) } ?? .null,
                "failure": result.failure.map { JSON($0) },
            ])
        }
        return .json(["data": .array(results)])
    }

    /// `GET /sandbox/templates` lists; `PUT /sandbox/templates/{id}` `{"status": "REJECTED", "reason"?: …}` sets a
    /// template's status as a review would, with its webhook.
    func templates(_ call: Call) throws(ControlError) -> Answer {
        if call.method == .get, call.segments.isEmpty {
            let all = world.cloudAPI.state.withLock { $0.templates.templates }
            return .json(["data": .array(all.map { $0.json(fields: []) })])
        }
        guard call.method == .put, let id = call.segments.first.flatMap({ Int64($0) }) else {
            throw ControlError("GET, or PUT /sandbox/templates/{id}.", status: 405)
        }
        let body = try Self.body(call)
        guard let status = body["status"]?.text.flatMap(Template.Status.init) else {
            throw ControlError(
                "'status' is one of \(Template.Status.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard let template = world.cloudAPI.review(id: id, status, reason: body["reason"]?.text) else {
            throw ControlError("There is no template with this id.", status: 404)
        }
        return .json(template.json(fields: []))
    }

    func load(_ call: Call) throws(ControlError) -> Answer {
        switch call.method {
        case .get: break
        case .delete: world.loads.stop()
        case .post:
            guard world.loads.begin(try LoadPlan(Self.body(call))) else {
                throw ControlError("A load is running; DELETE /sandbox/load stops it.", status: 409)
            }
            return .json(world.loads.json, status: 202)
        default: throw ControlError("GET, POST or DELETE.", status: 405)
        }
        return .json(world.loads.json)
    }
}
