/// Every handle under which a CRM may know a person.
package struct ContactLookup: Equatable, Sendable {
    /// Our contact id.
    package var puenteID: String
    /// The id under which the CRM knew the person last.
    package var remoteID: String?
    /// Digits with country code, as Meta writes them. National variants are added here.
    package var phones: [String]
    /// Business-scoped user ids.
    package var userIDs: [String]
    package var email: String?
    /// ISO 3166 alpha-2: how to read numbers that the CRM holds without a country code.
    package var region: String?

    package init(
        puenteID: String, remoteID: String? = nil, phones: [String] = [], userIDs: [String] = [],
        email: String? = nil, region: String? = nil
    ) {
        self.puenteID = puenteID
        self.remoteID = remoteID
        self.phones = phones
        self.userIDs = userIDs
        self.email = email
        self.region = region
    }
}
