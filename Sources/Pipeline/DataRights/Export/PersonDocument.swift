import Domain
import Foundation
import Store

/// The file `person.json`: everything held, for programs. Names are in snake case, times ISO 8601 in UTC.
///
/// Shape: the fields of ``PersonRecord``, `format`, `exported_at`, and `messages`: each a ``PersonMessage`` with its
/// `conversation` and, where its file is in the archive, `file_path`.
enum PersonDocument {
    static let format = "puente.person/1"

    /// Everything up to the first message.
    static func head(_ record: PersonRecord, at now: Timestamp) throws -> String {
        let text = try encoded(Head(record: record, exportedAt: RecordedTime(now)))
        return text.dropLast() + #","messages":["#
    }

    static func message(
        _ message: PersonMessage, of conversation: ConversationID, file: String?, isFirst: Bool
    ) throws -> String {
        let text = try encoded(Item(message: message, conversation: conversation, filePath: file))
        return isFirst ? "\n" + text : ",\n" + text
    }

    static let tail = "\n]}\n"

    private struct Head: Encodable {
        let record: PersonRecord
        let exportedAt: RecordedTime

        private enum Key: String, CodingKey { case format, exportedAt }

        func encode(to encoder: any Encoder) throws {
            try record.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(PersonDocument.format, forKey: .format)
            try container.encode(exportedAt, forKey: .exportedAt)
        }
    }

    private struct Item: Encodable {
        let message: PersonMessage
        let conversation: ConversationID
        let filePath: String?

        private enum Key: String, CodingKey { case conversation, filePath }

        func encode(to encoder: any Encoder) throws {
            try message.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(conversation, forKey: .conversation)
            try container.encodeIfPresent(filePath, forKey: .filePath)
        }
    }

    private static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
