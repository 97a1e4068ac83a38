package import Domain

/// What the store holds of the people of some rows, kept up to date while they are planned one after the other.
struct ImportSnapshot {
    /// By whom a handle is held, of those that were looked for.
    var owners: [HandleKey: ContactID] = [:]
    var people: [ContactID: KnownPerson] = [:]
    /// Of the handles that were looked for: of people who had their data erased.
    var erased: Set<HandleKey> = []
}

struct KnownPerson: Equatable, Sendable {
    enum Standing: String, SQLConvertible, Sendable { case granted, withdrawn }

    var name = ""
    var language: String?
    var note = ""
    var phones: Set<String> = []
    /// Those of them that a list or a CRM told beside the person's own: see ``SQLConnection/contact(knownBy:in:)``.
    var furtherPhones: Set<String> = []
    /// Canonical, with the row that holds it; Meta knows none of them.
    var emails: [String: HandleID] = [:]
    /// Folded.
    var labels: Set<String> = []
    /// Those of them that a label rule put on.
    var ruledLabels: Set<String> = []
    /// By the field's key.
    var fields: [String: String] = [:]
    var marketing: Standing?
    /// The no is the newest word, and Meta's: a "resume" inside WhatsApp would take it back.
    var isMetasNo = false
    /// A row of the list that is not written yet gives them a number.
    var hasPhoneToBe = false
    var isDead = false

    var hasPhone: Bool { hasPhoneToBe || !phones.isEmpty }
}

/// The labels and fields of a workspace.
struct ImportVocabulary: Sendable {
    /// By the folded name.
    var labels: [String: LabelID] = [:]
    /// By the key.
    var fields: [String: FieldID] = [:]
}

/// The words that a company puts on its contacts, for whoever reads a list.
package struct ImportWords: Sendable {
    /// Folded.
    package let labels: Set<String>
    /// In the order in which they are shown.
    package let fields: [ImportField]
    /// Put away: not offered, and their keys are taken.
    package let archived: [ImportField]
    /// Of the company: what is named for all of its people is named in it.
    package let language: Language

    package var all: [ImportField] { fields + archived }
}

extension ImportedPerson {
    /// Everything that it may be found by.
    func keys(_ canonical: (String) -> String) -> [HandleKey] {
        phones.map { HandleKey(kind: "phone", value: canonical($0)) }
            + [email].compactMap(\.self).map { HandleKey(kind: "email", value: $0.lowercased()) }
            + [userID].compactMap(\.self).map { HandleKey(kind: "bsuid", value: $0) }
    }

    /// Everything that stands in the row.
    func allKeys(_ canonical: (String) -> String) -> [HandleKey] {
        keys(canonical) + (besides?.phones ?? []).map { HandleKey(kind: "phone", value: canonical($0)) }
            + (besides?.emails ?? []).map { HandleKey(kind: "email", value: $0.lowercased()) }
    }

    /// By what it is found and whether it opts out, and nothing else.
    var byHandlesAlone: ImportedPerson {
        var person = ImportedPerson(phones: phones, email: email, userID: userID)
        person.optedOut = optedOut
        person.besides = besides
        return person
    }

    /// The same person without some of what it may be found by.
    func without(_ keys: Set<HandleKey>, _ canonical: (String) -> String) -> ImportedPerson {
        func isLeft(phone: String) -> Bool { !keys.contains(HandleKey(kind: "phone", value: canonical(phone))) }
        func isLeft(email: String) -> Bool { !keys.contains(HandleKey(kind: "email", value: email.lowercased())) }
        var person = self
        person.phones = phones.filter { isLeft(phone: $0) }
        person.email = email.flatMap { isLeft(email: $0) ? $0 : nil }
        person.userID = userID.flatMap { keys.contains(HandleKey(kind: "bsuid", value: $0)) ? nil : $0 }
        let rest = besides.map { reach in
            Reach(
                phones: reach.phones.filter { isLeft(phone: $0) }, emails: reach.emails.filter { isLeft(email: $0) })
        }
        person.besides = rest.flatMap { $0.isEmpty ? nil : $0 }
        return person
    }
}
