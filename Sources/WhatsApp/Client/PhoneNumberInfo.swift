/// A business number as Meta sees it. Every word is Meta's own; enumerations grow.
package struct PhoneNumberInfo: Equatable, Sendable {
    package let id: String
    package let displayNumber: String?
    package let verifiedName: String?
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    package let qualityRating: String?
    /// `APPROVED`, `PENDING_REVIEW`, `DECLINED`, …
    package let nameStatus: String?
    /// `CONNECTED`, `PENDING`, `FLAGGED`, …
    package let status: String?
    /// `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`.
    package let codeVerificationStatus: String?
    /// `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE`.
    package let platformType: String?
    /// `STANDARD` (80 messages a second), `HIGH` (1,000).
    package let throughputLevel: String?
    /// `SANDBOX`, `LIVE`.
    package let accountMode: String?
    /// `TIER_250` … `TIER_UNLIMITED`: people who may be written to first in 24 hours, for the whole portfolio.
    package let messagingLimit: String?
    /// `AVAILABLE`, `LIMITED`, `BLOCKED`.
    package let canSendMessage: String?
    /// What keeps it from sending, in Meta's words, with what it suggests.
    package let healthProblems: [String]
    /// Where the number's webhooks go when that is not the app's own callback: set for the number or for its account.
    package let callbackOverride: String?

    static let fields =
        "id,display_phone_number,verified_name,quality_rating,name_status,status,code_verification_status,"
        + "platform_type,throughput,account_mode,whatsapp_business_manager_messaging_limit,health_status,"
        + "webhook_configuration"

    init?(_ json: JSON) {
        guard let id = json["id"].text else { return nil }
        self.id = id
        displayNumber = json["display_phone_number"].text
        verifiedName = json["verified_name"].text
        qualityRating = json["quality_rating"].text
        nameStatus = json["name_status"].text
        status = json["status"].text
        codeVerificationStatus = json["code_verification_status"].text
        platformType = json["platform_type"].text
        throughputLevel = json["throughput"]["level"].text
        accountMode = json["account_mode"].text
        messagingLimit = json["whatsapp_business_manager_messaging_limit"].text
        canSendMessage = json["health_status"]["can_send_message"].text
        let callbacks = json["webhook_configuration"]
        callbackOverride = callbacks["phone_number"].text ?? callbacks["whatsapp_business_account"].text
        healthProblems = json["health_status"]["entities"].items.flatMap { entity in
            entity["errors"].items.compactMap { error in
                let sentences = [error["error_description"].text, error["possible_solution"].text].compactMap(\.self)
                return sentences.isEmpty ? nil : sentences.joined(separator: " ")
            }
        }
    }
}
