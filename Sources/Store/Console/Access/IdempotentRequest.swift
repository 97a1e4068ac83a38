package import Domain

/// A program's promise that repeats of a request mean the same request.
package struct IdempotentRequest: Sendable {
    /// How long an answer is kept for repeats.
    package static let memory: Duration = .hours(24)

    package let workspace: WorkspaceID
    package let apiKey: APIKeyID
    /// The `Idempotency-Key`, without quotes: 1 to 255 characters.
    package let key: String
    /// Of method, path and body: another payload under the same key is a mistake.
    package let fingerprint: String

    package init(workspace: WorkspaceID, apiKey: APIKeyID, key: String, fingerprint: String) {
        self.workspace = workspace
        self.apiKey = apiKey
        self.key = key
        self.fingerprint = fingerprint
    }

    /// A form that a person sends: the id of the person stands where a key's would. No two rows of an installation
    /// have one id, so that nobody meets another's requests.
    package init(workspace: WorkspaceID, staff: StaffID, key: String, fingerprint: String) {
        self.init(
            workspace: workspace, apiKey: APIKeyID(rawValue: staff.rawValue), key: key, fingerprint: fingerprint)
    }
}

/// What a request was answered with.
package struct StoredAnswer: Equatable, Sendable {
    /// The HTTP status.
    package let status: Int
    /// The body, JSON.
    package let body: String

    package init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}

/// What came of a request that may be a repeat.
package enum IdempotentOutcome<Value: Sendable>: Sendable {
    /// It was the first: done now.
    case done(Value, StoredAnswer)
    /// It is a repeat: nothing was done, this was the answer.
    case replayed(StoredAnswer)
}
