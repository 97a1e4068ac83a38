import Foundation

/// A refusal in HubSpot's words. Source: HubSpot, "Error handling" and the samples of its CRM API.
struct HubSpotError: Error, Equatable, Sendable {
    struct Detail: Equatable, Sendable {
        let message: String
        let code: String
        let property: String?
    }

    let status: Int
    let category: String
    let message: String
    var details: [Detail] = []
    /// `ids`, `objectWriteTraceId` and the like.
    var context: [String: [String]] = [:]

    var answer: Answer {
        if status == 429 { return HubSpotLimits.refusal(message) }
        return .json(
            [
                "status": "error", "message": JSON(message), "correlationId": JSON(UUID().uuidString.lowercased()),
                "category": JSON(category), "errors": details.isEmpty ? nil : .array(details.map(\.json)),
                "context": context.isEmpty ? nil : contextJSON,
            ], status: status)
    }

    /// As an element of `errors[]` in a batch's 207.
    var batchItem: JSON {
        [
            "status": "error", "category": JSON(category), "message": JSON(message), "context": contextJSON,
            "errors": .array(details.map(\.json)), "links": [:],
        ]
    }

    func with(_ key: String, _ values: [String]) -> HubSpotError {
        var copy = self
        copy.context[key] = values
        return copy
    }

    private var contextJSON: JSON {
        var object = JSONObject()
        for (key, values) in context.sorted(by: { $0.key < $1.key }) { object.append(key, JSON(values)) }
        return .object(object)
    }

    static func validation(_ message: String) -> HubSpotError {
        HubSpotError(status: 400, category: "VALIDATION_ERROR", message: message)
    }

    /// Several wrong property values in one record.
    static func properties(_ details: [Detail]) -> HubSpotError {
        let items = details.map { detail -> JSON in
            [
                "isValid": false, "message": JSON(detail.message), "error": JSON(detail.code),
                "name": JSON(detail.property ?? ""), "localizedErrorMessage": JSON(detail.message),
            ]
        }
        let list = String(decoding: JSONWriter.bytes(.array(items)), as: UTF8.self)
        return HubSpotError(
            status: 400, category: "VALIDATION_ERROR", message: "Property values were not valid: \(list)",
            details: details)
    }

    static let notFound = HubSpotError(status: 404, category: "OBJECT_NOT_FOUND", message: "resource not found")

    static func missing(ids: [String], type: String) -> HubSpotError {
        HubSpotError(
            status: 404, category: "OBJECT_NOT_FOUND",
            message: "Could not get some \(type) objects, they may be deleted or not exist. Check that ids are valid.",
            context: ["ids": ids])
    }

    static func conflict(_ message: String) -> HubSpotError {
        HubSpotError(status: 409, category: "CONFLICT", message: message)
    }

    static let noToken = HubSpotError(
        status: 401, category: "INVALID_AUTHENTICATION",
        message: "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find "
            + "more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview")
    static let deadToken = HubSpotError(
        status: 401, category: "EXPIRED_AUTHENTICATION", message: "The OAuth token used to make this call expired.")
}

extension HubSpotError.Detail {
    fileprivate var json: JSON {
        [
            "message": JSON(message), "code": JSON(code),
            "context": property.map { ["propertyName": [JSON($0)]] },
        ]
    }
}
