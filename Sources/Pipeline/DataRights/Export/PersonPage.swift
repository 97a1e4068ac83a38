import Domain
import PhoneNumbers
import Store

/// The file `index.html`: everything held, for people. It loads nothing but the files beside it, runs nothing, follows the
/// reader's light or dark, and prints well.
struct PersonPage {
    let record: PersonRecord
    let language: Language
    let now: Timestamp
    /// Where the company works: times are written as its clocks show them.
    let days: LocalDays

    /// Everything up to the first conversation.
    var head: String {
        let name = record.name.isEmpty ? words(.nameless) : record.name
        return """
            <!doctype html>
            <html lang="\(language.rawValue)"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
            <title>\(escaped(name))</title><style>\(PersonPageStyle.css)</style></head><body><main>
            <header><p class="soft">\(escaped(record.workspace))</p><h1>\(escaped(name))</h1>
            <p>\(words(.lead)) <time>\(time(RecordedTime(now)))</time></p></header>

            """ + sections
    }

    let tail = "</main></body></html>\n"

    /// The heading of a conversation.
    func heading(_ conversation: PersonRecord.Conversation) -> String {
        """
        <section><h2>\(words(.conversation)) · \(escaped(conversation.number))</h2>
        <p class="soft">\(time(conversation.createdAt)) – \(time(conversation.lastMessageAt))</p><ol class="thread">

        """
    }

    let ending = "</ol></section>\n"

    /// - Parameter file: where the message's file is, beside this page.
    func item(_ message: PersonMessage, file: String?) -> String {
        let author = message.isInbound ? words(.person) : escaped(message.author ?? record.workspace)
        var parts = [
            "<li class=\"\(message.isInbound ? "in" : "out")\"><p class=\"soft\">\(author) · \(time(message.at))"
        ]
        parts.append(" · \(escaped(meaning(message.status)))</p>")
        let text = message.content.plainText
        if !text.isEmpty { parts.append("<p class=\"text\">\(escaped(text))</p>") }
        if let given = message.file { parts.append(media(given, at: file)) }
        parts += message.versions.map(version)
        if !message.reactions.isEmpty {
            parts.append("<p>\(message.reactions.map { escaped($0.emoji) }.joined(separator: " "))</p>")
        }
        return parts.joined() + "</li>\n"
    }

    private func media(_ file: PersonMessage.File, at path: String?) -> String {
        let name = escaped(file.filename ?? file.kind)
        guard let path else { return "<p class=\"soft\">\(name): \(words(.fileGone))</p>" }
        let link = escaped(path)
        switch file.kind {
        case "image", "sticker":
            return "<p><a href=\"\(link)\"><img src=\"\(link)\" alt=\"\(name)\" loading=\"lazy\"></a></p>"
        case "audio": return "<p><audio controls preload=\"none\" src=\"\(link)\"></audio></p>"
        case "video": return "<p><video controls preload=\"none\" src=\"\(link)\"></video></p>"
        default: return "<p><a href=\"\(link)\">\(name)</a></p>"
        }
    }

    private func version(_ version: PersonMessage.Version) -> String {
        let what = words(version.kind == "revoke" ? .deleted : .edited)
        let text = version.content.map { ": \(escaped($0.plainText))" } ?? ""
        return "<p class=\"soft\">\(what) · \(time(version.at))\(text)</p>"
    }
}

extension PersonPage {
    private var sections: String {
        [
            table(.contact, [.name, .profileName, .username, .language, .note, .since], record.contacts) {
                [$0.name, $0.profileName, $0.username ?? "", $0.language ?? "", $0.note, time($0.createdAt)]
            },
            table(.handles, [.kind, .value, .since, .until, .source, .numberKind, .unreachable], record.handles) {
                [
                    meaning($0.kind), address($0.address, $0.kind), time($0.validFrom), $0.validTo.map(time) ?? "",
                    meaning($0.evidence),
                    $0.numberKind.flatMap(PhoneNumberKind.init(code:))?.title[language] ?? "",
                    $0.unreachableSince.map(time) ?? "",
                ]
            },
            table(.labels, [.name, .source, .by, .at], record.labels) {
                [$0.name, meaning($0.source), $0.addedBy, time($0.addedAt)]
            },
            table(.ruleExemptions, [.name, .by], record.ruleExemptions) { [$0.label, $0.rule] },
            table(.fields, [.name, .value, .at], record.fields) {
                [WellKnownField.title(of: $0.key, named: $0.name)[language], $0.value, time($0.changedAt)]
            },
            table(.states, [.state, .since, .by, .reason], record.states) {
                [meaning($0.state), time($0.since), $0.setBy, $0.reason]
            },
            table(.consent, [.purpose, .state, .since], record.consent) {
                [meaning($0.purpose), meaning($0.standing) + ($0.isDouble ? " (double opt-in)" : ""), time($0.since)]
            },
            table(.consentEntries, [.purpose, .state, .source, .words, .at, .by, .proof], record.consentEntries) {
                [
                    meaning($0.purpose), meaning($0.change) + ($0.isDouble ? " (double opt-in)" : ""),
                    meaning($0.source), $0.words, time($0.at), $0.recordedBy, $0.evidence.plainText,
                ]
            },
            table(.optIns, [.state, .words, .by, .at, .until], record.optIns) {
                [meaning($0.state), $0.words, $0.askedBy, time($0.askedAt), $0.answeredAt.map(time) ?? ""]
            },
            table(.crm, [.name, .value, .since], record.crmRecords) {
                [$0.connection, $0.remoteID, time($0.linkedAt)]
            },
            table(.crmChanges, [.source, .at, .by, .name, .before, .after], record.crmChanges) {
                [$0.connection, time($0.at), $0.by, $0.field, $0.before, $0.after]
            },
            table(.lists, [.name, .at, .value], record.listRows) { [$0.list, time($0.at), "\($0.row)"] },
            table(.notices, [.kind, .state, .at], record.notices) { [$0.field, $0.event, $0.at.map(time) ?? ""] },
            table(.changes, [.at, .by, .kind, .value], record.changes) {
                [time($0.at), $0.by, $0.title[language], meaning($0.relation)]
            },
            table(.access, [.at, .by, .kind], record.access) { [time($0.at), $0.by, meaning($0.event)] },
        ].joined()
    }

    /// A number as people abroad write it; one that no plan has, with its plus.
    private func address(_ address: String, _ kind: String) -> String {
        guard kind == "phone" else { return address }
        do throws(PhoneNumberProblem) {
            return try PhoneNumber("+" + address).internationalFormat
        } catch {
            return "+" + address
        }
    }

    /// Nothing where there is nothing, be it a table or a column. Each cell says what it is: on a narrow screen they stand
    /// below each other.
    private func table<Row>(
        _ title: PersonWord, _ columns: [PersonWord], _ rows: [Row], _ cells: (Row) -> [String]
    ) -> String {
        guard !rows.isEmpty else { return "" }
        let cells = rows.map(cells)
        let filled = columns.indices.filter { column in cells.contains { !$0[column].isEmpty } }
        let head = filled.map { "<th>\(words(columns[$0]))</th>" }.joined()
        let body = cells.map { row in
            "<tr>\(filled.map { cell(row[$0], of: columns[$0]) }.joined())</tr>\n"
        }.joined()
        return """
            <section><h2>\(words(title))</h2><div class="wide"><table><thead><tr>\(head)</tr></thead><tbody>
            \(body)</tbody></table></div></section>

            """
    }

    private static let longestWord = 28

    /// Only what no column could hold may be broken inside a word.
    private func cell(_ text: String, of column: PersonWord) -> String {
        let isLong = text.split(whereSeparator: \.isWhitespace).contains { $0.count > Self.longestWord }
        return "<td data-label=\"\(words(column))\"\(isLong ? " class=\"long\"" : "")>\(escaped(text))</td>"
    }

    private func meaning(_ code: String) -> String { PersonCode.words(code)[language] }

    private func words(_ word: PersonWord) -> String { escaped(word.text[language]) }

    private func time(_ time: RecordedTime) -> String { PersonTime(days: days).text(time.moment) }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n": result += "\n"
            case _ where scalar.properties.generalCategory == .control: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension RecordedJSON {
    /// Its values on one line.
    fileprivate var plainText: String {
        switch self {
        case .null: ""
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let value): value
        case .list(let values): values.map(\.plainText).joined(separator: " · ")
        case .object(let members):
            members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.plainText)" }.joined(separator: " · ")
        }
    }
}
