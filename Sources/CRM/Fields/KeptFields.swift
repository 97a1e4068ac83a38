/// What an account's fields are, until something shows that they changed; and what they were by the last reading, by which
/// values are compared meanwhile: without it what a field of the CRM cut off would pass for an edit there.
struct KeptFields<Fields: Sendable>: Sendable {
    /// Nil where they are to be read.
    var known: Fields? {
        didSet { if let known { last = known } }
    }
    private(set) var last: Fields?
}
