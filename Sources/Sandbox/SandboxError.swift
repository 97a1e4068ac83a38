/// Why a sandbox cannot be used.
package enum SandboxError: Error, Equatable {
    /// It ended before it listened, or has ended since.
    case notListening
}
