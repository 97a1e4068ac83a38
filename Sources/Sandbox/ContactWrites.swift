/// How often programs wrote contacts of a CRM, record by record. What people there do at the controls is not counted, and
/// neither is what was refused.
struct ContactWrites: Equatable, Sendable {
    var created = 0
    var updated = 0
    /// Records whose tags were changed by a call of their own.
    var tagged = 0

    var json: JSON { ["created": JSON(created), "updated": JSON(updated), "tagged": JSON(tagged)] }
}
