import Domain

/// What `PUT /sandbox/settings` changes while the sandbox runs.
struct CloudSettings: Sendable {
    var statuses: SandboxConfiguration.Statuses
    var templateReviewTakes: Duration

    init(_ configuration: SandboxConfiguration) {
        statuses = configuration.statuses
        templateReviewTakes = configuration.templates.reviewTakes
    }
}
