package import Domain

extension CallFailure {
    /// Codes that mean the same for every CRM; all others are the vendor's.
    package enum RecordCode {
        /// The record is deleted: forget its id and look the contact up again.
        package static let gone = "record-gone"
        /// A unique field has this value on another record.
        package static let conflict = "record-conflict"
        /// The activity's contact has no record in the CRM yet.
        package static let notLinked = "contact-not-linked"
        /// A value does not fit the CRM's field: mend it or the mapping.
        package static let fieldValue = "field-value"
        /// The mapping names a field that the CRM does not have.
        package static let unknownField = "field-unknown"
    }

    static let notLinked = CallFailure(
        kind: .permanent, code: RecordCode.notLinked, scope: .message, vendorText: "",
        advice: LocalizedText(
            en: "The contact has no record in the CRM yet. Link it or create it, then try again.",
            es: "El contacto aún no tiene ficha en el CRM. Vincúlela o créela y vuelva a intentarlo."))
}

extension [ItemOutcome] {
    /// The outcomes, unless one and the same failure, which is not about the items, met them all: then that is thrown.
    func unlessAllFailedAlike() throws(CallFailure) -> [ItemOutcome] {
        guard case .failed(let failure) = first, failure.scope != .message, allSatisfy({ $0 == .failed(failure) })
        else { return self }
        throw failure
    }
}
