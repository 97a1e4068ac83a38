package import Domain

/// The body of a webhook POST, taken apart.
package struct DecodedWebhook: Equatable, Sendable {
    /// In the order of the body, never empty: a body that says nothing is one `.unrouted` update.
    package let updates: [Update]
}
