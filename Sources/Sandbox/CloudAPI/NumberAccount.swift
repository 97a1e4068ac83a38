/// A business number's registration and public profile.
struct NumberAccount: Sendable {
    static let profileFields = [
        "about", "address", "description", "email", "websites", "vertical", "profile_picture_url",
    ]

    let number: SandboxNumber
    var isRegistered = true
    var pin: String?
    var profile: JSONObject = JSONObject()

    init(_ number: SandboxNumber) {
        self.number = number
        profile.append("about", "Ejemplo S.A.: atención de lunes a viernes")
        profile.append("description", "Tienda de muestra de la zona de pruebas de Puente")
        profile.append("email", "hola@ejemplo.example")
        profile.append("websites", ["https://ejemplo.example/"])
        profile.append("vertical", "RETAIL")
    }

    func profile(fields: [String]) -> JSON {
        var answer = JSONObject()
        for name in fields.isEmpty ? Self.profileFields : fields {
            if let value = profile[name] { answer.append(name, value) }
        }
        answer.append("messaging_product", "whatsapp")
        return .object(answer)
    }

    func json(fields: [String]) -> JSON {
        let asked =
            fields.isEmpty
            ? [
                "verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type",
                "throughput", "last_onboarded_time",
            ] : fields
        var answer = JSONObject()
        for name in asked where name != "id" {
            if let value = member(name) { answer.append(name, value) }
        }
        answer.append("id", JSON(number.id))
        return .object(answer)
    }

    private func member(_ name: String) -> JSON? {
        switch name {
        case "verified_name": JSON(number.verifiedName)
        case "display_phone_number": JSON(number.display)
        case "quality_rating": "GREEN"
        case "quality_score": ["score": "GREEN"]
        case "code_verification_status": "VERIFIED"
        case "name_status": "APPROVED"
        case "status": JSON(isRegistered ? "CONNECTED" : "PENDING")
        case "throughput": ["level": "STANDARD"]
        case "platform_type": "CLOUD_API"
        case "account_mode": "LIVE"
        case "is_official_business_account", "is_pin_enabled": JSON(name == "is_pin_enabled" ? pin != nil : false)
        case "last_onboarded_time": "2025-01-01T00:00:00+0000"
        case "messaging_limit_tier", "whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED"
        case "health_status":
            [
                "can_send_message": "AVAILABLE",
                "entities": [
                    ["entity_type": "PHONE_NUMBER", "id": JSON(number.id), "can_send_message": "AVAILABLE"]
                ],
            ]
        default: nil
        }
    }
}
