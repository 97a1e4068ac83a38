import Synchronization

/// What an administrator does with the package of Puente's documentation.
extension Salesforce {
    /// Puts the fields on contacts, makes the object for messages, and lets the integration's user see all of it.
    func deploy() {
        state.withLock { state in
            state.add(SObjectSchema.message)
            guard let contact = state.number(of: "Contact") else { return }
            for field in SObjectSchema.contactFields {
                if !state[contact].schema.hasField(field.name) { state.add(field, to: contact) }
                state.reveal(field.name, of: "Contact")
            }
        }
    }
}
