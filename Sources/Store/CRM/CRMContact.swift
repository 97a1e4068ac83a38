package import Domain

/// A contact as a CRM needs it: names, every handle, and the record there once it is known.
package struct CRMContact: Hashable, Sendable {
    struct Handle: Hashable, Sendable {
        let kind: String
        let address: String
        /// Nobody but a CRM or a list says that it is the contact's.
        let isClaim: Bool
    }

    package let id: ContactID
    package let name: String
    package let profileName: String
    /// Those that hold, the newest first.
    let handles: [Handle]
    package let remoteID: String?

    package var phones: [String] { addresses("phone") }
    package var userIDs: [String] { addresses("bsuid") }
    package var phone: String? { phones.first }
    package var userID: String? { userIDs.first }
    package var email: String? { addresses("email").first }
    /// A phone that WhatsApp knows the contact by, as far as we know: more than what a CRM or a list says.
    package var provenPhone: String? { handles.first { $0.kind == "phone" && !$0.isClaim }?.address }

    private func addresses(_ kind: String) -> [String] { handles.filter { $0.kind == kind }.map(\.address) }

    /// The same, now that its record is known.
    func linked(to remoteID: String) -> CRMContact {
        CRMContact(id: id, name: name, profileName: profileName, handles: handles, remoteID: remoteID)
    }
}
