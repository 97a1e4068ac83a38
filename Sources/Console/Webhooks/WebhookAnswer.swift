import Pipeline

/// What Meta is told, whichever way its webhook came in.
extension WebhookIntake.Answer {
    var status: Int {
        switch self {
        case .stored: 200
        case .wrongSignature: 401
        case .comeBack: 503
        }
    }

    /// For people who look into Meta's log; empty where all is well.
    var text: String {
        switch self {
        case .stored: ""
        case .wrongSignature: "The signature is not that of a known app.\n"
        case .comeBack: "Not stored. Please send it again.\n"
        }
    }
}
