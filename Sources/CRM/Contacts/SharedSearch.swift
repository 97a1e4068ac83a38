import Domain

/// Looks for several people with the same searches, and tells from the hits who is who, handle by handle.
///
/// Halved until its searches serve: while they do not fit the vendor's limits, give more hits than can be read, or are
/// refused for what one of the people says.
struct SharedSearch {
    /// What a search of several people brought.
    enum Hits {
        case all([RemoteContact])
        /// It was not made, or not all that it finds can be read.
        case tooMany
    }

    /// Searches for people, two or more, of whom no record is known.
    let search: ([ContactLookup]) async throws(CallFailure) -> Hits
    /// Finds one person.
    let single: (ContactLookup) async throws(CallFailure) -> [RemoteContact]

    /// As ``Connector/findContacts(ofEach:)``.
    func results(for lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        guard lookups.count > 1, lookups.allSatisfy({ $0.remoteID == nil }) else { return await oneByOne(lookups) }
        do throws(CallFailure) {
            guard case .all(let hits) = try await search(lookups) else { return await halves(of: lookups) }
            return lookups.map { .success(ContactMatcher(lookup: $0).people(among: hits)) }
        } catch {
            guard error.kind == .permanent, error.scope == .message else { return lookups.map { _ in .failure(error) } }
            return await halves(of: lookups)
        }
    }

    private func halves(of lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        let middle = lookups.count / 2
        let first = await results(for: Array(lookups[..<middle]))
        return first + (await results(for: Array(lookups[middle...])))
    }

    private func oneByOne(_ lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        var results: [Result<[RemoteContact], CallFailure>] = []
        for lookup in lookups {
            do throws(CallFailure) {
                results.append(.success(try await single(lookup)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }
}
