import Domain
import Synchronization

/// Which of the fields that we use an organisation has.
struct ZohoSchema: Equatable, Sendable {
    struct Field: Decodable, Equatable, Sendable {
        private enum CodingKeys: String, CodingKey { case api_name, unique }

        let name: String
        let isUnique: Bool
        let described: DescribedField

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let name = try container.decode(String.self, forKey: .api_name)
            self.name = name
            // An empty object, null or nothing: not unique. Anything in it says that it is.
            let unique = try? container.decodeIfPresent([String: LooseText].self, forKey: .unique)
            isUnique = unique?.isEmpty == false
            described = try ZohoFieldDescription(from: decoder).described(isUnique: isUnique)
        }

        init(name: String, isUnique: Bool) {
            self.name = name
            self.isUnique = isUnique
            described = DescribedField(field: RemoteField(name: name, label: name, shape: .text), kind: "text")
        }
    }

    /// By API name.
    var contacts: [String: Field]
    /// Nil: there is no such module.
    var messages: [String: Field]?
    /// All fields of contacts.
    let book: FieldBook

    init(contacts: [Field], messages: [Field]?) {
        self.contacts = Dictionary(contacts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        book = FieldBook(contacts.map(\.described))
        self.messages = messages.map { fields in
            Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Names that may be asked for: one that the organisation lacks makes Zoho refuse a query as a whole.
    var read: [String] { ZohoField.read.filter { $0 == "id" || contacts[$0] != nil } }
    var phones: [String] { ZohoField.phones.filter { contacts[$0] != nil } }

    /// Whether messages can go into the custom module: keyed, and with their contact.
    var hasMessages: Bool {
        guard let messages else { return false }
        return messages[ZohoMessageField.puenteID.rawValue]?.isUnique == true
            && [ZohoMessageField.contact, .body].allSatisfy { messages[$0.rawValue] != nil }
    }
}

/// Keeps the schema that was read last, for all who need it.
final class ZohoSchemaBook: Sendable {
    private let kept = Mutex(KeptFields<ZohoSchema>())

    var known: ZohoSchema? { kept.withLock { $0.known } }
    var last: ZohoSchema? { kept.withLock { $0.last } }

    func keep(_ schema: ZohoSchema?) { kept.withLock { $0.known = schema } }
}

extension ZohoConnector {
    /// What is known, read now if nothing is.
    func schema() async throws(CallFailure) -> ZohoSchema {
        if let known = schemas.known { return known }
        return try await readSchema()
    }

    func readSchema() async throws(CallFailure) -> ZohoSchema {
        guard let contacts = try await fields(of: "Contacts") else {
            throw ZohoAdvice.moduleMissing("INVALID_MODULE", "Contacts")
        }
        let schema = ZohoSchema(contacts: contacts, messages: try await fields(of: ZohoMessageField.module))
        schemas.keep(schema)
        return schema
    }

    /// Nil when there is no such module.
    private func fields(of module: String) async throws(CallFailure) -> [ZohoSchema.Field]? {
        do throws(CallFailure) {
            let list: ZohoFieldList? = try await api.get("/settings/fields?module=\(module)")
            return list?.fields ?? []
        } catch {
            guard error.code == "INVALID_MODULE" else { throw error }
            return nil
        }
    }
}

struct ZohoFieldList: Decodable, Sendable {
    let fields: [ZohoSchema.Field]
}
