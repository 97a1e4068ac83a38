/// A person as a vCard names them.
package struct VCardPerson: Sendable {
    package var id = ""
    package var name = ""
    /// What address books show of somebody without a name; it is read as no name again.
    package var substitute = ""
    /// With "+".
    package var phones: [String] = []
    package var emails: [String] = []
    /// By which WhatsApp knows the person; empty where it has told none.
    package var userID = ""
    package var company = ""
    package var labels: [String] = []
    package var language = ""
    /// `1990-05-17`.
    package var birthday = ""
    package var note = ""

    package init() {}
}

/// Turns people into vCards, version 3.0 (RFC 2426), which every address book reads; to be taken away in pieces.
package struct VCardEncoder: Sendable {
    private static let lineBytes = 75

    private var buffer: [UInt8] = []

    package init() {}

    /// What was added since the last time.
    package mutating func take() -> [UInt8] {
        defer { buffer.removeAll(keepingCapacity: true) }
        return buffer
    }

    package mutating func add(_ person: VCardPerson) {
        line("BEGIN:VCARD")
        line("VERSION:3.0")
        let name = [person.name, person.substitute, person.phones.first, person.emails.first, person.userID]
            .lazy.compactMap(\.self).first { !$0.isEmpty }
        line("FN:\(Self.escaped(name ?? ""))")
        // Which part of a name is whose, only the person knows.
        line("N:;\(Self.escaped(name ?? ""));;;")
        if person.name.isEmpty { line("\(VCard.namelessProperty):yes") }
        for phone in person.phones { line("TEL;TYPE=CELL:\(Self.escaped(phone))") }
        for email in person.emails { line("EMAIL:\(Self.escaped(email))") }
        if !person.userID.isEmpty { line("X-WHATSAPP-USER-ID:\(Self.escaped(person.userID))") }
        if !person.company.isEmpty { line("ORG:\(Self.escaped(person.company))") }
        if !person.labels.isEmpty { line("CATEGORIES:\(person.labels.map(Self.escaped).joined(separator: ","))") }
        if !person.language.isEmpty { line("LANG:\(Self.escaped(person.language))") }
        if !person.birthday.isEmpty { line("BDAY:\(Self.escaped(person.birthday))") }
        if !person.note.isEmpty { line("NOTE:\(Self.escaped(person.note))") }
        if !person.id.isEmpty { line("X-PUENTE-ID:\(Self.escaped(person.id))") }
        line("END:VCARD")
    }

    /// Lines of more than 75 bytes go on in the next one, behind a blank, between characters.
    private mutating func line(_ text: String) {
        var room = Self.lineBytes
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if bytes.count > room {
                buffer += [0x0D, 0x0A, 0x20]
                room = Self.lineBytes - 1
            }
            buffer += bytes
            room -= bytes.count
        }
        buffer += [0x0D, 0x0A]
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case "\r\n", "\n", "\r": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
