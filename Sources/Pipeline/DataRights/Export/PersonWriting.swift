import Domain
import Store

/// Writes one person's archive: `person.json`, `index.html`, and the files below `media/`.
struct PersonWriting: Sendable {
    /// The messages are gone through for each of them.
    private static let passes = 3

    let store: Store
    let export: PersonExport
    let record: PersonRecord
    let archive: PersonArchive
    /// How many there are.
    let messages: Int
    let now: Timestamp

    /// - Returns: the archive's size; nil when it was ended early, or is not wanted any more.
    func write(while goesOn: @Sendable () async -> Bool) async throws -> Int? {
        try await archive.begin(at: now)
        guard try await writeJSON(while: goesOn), try await writePage(while: goesOn),
            try await addFiles(while: goesOn)
        else { return nil }
        return try await archive.seal()
    }

    private func writeJSON(while goesOn: @Sendable () async -> Bool) async throws -> Bool {
        try await archive.begin("person.json")
        try await archive.append(try PersonDocument.head(record, at: now))
        var isFirst = true
        let isWhole = try await forEachPage(pass: 0, while: goesOn) { conversation, page, files in
            var text = ""
            for message in page {
                text += try PersonDocument.message(
                    message, of: conversation.id, file: path(of: message, files), isFirst: isFirst)
                isFirst = false
            }
            try await archive.append(text)
        }
        try await archive.append(PersonDocument.tail)
        return isWhole
    }

    private func writePage(while goesOn: @Sendable () async -> Bool) async throws -> Bool {
        let page = PersonPage(record: record, language: export.language, now: now, days: store.days)
        try await archive.begin("index.html")
        try await archive.append(page.head)
        var open: ConversationID?
        let isWhole = try await forEachPage(pass: 1, while: goesOn) { conversation, messages, files in
            var text = ""
            if open != conversation.id {
                text += (open == nil ? "" : page.ending) + page.heading(conversation)
                open = conversation.id
            }
            text += messages.map { page.item($0, file: path(of: $0, files)) }.joined()
            try await archive.append(text)
        }
        try await archive.append((open == nil ? "" : page.ending) + page.tail)
        return isWhole
    }

    private func addFiles(while goesOn: @Sendable () async -> Bool) async throws -> Bool {
        try await forEachPage(pass: 2, while: goesOn) { _, messages, files in
            for file in messages.compactMap(\.file) where files.contains(file.id) {
                guard let sha256 = file.sha256 else { continue }
                try await archive.add(sha256, as: file.path)
            }
        }
    }

    private func path(of message: PersonMessage, _ present: Set<MediaID>) -> String? {
        message.file.flatMap { present.contains($0.id) ? $0.path : nil }
    }

    /// - Returns: false when it was ended early, or the export is not wanted any more.
    private func forEachPage(
        pass: Int, while goesOn: @Sendable () async -> Bool,
        _ body: (PersonRecord.Conversation, [PersonMessage], Set<MediaID>) async throws -> Void
    ) async throws -> Bool {
        var done = 0
        for conversation in record.conversations {
            var position: ListPosition?
            repeat {
                guard await goesOn() else { return false }
                let page = try await store.personMessages(
                    of: conversation.id, after: position, in: export.workspace)
                let files = try await archive.present(among: page.items.compactMap(\.file))
                try await body(conversation, page.items, files)
                done += page.items.count
                let shown = (messages * pass + done) / Self.passes
                guard try await store.note(done: shown, of: export) else { return false }
                position = page.next
            } while position != nil
        }
        return true
    }
}
