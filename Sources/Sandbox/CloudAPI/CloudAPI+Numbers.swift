import Domain
import Foundation
import NIOCore
import Synchronization

/// `/{version}/{phone_number_id}/…`
extension CloudAPI {
    func numberEdge(_ call: Call, _ number: SandboxNumber, _ edge: String?) throws(GraphError) -> Answer {
        switch (call.method, edge) {
        case (.post, "messages"), (.post, "marketing_messages"): return try messages(call, number)
        case (.post, "media"): return try upload(call, number)
        case (.get, nil): return .json(account(number).json(fields: Self.fields(call)))
        case (.post, nil): return try change(call, number)
        case (.post, "register"): return try register(call, number)
        case (.post, "deregister"):
            update(number) { $0.isRegistered = false }
            return .json(["success": true])
        case (.post, "request_code"), (.post, "verify_code"), (.post, "settings"): return .json(["success": true])
        case (.get, "settings"):
            return .json(["storage_configuration": ["status": "DEFAULT"], "calling": ["status": "DISABLED"]])
        case (.get, "whatsapp_business_profile"):
            return .json(["data": [account(number).profile(fields: Self.fields(call))]])
        case (.post, "whatsapp_business_profile"): return try changeProfile(call, number)
        default: throw .unknownObject(number.id, method: call.method.rawValue)
        }
    }

    func account(_ number: SandboxNumber) -> NumberAccount {
        state.withLock { $0.accounts[number.id] } ?? NumberAccount(number)
    }

    private func update(_ number: SandboxNumber, _ change: (inout NumberAccount) -> Void) {
        state.withLock { state in change(&state.accounts[number.id, default: NumberAccount(number)]) }
    }

    static func fields(_ call: Call) -> [String] {
        // A field may carry parameters, `owner.limit(1){name}` for one: its name is what comes before them.
        (call.query["fields"] ?? "").split(separator: ",").compactMap { field in
            let name = field.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            return name.isEmpty ? nil : String(name)
        }
    }

    static func body(_ call: Call) throws(GraphError) -> JSON {
        if call.body.readableBytes == 0 { return [:] }
        do {
            return try call.json()
        } catch {
            throw .parameter("The request body is not valid JSON: \(error.message) at byte \(error.offset).")
        }
    }

    private func register(_ call: Call, _ number: SandboxNumber) throws(GraphError) -> Answer {
        let pin = try Self.body(call)["pin"]?.identifier ?? call.query["pin"] ?? ""
        guard pin.count == 6, pin.allSatisfy(\.isASCIIDigit) else {
            throw .parameter("Param pin must be a string of 6 digits.")
        }
        let known = account(number).pin
        if let known, known != pin { throw .messaging(133_005, "The PIN is not the one set for this number.") }
        update(number) { account in
            account.pin = pin
            account.isRegistered = true
        }
        return .json(["success": true])
    }

    private func change(_ call: Call, _ number: SandboxNumber) throws(GraphError) -> Answer {
        let body = try Self.body(call)
        if let pin = body["pin"]?.identifier { update(number) { $0.pin = pin } }
        return .json(["success": true])
    }

    private func changeProfile(_ call: Call, _ number: SandboxNumber) throws(GraphError) -> Answer {
        let body = try Self.body(call)
        let root = Field(json: body, path: "")
        try root.optionalText("about", max: 139, min: 1)
        try root.optionalText("address", max: 256)
        try root.optionalText("description", max: 512)
        try root.optionalText("email", max: 128)
        guard (body["websites"]?.items ?? []).count <= 2 else {
            throw .parameter("Param websites must have at most 2 elements.")
        }
        update(number) { account in
            for name in NumberAccount.profileFields {
                if let value = body[name] { account.profile[name] = value }
            }
        }
        return .json(["success": true])
    }
}
