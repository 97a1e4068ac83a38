package import Domain

/// What most CRMs have no need of: they sign what an administrator subscribed us to, keep nothing open, and say nothing of the
/// end of credentials.
extension Connector {
    package func contact(remoteID: String) async throws(CallFailure) -> RemoteContact? {
        try await contact(remoteID: remoteID, reading: [])
    }

    package func changes(since cursor: String?) async throws(CallFailure) -> ChangePage {
        try await changes(since: cursor, reading: [])
    }

    /// Beside each other.
    package func findContacts(ofEach lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        await withTaskGroup(of: (Int, Result<[RemoteContact], CallFailure>).self) { group in
            for (index, lookup) in lookups.enumerated() {
                group.addTask { (index, await self.found(lookup)) }
            }
            return await group.reduce(into: lookups.map { _ in .success([]) }) { $0[$1.0] = $1.1 }
        }
    }

    private func found(_ lookup: ContactLookup) async -> Result<[RemoteContact], CallFailure> {
        do throws(CallFailure) {
            return .success(try await findContacts(lookup))
        } catch {
            return .failure(error)
        }
    }

    package var ownFields: Set<String> { [] }

    package func users() async throws(CallFailure) -> [RemoteUser]? { nil }

    package var knownUsers: Set<String>? { nil }

    package func versionStep() async -> CheckStep? { nil }

    package func held(_ text: String, by _: String) -> String { text }

    package func knownField(_: String) -> RemoteField? { nil }

    package func trialWrite(now: Timestamp) async -> CheckStep { await SampleRecord.step(self, now: now) }

    package func contactCount() async throws(CallFailure) -> Int? { nil }

    package func credentialEnd() async throws(CallFailure) -> CivilDate? { nil }

    package func admitWebhook(_: WebhookRequest) throws(PuenteError) {}

    package func keepPush(to _: String, now _: Timestamp) async throws(CallFailure) -> Timestamp? { nil }

    package func endPush() async throws(CallFailure) {}
}
