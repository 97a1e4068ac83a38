/// What both sides say of one field of one contact, and what they last agreed on.
package struct FieldSides: Equatable, Sendable {
    /// As it would be written into the CRM: after the transforms of the mapping. Nil or blank: nothing is said.
    package var ours: String?
    /// As the CRM has it.
    package var theirs: String?
    /// The value that both had when they were last compared and equal, or were made so; nil when they never were.
    package var agreed: String?
    /// When each side was last changed, by its own clock; nil where nobody knows.
    package var oursAt: Timestamp?
    package var theirsAt: Timestamp?

    package init(
        ours: String?, theirs: String?, agreed: String? = nil, oursAt: Timestamp? = nil, theirsAt: Timestamp? = nil
    ) {
        self.ours = ours
        self.theirs = theirs
        self.agreed = agreed
        self.oursAt = oursAt
        self.theirsAt = theirsAt
    }
}

/// What is to be done about a field.
package enum FieldVerdict: Equatable, Sendable {
    /// Why two sides go on saying different things.
    package enum Difference: String, Codable, CaseIterable, Sendable {
        /// One side was emptied since they agreed: a blank overwrites nothing, and is not filled again by itself.
        case emptied
        /// The mapping does not let the value that is right go to the other side.
        case direction
        /// Both say something, and the rule fills blanks only.
        case filled
        /// Puente says what another CRM told, and this one says what it said before.
        case otherCRM = "other_crm"
    }

    /// Nothing is to be written; both mean this (or both say nothing: nil), which is what they agree on from now on.
    case agree(String?)
    /// The CRM gets ours.
    case give(String)
    /// We take the CRM's.
    case take(String)
    /// Both get this: two sets that grew on both sides.
    case both(String)
    /// A person decides.
    case conflict
    case differ(Difference)
}
