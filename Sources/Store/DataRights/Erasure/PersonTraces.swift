import Domain

/// By what a person is found in rows and bodies that name no contact of ours. It is sealed while an erasure runs, and
/// goes with its end.
package struct PersonTraces: Codable, Equatable, Sendable {
    let contacts: [ContactID]
    /// Phones and user ids, as Meta writes them and as handles keep them.
    package let identifiers: [String]
    /// What the person is or was called: their names and addresses, for titles of changes.
    let names: [String]
    /// Jobs that were under way when their messages went: they are waited for, and go when they are over.
    var runningJobs: [JobID] = []

    static func of(
        _ person: PersonContacts, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> PersonTraces {
        let list = person.list
        let handles = try connection.rows(
            """
            SELECT kind, value, address FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) ORDER BY id
            """, list.arguments(["workspace_id": workspace]))
        var identifiers: Set<String> = []
        var names: Set<String> = []
        for row in handles {
            let forms = [try row.get("value", as: String.self), try row.get("address", as: String.self)]
            if try row.get("kind") == "email" { names.formUnion(forms) } else { identifiers.formUnion(forms) }
        }
        for row in try connection.rows(
            """
            SELECT name, profile_name, username FROM contact
            WHERE workspace_id = :workspace_id AND id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace]))
        {
            names.formUnion(try nameColumns.compactMap { try row.get($0, as: String?.self) })
        }
        names.formUnion(try formerNames(of: person, on: connection, in: workspace))
        // What is too short would be found in anybody's text.
        return PersonTraces(
            contacts: person.all, identifiers: identifiers.filter { $0.utf8.count >= 6 }.sorted(),
            names: names.filter { $0.count >= 2 }.sorted())
    }

    private static let nameColumns = ["name", "profile_name", "username"]

    /// What changes say that the person was called once: titles of that time say it, too.
    private static func formerNames(
        of person: PersonContacts, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> Set<String> {
        let list = person.list
        let rows = try connection.rows(
            """
            SELECT before, after FROM change_row \(connection.dialect.byContact)
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND relation = 'contact'
            """, list.arguments(["workspace_id": workspace]))
        return try rows.reduce(into: []) { names, row in
            for column in ["before", "after"] {
                guard let image: RowImage = try row.jsonIfPresent(column) else { continue }
                for name in nameColumns {
                    if case .text(let text)? = image.columns[name] { names.insert(text) }
                }
            }
        }
    }

    /// Whether a text of ours names the person: whole words, in any case and without accents.
    func areIn(_ text: String) -> Bool {
        let words = Self.words(of: text)
        return (names + identifiers).contains { name in
            let name = Self.words(of: name)
            return name.count > 3 && words.contains(name)
        }
    }

    /// Whether somebody who is not known here as a contact is this person.
    func are(_ person: ImportedPerson) -> Bool {
        let phones = person.phones + (person.besides?.phones ?? [])
        let emails = [person.email].compactMap(\.self) + (person.besides?.emails ?? [])
        return phones.contains { identifiers.contains($0) } || emails.contains(where: names.contains)
            || person.userID.map(identifiers.contains) ?? false
    }

    /// Whether cells of a list name the person: their number in any way of writing, their address, or their whole name.
    func areWritten(in cells: [String]) -> Bool {
        cells.contains { cell in
            let digits = String(cell.folded.filter(\.isNumber))
            // Without the country's code a number has eight digits and more.
            if digits.count >= 8, identifiers.contains(where: { $0.hasSuffix(digits) || digits.hasSuffix($0) }) {
                return true
            }
            let words = Self.words(of: cell)
            return names.contains { name in
                (name.contains(" ") || name.contains("@")) && Self.words(of: name) == words
            }
        }
    }

    /// ` lucia fernandez `: with a space at both ends, so that only whole words are found.
    private static func words(of text: String) -> String {
        let letters = text.searchable.map { $0.isLetter || $0.isNumber ? $0 : " " }
        return " " + String(letters).split(separator: " ").joined(separator: " ") + " "
    }

    /// A condition for each of the identifiers, `OR`ed, with their values as parameters.
    func patterns(in column: String, dialect: SQLDialect) -> (sql: String, arguments: SQLArguments) {
        var arguments: SQLArguments = [:]
        let conditions = identifiers.enumerated().map { index, identifier in
            arguments.set("trace\(index)", "%\(Self.escaped(identifier))%")
            return dialect.like(column, ":trace\(index)")
        }
        return ("(\(conditions.joined(separator: " OR ")))", arguments)
    }

    private static func escaped(_ text: String) -> String {
        String(text.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] })
    }
}
