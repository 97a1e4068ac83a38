import CRM
import Domain
import PhoneNumbers
import Store

extension RemoteIdentity {
    /// - Parameter region: how to read numbers that were written without a country code.
    init(_ contact: RemoteContact, region: String) {
        self.init(
            remoteID: contact.id, contact: contact.puenteID.flatMap(ContactID.init),
            // What is no number finds nobody.
            phones: contact.phones.compactMap { try? PhoneNumber($0, region: region).digits },
            userID: contact.userID, email: contact.email.flatMap { $0.isEmpty ? nil : $0 },
            name: [contact.firstName, contact.lastName].compactMap(\.self).joined(separator: " "),
            formerIDs: contact.mergedIDs, isDeleted: contact.isDeleted, changedAt: contact.modifiedAt)
    }
}
