/// The names by which templates ask for what Puente says of a contact.
///
/// WhatsApp's own templates have named variables as well; `{{phone_number}}` and its like mean the same here and there.
package struct TemplateVariable: Equatable, Sendable {
    package let field: LocalField

    /// A field's own word, or one of the common names, with or without `known:`; `field:ID` for a company's own.
    package init?(_ name: String) {
        let word = name.lowercased()
        guard let field = Self.names[word] ?? LocalField(rawValue: name) ?? Self.known(word) else { return nil }
        self.field = field
    }

    private static func known(_ word: String) -> LocalField? {
        WellKnownField(rawValue: word).map(LocalField.wellKnown)
    }

    private static let names: [String: LocalField] = [
        "phone_number": .phone, "customer_phone": .phone, "customer_name": .name, "full_name": .name,
        "contact_name": .name, "mail": .email, "email_address": .email, "whatsapp_name": .profileName,
        "customer_first_name": .firstName, "customer_last_name": .lastName,
    ]
}
