import Domain

/// A message template of the WABA.
struct Template: Sendable {
    enum Status: String, Sendable, CaseIterable {
        case approved = "APPROVED"
        case pending = "PENDING"
        case rejected = "REJECTED"
        case paused = "PAUSED"
        case disabled = "DISABLED"
    }

    let id: Int64
    let name: String
    let language: String
    var category: String
    let parameterFormat: String
    var components: JSON
    var status: Status
    var rejectedReason: String?
    let createdAt: Timestamp

    static func key(name: String, language: String) -> String { "\(name)|\(language)" }

    var key: String { Self.key(name: name, language: language) }

    /// The members of a template, those named in `fields` when given, and always its id.
    func json(fields: [String] = []) -> JSON {
        let asked =
            fields.isEmpty ? ["name", "language", "status", "category", "parameter_format", "components"] : fields
        var object = JSONObject()
        for field in asked where field != "id" {
            if let value = member(field) { object.append(field, value) }
        }
        object.append("id", JSON(String(id)))
        return .object(object)
    }

    private func member(_ name: String) -> JSON? {
        switch name {
        case "name": JSON(self.name)
        case "language": JSON(language)
        case "status": JSON(status.rawValue)
        case "category": JSON(category)
        case "parameter_format": JSON(parameterFormat)
        case "components": components
        case "quality_score": ["score": "UNKNOWN", "date": JSON(createdAt.milliseconds / 1000)]
        case "rejected_reason": JSON(rejectedReason ?? "NONE")
        case "previous_category", "sub_category", "correct_category", "library_template_name": nil
        case "cta_url_link_tracking_opted_out", "is_primary_device_delivery_only": false
        case "message_send_ttl_seconds": nil
        default: nil
        }
    }
}
