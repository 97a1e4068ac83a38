package import Domain
package import Store

/// A program's key as pages show it. The key itself is nowhere here.
package struct APIKeyFacts: Sendable {
    package var id: APIKeyID
    package var name: String
    package var scopes: Set<APIScope>
    /// Set up by puente.yaml: nobody changes it here.
    package var isOfFile: Bool
    /// Requests a minute.
    package var rate: Int
    package var createdAt: Timestamp
    package var usedAt: Timestamp?
    package var disabledAt: Timestamp?

    package init(
        id: APIKeyID, name: String, scopes: Set<APIScope>, isOfFile: Bool = false, rate: Int, createdAt: Timestamp,
        usedAt: Timestamp? = nil, disabledAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.isOfFile = isOfFile
        self.rate = rate
        self.createdAt = createdAt
        self.usedAt = usedAt
        self.disabledAt = disabledAt
    }
}
