import Domain
import Foundation
import Synchronization

/// `/{version}/{waba_id}/…`, `/{version}/{app_id}/…` and tokens.
extension CloudAPI {
    func accountEdge(_ call: Call, _ edge: String?) throws(GraphError) -> Answer {
        switch (call.method, edge) {
        case (.get, nil): return .json(accountJSON)
        case (.get, "phone_numbers"): return phoneNumbers(call)
        case (_, "message_templates"): return try templates(call)
        case (.get, "subscribed_apps"):
            return .json(["data": state.withLock { $0.isSubscribed } ? [subscription] : []])
        case (.post, "subscribed_apps"):
            state.withLock { $0.isSubscribed = true }
            return .json(["success": true])
        case (.delete, "subscribed_apps"):
            state.withLock { $0.isSubscribed = false }
            return .json(["success": true])
        default: throw .unknownObject(configuration.wabaID, method: call.method.rawValue)
        }
    }

    func appEdge(_ call: Call, _ edge: String?) throws(GraphError) -> Answer {
        switch (call.method, edge) {
        case (.get, nil): return .json(["id": JSON(configuration.appID), "name": "Puente sandbox"])
        case (.get, "subscriptions"): return .json(["data": .array(appSubscriptions)])
        case (.post, "subscriptions"): return try subscribe(call)
        case (.post, "uploads"): return .json(["id": JSON("upload:\(UInt64.random(in: 1...UInt64.max))")])
        default: throw .unknownObject(configuration.appID, method: call.method.rawValue)
        }
    }

    /// `{app id}|{app secret}`, or what `oauth/access_token` gives: the same.
    func isAppToken(_ token: String) -> Bool {
        WebhookSignature.isEqual(token, "\(configuration.appID)|\(configuration.appSecret)")
    }

    func appToken(_ call: Call) throws(GraphError) -> Answer {
        guard call.query["client_id"] == configuration.appID,
            WebhookSignature.isEqual(call.query["client_secret"] ?? "", configuration.appSecret)
        else { throw GraphError(status: 400, code: 1, message: "Error validating client secret.") }
        return .json([
            "access_token": JSON("\(configuration.appID)|\(configuration.appSecret)"), "token_type": "bearer",
        ])
    }

    func debugToken(_ call: Call) -> Answer {
        let token = call.query["input_token"] ?? ""
        guard WebhookSignature.isEqual(token, configuration.accessToken) else {
            return .json([
                "data": [
                    "error": ["code": 190, "message": "Invalid OAuth access token."], "is_valid": false, "scopes": [],
                ]
            ])
        }
        let waba = JSON(configuration.wabaID)
        return .json([
            "data": [
                "app_id": JSON(configuration.appID), "type": "SYSTEM_USER", "application": "Puente sandbox",
                "data_access_expires_at": 0, "expires_at": 0, "is_valid": true, "issued_at": 1_735_689_600,
                "scopes": ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"],
                "granular_scopes": [
                    ["scope": "whatsapp_business_management", "target_ids": [waba]],
                    ["scope": "whatsapp_business_messaging", "target_ids": [waba]],
                ],
                "user_id": "122100000000000001",
            ]
        ])
    }

    private var accountJSON: JSON {
        [
            "id": JSON(configuration.wabaID), "name": "Ejemplo S.A.", "currency": "EUR", "timezone_id": "45",
            "country": "ES", "message_template_namespace": "5f3b1c2e_0f4d_4c55_9d3a_1a2b3c4d5e6f",
            "account_review_status": "APPROVED",
            "owner_business_info": ["id": JSON(configuration.portfolioID), "name": "Ejemplo S.A."],
        ]
    }

    private var subscription: JSON {
        [
            "whatsapp_business_api_data": [
                "id": JSON(configuration.appID), "name": "Puente sandbox",
                "link": JSON("https://www.facebook.com/games/?app_id=\(configuration.appID)"),
            ]
        ]
    }

    /// Everything that the sandbox sends, and what an operator subscribes to.
    private static let webhookFields = [
        "messages", "message_template_status_update", "message_template_quality_update", "template_category_update",
        "account_update", "account_alerts", "business_capability_update", "phone_number_quality_update",
        "phone_number_name_update", "user_preferences",
    ]

    private var appSubscriptions: [JSON] {
        office.callbacks.filter { $0.sender == .whatsapp }.map { callback in
            [
                "object": "whatsapp_business_account", "callback_url": JSON(callback.url), "active": true,
                "fields": .array(Self.webhookFields.map { ["name": JSON($0), "version": "v25.0"] }),
            ]
        }
    }

    /// Meta verifies the callback before it answers; the sandbox takes it as it is. The verification itself is
    /// `POST /sandbox/callbacks/verify`.
    private func subscribe(_ call: Call) throws(GraphError) -> Answer {
        let body = try Self.body(call)
        guard let url = body["callback_url"]?.text ?? call.query["callback_url"],
            let callback = SandboxCallback("whatsapp=\(url)")
        else { throw .parameter("The parameter callback_url must be a valid URL.") }
        let known = office.callbacks.filter { $0.sender == .whatsapp }
        office.setCallbacks(known + [callback], of: [.whatsapp])
        return .json(["success": true])
    }

    private func phoneNumbers(_ call: Call) -> Answer {
        let fields = Self.fields(call)
        let limit = call.number("limit", in: 1...100) ?? 25
        let all = configuration.numbers
        let start = GraphPaging.offset(call.query["after"])
        let page = all.dropFirst(start).prefix(limit).map { account($0).json(fields: fields) }
        return .json(GraphPaging.page(Array(page), start: start, total: all.count, call: call))
    }
}
