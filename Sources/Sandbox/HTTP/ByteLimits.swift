/// What the sandbox reads at most, in bytes.
enum ByteLimits {
    /// A JSON body; Meta's own webhooks end at 3 MB.
    static let body = 8 << 20
    /// An uploaded file: Meta's largest kind (documents, 100 MB) and the form around it.
    static let upload = (100 << 20) + (64 << 10)
}
