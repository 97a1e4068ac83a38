/// What is known of a contact that tells whether another is the same person.
package struct ContactEvidence: Sendable {
    package struct Phone: Hashable, Sendable {
        /// Canonical digits.
        package let digits: String
        package let isFormer: Bool

        package init(_ digits: String, isFormer: Bool = false) {
            self.digits = digits
            self.isFormer = isFormer
        }
    }

    /// A record in one of the workspace's CRMs.
    package struct Record: Hashable, Sendable {
        package let connection: ConnectionID
        /// As people call the CRM.
        package let crm: String
        package let remoteID: String

        package init(connection: ConnectionID, crm: String, remoteID: String) {
            self.connection = connection
            self.crm = crm
            self.remoteID = remoteID
        }
    }

    package let contact: ContactID
    /// As the company knows the person, and as they call themself; those that are there.
    package var names: [String] = []
    package var phones: Set<Phone> = []
    /// In small letters: handles, former ones, and fields that hold an address.
    package var emails: Set<String> = []
    package var username: String?
    /// Folded value → as it is written.
    package var companies: [String: String] = [:]
    package var cities: [String: String] = [:]
    package var documents: [String: String] = [:]
    package var records: Set<Record> = []
    /// Portfolios in which Meta gave the contact a user id that holds, each with that id.
    package var userIDs: [String: String] = [:]

    package init(_ contact: ContactID) {
        self.contact = contact
    }

    var foldedNames: [(name: String, folded: FoldedName)] {
        names.compactMap { name in FoldedName(name).map { (name, $0) } }
    }
}

extension ContactEvidence {
    /// What a company's own field tells of a person, by how the field is called.
    package enum FieldMeaning: Sendable {
        case company, city, document, email

        private static let words: [(FieldMeaning, [String])] = [
            (
                .document,
                [
                    "document", "dni", "rfc", "curp", "cedula", "nit", "rut", "cuit", "cuil", "cpf", "cnpj", "nif",
                    "nie", "passport", "pasaporte", "taxid", "identificacion", "身分證", "統一編號",
                ]
            ),
            (.email, ["email", "correo", "mail", "電子郵件"]),
            (.company, ["company", "empresa", "compania", "organization", "organizacion", "organizacao", "公司"]),
            (.city, ["city", "ciudad", "cidade", "municipio", "localidad", "poblacion", "town", "城市"]),
        ]

        /// Nil when neither the key nor the name says any of these.
        package init?(key: String, name: String) {
            let folded = [key.folded, name.folded]
            let meaning = Self.words.first { _, words in
                words.contains { word in
                    let isTelling = word.count > 4 || !word.allSatisfy(\.isASCII)
                    return folded.contains { $0 == word || (isTelling && $0.contains(word)) }
                }
            }
            guard let meaning else { return nil }
            self = meaning.0
        }
    }
}
