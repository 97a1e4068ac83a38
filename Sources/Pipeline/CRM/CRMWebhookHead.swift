/// What comes before the body of a CRM's webhook. Its address may hold a secret: it is not for logs.
package struct CRMWebhookHead: Sendable {
    package let method: String
    /// As the sender called it.
    package let url: String
    package let headers: [(String, String)]

    package init(method: String, url: String, headers: [(String, String)]) {
        self.method = method
        self.url = url
        self.headers = headers
    }
}
