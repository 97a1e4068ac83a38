import CRM
import Domain
import PhoneNumbers
import Store

extension RemoteIdentity {
    /// - Parameters:
    ///   - region: how to read numbers that were written without a country code.
    ///   - mapping: by which the record was read; nil where it was not read for being compared.
    init(_ contact: RemoteContact, region: String, comparing mapping: FieldMapping? = nil) {
        var phones: [String] = []
        var unreadable: [UnreadableNumber] = []
        for text in contact.phones where !text.allSatisfy(\.isWhitespace) {
            do throws(PhoneNumberProblem) {
                phones.append(try PhoneNumber(text, region: region).digits)
            } catch {
                // What is no number finds nobody; people are shown it.
                let number = UnreadableNumber(text, problem: error.rawValue)
                if !unreadable.contains(number) { unreadable.append(number) }
            }
        }
        self.init(
            remoteID: contact.id, contact: contact.puenteID.flatMap(ContactID.init), phones: phones,
            userID: contact.userID, email: contact.email.flatMap { $0.isEmpty ? nil : $0 },
            name: [contact.firstName, contact.lastName].compactMap(\.self).joined(separator: " "),
            formerIDs: contact.mergedIDs, isDeleted: contact.isDeleted, changedAt: contact.modifiedAt,
            unreadableNumbers: unreadable, fields: mapping?.read(contact))
    }
}
