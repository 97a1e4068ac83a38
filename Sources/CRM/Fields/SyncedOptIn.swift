import Domain

/// The choices of the opt-in fields that we make, the same in every CRM.
enum SyncedOptIn {
    static let granted = "opted_in"
    static let withdrawn = "opted_out"

    static let options = [(value: granted, label: "Opted in"), (value: withdrawn, label: "Opted out")]

    static let choices = [
        FieldTransform.Choice(ours: SyncConsent.granted.rawValue, theirs: granted),
        FieldTransform.Choice(ours: SyncConsent.withdrawn.rawValue, theirs: withdrawn),
    ]
}
