import Store

extension Visit {
    /// Who changed what a form is about while it was open, as far as that is known.
    func author(of thing: EditedThing) async throws -> StandingNow.Author? {
        try await store.lastEdit(of: thing, in: workspace).map { StandingNow.Author(name: $0.actor, at: $0.at) }
    }
}
