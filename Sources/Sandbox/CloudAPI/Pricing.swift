import Domain

/// What Meta would charge for a message, the `pricing` of its statuses.
/// From 1 October 2026 service messages beyond 1,000 a month and number, and utility templates within the window, are
/// charged. Source: Cloud API, "Pricing" and "Non-template messages".
struct Pricing: Equatable, Sendable {
    enum Kind: String, Sendable {
        case regular
        case freeCustomerService = "free_customer_service"
        case freeEntryPoint = "free_entry_point"
    }

    static let freeServiceMessages = 1000
    /// 1 October 2026, 00:00 UTC.
    private static let serviceIsChargedFrom = Timestamp(seconds: 1_790_812_800)

    let kind: Kind
    let category: String

    init(templateCategory: String?, hasOpenWindow: Bool, isFreeEntry: Bool, serviceCount: Int, now: Timestamp) {
        category = templateCategory?.lowercased() ?? "service"
        if isFreeEntry {
            kind = .freeEntryPoint
            return
        }
        let isNewScheme = now >= Self.serviceIsChargedFrom
        switch templateCategory {
        case nil: kind = isNewScheme && serviceCount >= Self.freeServiceMessages ? .regular : .freeCustomerService
        case "UTILITY" where hasOpenWindow && !isNewScheme: kind = .freeCustomerService
        default: kind = .regular
        }
    }

    var json: JSON {
        [
            "billable": JSON(kind == .regular), "pricing_model": "PMP", "type": JSON(kind.rawValue),
            "category": JSON(category),
        ]
    }
}
